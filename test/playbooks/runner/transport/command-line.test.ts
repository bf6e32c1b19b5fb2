import { spawnSync } from "node:child_process";
import fc from "fast-check";
import type { Become, Command } from "../../../../playbooks/runner/host";
import { commandLine } from "../../../../playbooks/runner/transport/command-line";

/** What a login shell makes of a command. */
function runLine(command: Command): string {
  const { line, preamble } = commandLine(command, "0123abcd");
  const input = `${preamble}the input`;
  // A command may end without reading its input, which is an error to whoever writes it.
  const ended = spawnSync("/bin/sh", ["-c", line], { input, encoding: "utf8" });
  if (ended.status !== 0) throw Object.assign(new Error(ended.stderr), { status: ended.status });
  return ended.stdout;
}

const USERS: readonly (Become | undefined)[] = [
  undefined,
  { user: "root", method: "su" },
  { user: "root", method: "sudo" },
];

const plain = fc
  .string({ unit: "binary" })
  .filter((it) => !it.includes("\0"))
  .map((it) => Buffer.from(it).toString());

test("commandLine() passes words, environment and folder as data", () => {
  fc.assert(
    fc.property(plain, plain, (argument, value) => {
      const script = `printf '%s\\0%s\\0' "$1" "$ODD"; pwd; cat`;
      const argv = ["/bin/sh", "-c", script, "sh", argument];

      expect(runLine({ argv, environment: { ODD: value }, chdir: "/usr" })).toBe(
        `${argument}\0${value}\0/usr\nthe input`,
      );
    }),
    { numRuns: 60 },
  );
});

test("commandLine() sends long commands through the input, without losing any of it", () => {
  const long = `a\\n'"%s\n$x`.repeat(2_000);

  const { line } = commandLine({ argv: ["echo", long] }, "0123abcd");

  expect(Buffer.byteLength(line)).toBeLessThan(9_000);
  expect(runLine({ argv: ["/bin/sh", "-c", 'printf %s "$1"; cat', "sh", long] })).toBe(
    `${long}the input`,
  );
});

test("commandLine() runs scripts with the given shell", () => {
  expect(runLine({ script: 'echo "${BASH_VERSION:+bash}"', executable: "/bin/bash" })).toBe(
    "bash\n",
  );
});

test("commandLine() runs a program whose name looks like an assignment", () => {
  expect(() => runLine({ argv: ["A=b"], environment: { C: "d" } })).toThrow(/not found/);
});

test.each(USERS)("commandLine() shows no value of the environment: as %j", (become) => {
  const { line } = commandLine({ argv: ["true"], environment: { A: "s3cret" } }, "0", become);

  expect(line).not.toContain("s3cret");
});

test("commandLine() gives words that look like commands on, with an environment of the shell's own", () => {
  const environment = { IFS: "0123456789t", PATH: process.env.PATH ?? "", line: "x" };

  expect(() => runLine({ script: "exit 17", environment })).toThrow(
    expect.objectContaining({ status: 17 }) as Error,
  );
});

test.each(["", "A=B", "A\0B", "-i", "a.b", "1A", "A;id"])(
  "commandLine() refuses %j as the name of an environment variable",
  (name) => {
    expect(() => commandLine({ argv: ["true"], environment: { [name]: "x" } }, "0")).toThrow(
      "AS2222",
    );
  },
);

test("commandLine() hides the command in one word of sudo and su", () => {
  const command = { script: "echo 'a b'" };

  const sudo = commandLine(command, "0", { user: "it's", method: "sudo" }).line;
  const su = commandLine(command, "0", { user: "it's", method: "su" }).line;

  expect(sudo).toContain(`'sudo' '-H' '-n' '-u' 'it'\\''s' '--' '/bin/sh' '-c'`);
  expect(su).toContain(`'su' 'it'\\''s' '-s' '/bin/sh' '-c'`);
});
