import { parseShow } from "../../../../../playbooks/runner/modules/supervision/parse-show";

test("parseShow() keeps commands of several lines together, and nothing else", () => {
  const lines = [
    "Id=x.service",
    "ExecStart={ path=/bin/a ; argv[]=/bin/a one",
    "two ; ignore_errors=no }",
    "Description={ not a command",
    "Environment=A=1 B=2",
    "no property",
  ];

  expect(parseShow(lines)).toEqual({
    Id: "x.service",
    ExecStart: "{ path=/bin/a ; argv[]=/bin/a one\ntwo ; ignore_errors=no }",
    Description: "{ not a command",
    Environment: "A=1 B=2",
  });
});
