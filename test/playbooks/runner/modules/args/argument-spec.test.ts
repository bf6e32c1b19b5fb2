import { checkArguments } from "../../../../../playbooks/runner/modules/args/argument-spec";

const SPEC = {
  title: { type: "str", required: true },
  count: { type: "int" },
  ports: { type: "list", elements: "int" },
  ratio: { type: "float" },
  flag: { type: "bool", aliases: ["switch"] },
  server: { type: "dict", options: { host: { required: true }, port: { type: "int" } } },
  colors: { type: "list", choices: ["a", "b"] },
};

// Messages are those of ansible-core 2.14's ArgumentSpecValidator.
test.each([
  { given: { title: "n" }, errors: [] },
  { given: { title: 5, count: " 7 ", ports: "1,2", ratio: "1.5", switch: "on" }, errors: [] },
  { given: { title: "n", server: { host: "h" }, colors: ["a"] }, errors: [] },
  { given: { title: "n", server: '{"host": "h"}', count: true }, errors: [] },
  { given: {}, errors: ["missing required arguments: title"] },
  {
    given: { title: "n", count: "many" },
    errors: [
      "argument 'count' is of type <class 'str'> and we were unable to convert to int: <class 'str'> cannot be converted to an int",
    ],
  },
  {
    given: { title: "n", ports: [1, "x"] },
    errors: [
      "Elements value for option 'ports' is of type <class 'str'> and we were unable to convert to int: <class 'str'> cannot be converted to an int",
    ],
  },
  {
    given: { title: "n", ratio: [] },
    errors: [
      "argument 'ratio' is of type <class 'list'> and we were unable to convert to float: <class 'list'> cannot be converted to a float",
    ],
  },
  {
    given: { title: "n", server: "text" },
    errors: [
      "dictionary requested, could not parse JSON or key=value",
      "argument 'server' is of type <class 'str'> and we were unable to convert to dict: dictionary requested, could not parse JSON or key=value",
      "value of 'server' must be of type dict or list of dicts",
    ],
  },
  {
    given: { title: "n", server: { port: 1, x: 2 }, colors: "c" },
    errors: [
      "value of colors must be one or more of: a, b. Got no match for: c",
      "missing required arguments: host found in server",
      "server.x. Supported parameters include: host, port.",
    ],
  },
  {
    given: { title: "n", zz: 1 },
    errors: [
      "zz. Supported parameters include: colors, count, flag, ports, ratio, server, title (switch).",
    ],
  },
])("checkArguments() says of $given what Ansible says", ({ given, errors }) => {
  expect(checkArguments(SPEC, given)).toEqual(errors);
});
