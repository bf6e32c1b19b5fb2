/** Values reach the node as data only: byte for byte, and nothing else runs. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { startSshd, type Sshd } from "../../support/sshd";
import { oneLine, runTasks } from "./run-tasks";

let sshd: Sshd;
let root: string;
let canary: string;

beforeAll(async () => {
  sshd = await startSshd();
  root = path.join(sshd.folder, "out");
  canary = path.join(sshd.folder, "canary");
});

afterAll(() => sshd.stop());

/** What would make the canary, if anything took it for more than data. */
const hostile = (): string[] => {
  const touch = `touch ${canary}`;
  return [
    `$(${touch})`,
    `\`${touch}\``,
    `; ${touch};`,
    `| ${touch}`,
    `& ${touch} &`,
    `\n${touch}\n`,
    `\r\n${touch}\r\n`,
    `'; ${touch}; '`,
    `"; ${touch}; "`,
    `'"'"'; ${touch} #`,
    `\\'; ${touch}; \\'`,
    `\${IFS}$(${touch})`,
    `{{ lookup('pipe', '${touch}') }}`,
    "{{ 7 * 7 }}",
    "{{ pw }}",
    "{% raw %}",
    "{% endraw %}{{ pw }}",
    "{% for a in [1] %}x{% endfor %}",
    "{# gone #}",
    "{{",
    "}}",
    "{%",
    "!unsafe x",
    "\\",
    "\\n\\0101\\c",
    "%s%n%%",
    "'",
    '"',
    "ü名🦀\u202e",
    "\u0001\u001b[31m\u007f",
    "EOF\n",
    "* ? [a] ~",
    "-n ",
    "key=value",
  ];
};
/** Words that a template may take for something else than text. */
const WORDS = ["007", "1e3", "null", "~", '{"a": 1}', "[1, 2]", "- a", "a: b", " x ", "\n"];

/** What Ansible's set_fact takes for a truth, so that it is another value afterwards. */
const TRUTH = /^(?:true|false|yes|no)$/i;

/** Made when the canary's place is known. */
const values = (): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 6, arbitrary: fragments() },
      { weight: 1, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 1, arbitrary: fragments().map((it) => it.repeat(10_000).slice(0, 10_240)) },
    )
    .map(wellFormed)
    .filter((it) => !TRUTH.test(it));

function fragments(): fc.Arbitrary<string> {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 8 });
  const part = fc.oneof(fc.constantFrom(...hostile()), text);
  return fc
    .array(part, { minLength: 1, maxLength: 5 })
    .map((it) => it.join("").replaceAll("\0", "0"));
}

/** Half a surrogate pair has no bytes in UTF-8. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Ways of a value to the node; each leaves it in a file `NAME-INDEX` below `root`. */
const WAYS = [
  "shell",
  "argv",
  "stdin",
  "environment",
  "copy",
  "template",
  "line",
  "fact",
  "loop",
  "output",
];
/** Those that compare the value with what set_fact made of it. */
const BY_FACT = ["fact", "loop", "output"];
const TASKS = `
    - file: {path: "{{ root }}", state: directory}
    - set_fact: {first: "{{ v }}"}
    - set_fact: {second: "{{ first }}", both: ["{{ first }}"], deep: {in: {it: "{{ v }}"}}}
    - shell: printf %s {{ v | quote }} > "$OUT"
      environment: {OUT: "{{ root }}/shell"}
    - command: {argv: [dd, "of={{ root }}/stdin", status=none], stdin: "{{ v }}", stdin_add_newline: false}
    - command: {argv: [sh, -c, 'printf %s "$2" > "$1"', sh, "{{ root }}/argv", "{{ v }}"], expand_argument_vars: false}
    - shell: printf %s "$VALUE" > {{ (root ~ '/environment') | quote }}
      environment: {VALUE: "{{ v }}"}
    - copy: {dest: "{{ root }}/copy", content: "{{ v }}"}
    - template: {dest: "{{ root }}/template", src: v.j2}
    - lineinfile: {path: "{{ root }}/line", line: "{{ v }}", create: true}
    - copy: {dest: "{{ root }}/fact", content: "{{ second }}"}
      when: second == v and both[0] == v and deep.in.it == first
    - copy: {dest: "{{ root }}/loop", content: "{{ item.it }}"}
      loop: [{it: "{{ second }}"}]
      when: item.it == v
    - command: {argv: [cat, "{{ root }}/copy"], strip_empty_ends: false}
      register: out
    - copy: {dest: "{{ root }}/output", content: "{{ out.stdout }}"}
      when: out.stdout == second
`;

/** Sends a value by every way. @returns what became of the host, and the content of each way's file */
async function send(given: string) {
  rmSync(root, { recursive: true, force: true });
  const { host } = await runTasks(sshd, TASKS, {
    vars: { root },
    secretVars: { v: given },
    files: new Map([["templates/v.j2", "{{ v }}"]]),
  });
  return {
    host,
    arrived: Object.fromEntries(WAYS.map((it) => [it, read(path.join(root, it))])),
  };
}

test("any value arrives byte for byte by every way, and nothing else runs", async () => {
  await fc.assert(
    fc.asyncProperty(values(), async (given) => {
      const { host, arrived } = await send(given);
      const line = given.endsWith("\n") ? [given, `${given}\n`] : [`${given}\n`];
      expect(host.error).toBeUndefined();
      expect(line).toContain(arrived.line);
      expect({ ...arrived, line: given }).toEqual(
        Object.fromEntries(WAYS.map((it) => [it, given])),
      );
      expect(existsSync(canary)).toBe(false);
    }),
    {
      numRuns: 12,
      examples: [
        [wellFormed(hostile().join(" "))],
        [hostile().join("").repeat(20).slice(0, 10_240)],
      ],
    },
  );
});

test.each(["True", "no"])(
  "%s is a truth to set_fact, and text to everything else",
  async (given) => {
    const { host, arrived } = await send(given);

    const text = WAYS.map((it) => [it, it === "line" ? `${given}\n` : given] as const);
    expect(host.error).toBeUndefined();
    expect(arrived).toEqual(
      Object.fromEntries(text.map(([it, as]) => [it, BY_FACT.includes(it) ? undefined : as])),
    );
  },
);

test.each([
  ["command", `command: {argv: [echo, "{{ v }}"]}`],
  ["shell", "shell: echo {{ v | quote }}"],
  ["an environment", `{command: {argv: [env]}, environment: {V: "{{ v }}"}}`],
  ["a path", `file: {path: "{{ v }}", state: touch}`],
])("a NUL in %s is refused by code, since no process can be given it", async (_, task) => {
  const { host, statuses } = await runTasks(sshd, `    - ${task}\n`, {
    secretVars: { v: `a\0; touch ${canary}` },
  });

  expect(host).toMatchObject({ status: "failed", error: oneLine("(AS2222|AS2303)") });
  expect(statuses).toEqual(["failed"]);
  expect(existsSync(canary)).toBe(false);
});

test("a NUL in the content of files and in input arrives", async () => {
  const given = `a\0'$(touch ${canary})\0`;
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);

  const { host } = await runTasks(
    sshd,
    `
    - copy: {dest: "{{ root }}/copy", content: "{{ v }}"}
    - template: {dest: "{{ root }}/template", src: v.j2}
    - lineinfile: {path: "{{ root }}/line", line: "{{ v }}", create: true}
    - command: {argv: [dd, "of={{ root }}/stdin", status=none], stdin: "{{ v }}", stdin_add_newline: false}
`,
    { vars: { root }, secretVars: { v: given }, files: new Map([["templates/v.j2", "{{ v }}"]]) },
  );

  expect(host.error).toBeUndefined();
  const arrived = ["copy", "template", "line", "stdin"].map((it) => read(path.join(root, it)));
  expect(arrived).toEqual([given, given, `${given}\n`, given]);
  expect(existsSync(canary)).toBe(false);
});

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
