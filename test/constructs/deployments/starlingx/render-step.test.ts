/** Rendered steps are read by real shells: whatever a value holds, it stays one word. */
import { execFileSync, spawnSync } from "node:child_process";
import path from "node:path";
import fc from "fast-check";
import { quoteWord, renderStep } from "../../../../constructs/deployments/starlingx/render-step";
import { row, step } from "../../../../constructs/deployments/starlingx/steps/step";

const TOOL = path.join(__dirname, "../../../../playbooks/plays/starlingx/files/step");
const HOSTILE = [
  "",
  " ",
  "'",
  "a b",
  "$(reboot)",
  "`x`",
  "*",
  "a'b\"c",
  "\\",
  "-n",
  "\n",
  "é",
  "~",
  "a;b|c&d",
  "${HOME}",
];

test.each(HOSTILE)("%j is one word", (word) => {
  const script = `printf '%s.' ${quoteWord(word)}`;

  expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(`${word}.`);
});

test("any text without a NUL is one word", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 40 }),
      (texts) => {
        const words = texts.map((it) => it.replaceAll("\0", ""));
        const script = `printf '%s\\n--\\n' ${words.map(quoteWord).join(" ")}`;
        const told = execFileSync("sh", ["-c", script], { encoding: "utf8" });

        expect(told).toBe(words.map((it) => `${it}\n--\n`).join(""));
      },
    ),
    { numRuns: 20 },
  );
});

test("a step runs its command when it is not so, once, and says what it changed", () => {
  const program = renderStep(
    step({
      id: "label(a b)",
      title: "it's $(here)",
      on: "controller-0",
      commands: [{ argv: ["printf", "%s", "x"] }, { argv: ["nowhere"], onlyWith: "nowhere" }],
    }),
  );

  expect(tool(["do"], program)).toMatchObject({ status: 0, stdout: "changed\n" });
});

test("a command that fails ends the step with its last words and its code", () => {
  const program = renderStep(
    step({
      id: "x",
      title: "x",
      on: "a",
      commands: [{ argv: ["sh", "-c", "echo no such host; exit 3"] }, { argv: ["echo", "never"] }],
    }),
  );

  expect(tool(["do"], program)).toMatchObject({ status: 3, stdout: "", stderr: "no such host\n" });
});

test("a table is asked by its headings, and a value of a row is what a later command gets", () => {
  const table = "+--+\n| uuid | name |\n+--+\n| 1-2 | a b |\n| 3-4 | c |\n+--+";
  const ask = ["printf", "%s\n", table];
  const wanted = (name: string): string =>
    renderStep(
      step({
        id: "x",
        title: "x",
        on: "a",
        lookUps: [{ ref: "it", column: "uuid", ask, where: { name: [name] } }],
        done: [row(ask, { uuid: "3-4", name: "a b" })],
        commands: [{ argv: ["sh", "-c", 'echo "$1" >&2; exit 9', "sh", { ref: "it" }] }],
      }),
    );

  expect(tool(["do"], wanted("a b"))).toMatchObject({ status: 9, stderr: "1-2\n" });
  expect(tool(["do"], wanted("none"))).toMatchObject({
    status: 1,
    stderr: "there is not exactly one uuid of name none\n",
  });
});

test.each([
  ["1 2 10", "already so\n"],
  ["1 2", "changed\n"],
  ["1 2 3 10", "changed\n"],
  ["", "changed\n"],
])("a column is asked for all its values: %j", (values, stdout) => {
  const table = "| n | is |\n| 10 | x |\n| 2 | x |\n| 3 | y |\n| 1 | x |";
  const done = {
    ...{ kind: "values" as const, column: "n", values: values.split(" ") },
    ...{ ask: ["printf", "%s\n", table], where: { is: ["x"] } },
  };
  const commands = [{ argv: ["true"] }];
  const program = renderStep(step({ id: "x", title: "x", on: "a", done: [done], commands }));

  expect(tool(["do"], program)).toMatchObject({ status: 0, stdout });
});

test("what a command of a question says when it fails is told before the refusal of the gate", () => {
  const gates = [
    { that: row(["sh", "-c", "echo no keystone >&2; exit 1"], { a: "b" }), else: "not ready" },
  ];
  const program = renderStep(step({ id: "x", title: "x", on: "a", gates }));

  expect(tool(["do"], program)).toMatchObject({ status: 1, stderr: "no keystone\nnot ready\n" });
});

test("waiting ends with 75 when it is not so yet, and with 1 when it never will be", () => {
  const never = row(["true"], { a: "b" });
  const always = row(["printf", "| a |\n| b |\n"], { a: "b" });
  const wait = (giveUp: boolean): string =>
    renderStep(
      step({
        id: "x",
        title: "a title",
        on: "a",
        wait: { until: [never], seconds: 1, ...(giveUp ? { giveUp: [always] } : {}) },
      }),
    );

  expect(tool(["wait", "0"], wait(false))).toMatchObject({
    status: 75,
    stderr: "not so yet: a title\n",
  });
  expect(tool(["wait", "0"], wait(true))).toMatchObject({
    status: 1,
    stderr: "it has failed: a title\n",
  });
});

function tool(words: readonly string[], input: string) {
  const env = { PATH: process.env.PATH, STEP_PAUSE: "0", STEP_ROOT: "/nowhere" };
  return spawnSync("sh", [TOOL, ...words], { input, encoding: "utf8", env });
}
