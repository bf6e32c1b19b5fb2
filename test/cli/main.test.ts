/** The command line as a whole: help, wrong use, exit codes, switches, and where words go. */
import path from "node:path";
import packageFile from "../../package.json";
import { loadCases } from "../support/cases";
import { newFolder, runHere } from "../support/command-line";

interface Case {
  /** Command lines that end alike. */
  readonly lines: readonly (readonly string[])[];
  readonly code: 0 | 2;
  /** Parts of what goes to stdout, in this order. */
  readonly stdout?: readonly string[];
  /** The same for stderr. */
  readonly stderr?: readonly string[];
}

const cases = loadCases<Case>(path.join(__dirname, "command-lines")).flatMap(
  ({ lines, name, ...rest }) => lines.map((words) => ({ ...rest, name, words })),
);

test.each(cases)("armstead $words: $name", async ({ words, code, stdout = [], stderr = [] }) => {
  // A file as the lab's folder: what should be refused cannot start one.
  const answer = await runHere(words, { environment: { ARMSTEAD_LAB_DIR: __filename } });

  expect(answer).toEqual({ code, stdout: inOrder(stdout), stderr: inOrder(stderr) });
  expect(answer.stderr).not.toMatch(/^ +at /m);
});

test("armstead --version tells the package's version", async () => {
  for (const word of ["--version", "-V"]) {
    expect(await runHere([word])).toEqual({
      code: 0,
      stdout: `${packageFile.version}\n`,
      stderr: "",
    });
  }
});

test("--json and --quiet mean the same before and after each command's name", async () => {
  const lines = [
    ["--json", "--quiet", "lab", "logs"],
    ["lab", "--json", "--quiet", "logs"],
    ["lab", "logs", "--quiet", "--json"],
    ["--quiet", "lab", "logs", "--json"],
  ];
  const folder = newFolder();

  const answers = await Promise.all(lines.map((words) => runHere(words, { folder })));

  const stdout = `${JSON.stringify({ file: path.join(folder, "lab", "server.log") }, undefined, 2)}\n`;
  expect(answers).toEqual(lines.map(() => ({ code: 0, stdout, stderr: "" })));
});

test.each([
  ["on a terminal", true, {}, true],
  ["on a terminal with NO_COLOR", true, { NO_COLOR: "1" }, false],
  ["on a terminal with an empty NO_COLOR", true, { NO_COLOR: "" }, true],
  ["on a terminal that knows no colours", true, { TERM: "dumb" }, false],
  ["elsewhere", false, {}, false],
])("faults %s are red or not", async (_name, isTTY, environment, red) => {
  const { stderr } = await runHere(["lab", "status"], { isTTY, environment });

  const fault = "AS2401  the lab is not running";
  expect(stderr.split("\n")[0]).toBe(red ? `\u001b[31m${fault}\u001b[39m` : fault);
});

test("--quiet drops the advice, never the fault", async () => {
  const { code, stdout, stderr } = await runHere(["lab", "status", "--quiet"]);

  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "",
    stderr: "AS2401  the lab is not running\n",
  });
});

/** Nothing at all without parts; else anything that holds them one after the other. */
function inOrder(parts: readonly string[]): unknown {
  if (parts.length === 0) return "";
  const escaped = parts.map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return expect.stringMatching(new RegExp(escaped.join(".*"), "s"));
}
