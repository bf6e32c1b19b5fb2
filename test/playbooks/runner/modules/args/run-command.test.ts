import { exitFailure } from "../../../../../playbooks/runner/modules/args/run-command";

test.each([
  { name: "its last words on stderr", stdout: "out", stderr: "first\nlast\n", detail: "3: last" },
  { name: "on stdout where stderr is silent", stdout: "a\nb\n\n", stderr: " \n", detail: "3: b" },
  { name: "the code alone", stdout: "", stderr: "", detail: "3" },
])("exitFailure() tells people $name; plays see Ansible's words", ({ stdout, stderr, detail }) => {
  expect(exitFailure({ code: 3, stdout, stderr })).toEqual({
    message: "non-zero return code",
    detail,
  });
});
