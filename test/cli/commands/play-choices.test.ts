/** What of plays `armstead play` runs or shows: starting at a task, steps, forced handlers, lists, checks. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { readAnswer, stepAsker } from "../../../cli/ask-step";
import type { StepAnswer } from "../../../playbooks/playbooks";
import { parsePlaybooks, runPlaybooks } from "../../../playbooks/playbooks";
import { newFolder, runHere } from "../../support/command-line";

const folder = newFolder();
const PLAYS = `- name: first
  hosts: localhost
  gather_facts: false
  tags: [one]
  tasks:
    - name: before
      ping:
    - block:
        - name: in a block
          ping:
        - ping:
      rescue:
        - name: in a rescue
          ping:
      always:
        - name: in any case
          ping:
    - name: told
      debug: {msg: x}
      changed_when: true
      notify: handle
      tags: [two]
  handlers:
    - name: handle
      debug: {msg: y}
- name: second
  hosts: localhost
  gather_facts: false
  roles: [r]
`;
const FILES = new Map([
  ["roles/r/tasks/main.yml", "- name: in a role\n  ping:\n- include_tasks: more.yml\n"],
  ["roles/r/tasks/more.yml", "- name: included\n  ping:\n"],
]);

/** Runs plays here. @returns names of the tasks that ended */
async function tasksOf(
  content: string,
  input: { startAtTask?: string; tags?: string[]; forceHandlers?: boolean } = {},
  askStep?: (task: string, host: string | undefined) => Promise<StepAnswer>,
): Promise<string[]> {
  const { playbooks, faults } = parsePlaybooks([{ name: "site.yml", content }], FILES);
  expect(faults).toEqual([]);
  const tasks: string[] = [];
  const given = { inventory: {}, vars: {}, secretVars: {}, files: FILES, forks: 1, ...input };
  await runPlaybooks(
    playbooks,
    { ...given, mode: "apply" },
    {
      signal: AbortSignal.timeout(30_000),
      connectTimeout: 1000,
      onEvent: (event) => {
        if (event.event === "task.end") tasks.push(event.task);
      },
      askStep,
    },
  );
  return tasks;
}

const BEHIND = ["told", "handle", "r : in a role", "include_tasks", "r : included"];
const all = ["before", "in a block", "ping", "in any case", ...BEHIND];

test.each([
  ["before", {}, all],
  ["in a block", {}, all.slice(1)],
  ["in any*", {}, ["in any case", ...BEHIND]],
  ["[pt]ing", {}, all.slice(2)],
  ["r : in a role", {}, BEHIND.slice(2)],
  ["in a role", {}, BEHIND.slice(2)],
  ["*", { tags: ["two"] }, ["told", "handle"]],
])("a run starts at %s with %j", async (startAtTask, more, expected) => {
  const told = await tasksOf(PLAYS, { startAtTask, ...more });

  expect(told.filter((it) => it !== "r : include_tasks" || expected.includes(it))).toEqual(
    expected.filter((it) => it !== "include_tasks"),
  );
});

test.each(["in a rescue", "included", "nothing", "handle"])("no run starts at %s", async (name) => {
  await expect(tasksOf(PLAYS, { startAtTask: name })).rejects.toMatchObject({
    faults: [
      {
        code: "AS1418",
        given: name,
        allowed: expect.arrayContaining(["r : in a role"]) as string[],
      },
    ],
  });
});

test("handlers that are forced run on hosts that failed", async () => {
  const content = `- hosts: localhost
  gather_facts: false
  tasks:
    - {name: changes, debug: {msg: x}, changed_when: true, notify: handle}
    - {name: fails, fail: {msg: no}}
  handlers:
    - {name: handle, debug: {msg: y}}
`;

  expect(await tasksOf(content)).toEqual(["changes", "fails"]);
  expect(await tasksOf(content, { forceHandlers: true })).toEqual(["changes", "fails", "handle"]);
});

test("steps are asked for one by one, until somebody says to go on", async () => {
  const asked: string[] = [];
  const answers = new Map<string, StepAnswer>([
    ["before", "leave"],
    ["in any case", "leave"],
    ["told", "run"],
    ["handle", "go on"],
  ]);

  const told = await tasksOf(PLAYS, {}, (task) => {
    asked.push(task);
    return Promise.resolve(answers.get(task) ?? "run");
  });

  expect(asked).toEqual(["before", "in a block", "ping", "in any case", "told", "handle"]);
  expect(told).not.toContain("before");
  expect(told).not.toContain("in any case");
  expect(told).toContain("r : included");
});

test("every host of a free play is asked about", async () => {
  const content = "- {hosts: localhost, strategy: free, gather_facts: false, tasks: [{ping: }]}\n";
  const asked: (string | undefined)[] = [];

  await tasksOf(content, {}, (_, host) => {
    asked.push(host);
    return Promise.resolve("run");
  });

  expect(asked).toEqual(["localhost"]);
});

test.each([
  ["y", "run"],
  [" YES ", "run"],
  ["c", "go on"],
  ["continue", "go on"],
  ["n", "leave"],
  ["", "leave"],
  ["yeah", "leave"],
] as const)("the answer %j means %s", (text, expected) => {
  expect(readAnswer(text)).toBe(expected);
});

test("somebody at a terminal is asked, and what tasks are called cannot move it", async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  const ask = stepAsker({ input, output, signal: new AbortController().signal });

  const answer = ask("a\u001b[2Jb", "web1");
  input.write("c\n");

  expect(await answer).toBe("go on");
  const shown = String(output.read());
  expect(shown).toContain("Perform task: a\\u001b[2Jb on web1 (N)o/(y)es/(c)ontinue: ");
});

writeFileSync(path.join(folder, "site.yml"), PLAYS.replace("  roles: [r]\n", ""));

test.each([
  [["--syntax-check"], "2 plays, nothing wrong\n"],
  [
    ["--list-tags"],
    "play #1 (localhost): first\n  TASK TAGS: [one, two]\n\nplay #2 (localhost): second\n  TASK TAGS: []\n",
  ],
])("armstead play %j needs no inventory", async (words, stdout) => {
  expect(await runHere(["play", "site.yml", ...words], { folder })).toEqual({
    code: 0,
    stdout,
    stderr: "",
  });
});

test.each([
  [["--step", "-i", "nobody,"], "--step asks before every task, and needs a terminal"],
  [["--step", "--runner", "ansible", "-i", "nobody,"], "--step needs the runner armstead"],
  [["--list-hosts"], "required option '-i, --inventory <place>' not specified"],
])("armstead play %j is wrong use", async (words, problem) => {
  const { code, stderr } = await runHere(["play", "site.yml", ...words], { folder });

  expect(code).toBe(2);
  expect(stderr).toContain(problem);
});

test("armstead play tells which task is nearest to the one to start at", async () => {
  const words = ["play", "site.yml", "-i", "nobody,", "--start-at-task", "tolt"];

  const { code, stderr } = await runHere(words, { folder });

  expect(code).toBe(1);
  expect(stderr).toContain('AS1418  --start-at-task: no task to start at "tolt"');
  expect(stderr).toContain('did you mean "told"?');
});
