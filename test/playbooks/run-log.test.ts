/** The run log of real runs: what is in it, and what is not. */
import { mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Secret } from "../../core/secret";
import { parsePlaybooks, runPlaybooks } from "../../playbooks/playbooks";
import { openRunLog, runLogName } from "../../playbooks/run-log";
import { type Sshd, startSshd } from "../support/sshd";

const SECRET = 'it\'s s3cret, "really"';
const HIDDEN = "not to be logged";
const SITE = `- hosts: all
  gather_facts: false
  tasks:
    - name: say {{ token }}
      ansible.builtin.command: { argv: [sh, -c, 'echo "$1" | tee /dev/stderr; exit 3', sh, "{{ token }}"] }
      ignore_errors: true
    - name: encoded
      ansible.builtin.fail: { msg: "{{ token | b64encode }} {{ token | quote }} {{ [token] }}" }
      ignore_errors: true
    - name: write
      ansible.builtin.copy: { content: "{{ token }}\\n", dest: "{{ folder }}/token" }
    - name: hidden
      ansible.builtin.copy: { content: "{{ hidden }}\\n", dest: "{{ folder }}/hidden" }
      no_log: true
    - name: hidden failure
      ansible.builtin.fail: { msg: "{{ hidden }}" }
      no_log: true
`;
const at = 0;
let file: string;

beforeEach(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), "log-")), "runs", runLogName("../edge"));
});

describe("with a real host", () => {
  let sshd: Sshd;

  beforeAll(async () => {
    sshd = await startSshd();
  });

  afterAll(async () => {
    await sshd.stop();
  });

  test("holds every task, and neither secrets nor what no_log hides", async () => {
    const { playbooks } = parsePlaybooks([{ name: "site.yml", content: SITE }], new Map());
    const { address, port, user, hostKeys, key, folder } = sshd;
    const inventory = { a: { address, port, user, hostKeys, groups: [], vars: {} } };

    await runPlaybooks(
      playbooks,
      {
        inventory,
        vars: { folder, hidden: HIDDEN },
        secretVars: { token: new Secret(SECRET) },
        files: new Map(),
        mode: "apply",
        forks: 1,
        diff: true,
      },
      {
        key,
        signal: new AbortController().signal,
        connectTimeout: 10_000,
        onEvent: openRunLog(file, "edge"),
      },
    );

    const text = readFileSync(file, "utf8");
    const ends = linesOf(text).filter(({ event }) => event === "task.end");
    expect(ends.map(({ status }) => status)).toEqual([
      "ignored",
      "ignored",
      "changed",
      "changed",
      "failed",
    ]);
    // It was in what the hosts were told.
    expect(readFileSync(path.join(folder, "token"), "utf8")).toBe(`${SECRET}\n`);
    expect(text).toContain("(secret)");
    for (const it of ["s3cret", HIDDEN, Buffer.from(SECRET).toString("base64")]) {
      expect(text).not.toContain(it);
    }
  });
});

test("two runs of a name are told apart in one file, which is its owner's alone", () => {
  const hosts = ["a"];
  const first = openRunLog(file, "edge");
  const second = openRunLog(file, "edge");
  first({ event: "run.start", at, hosts, mode: "apply" });
  second({ event: "run.start", at, hosts, mode: "check" });
  first({ event: "run.end", at, report: { hosts: {}, milliseconds: 1 } });

  const lines = linesOf(readFileSync(file, "utf8"));
  expect(lines).toMatchObject([{ name: "edge" }, { mode: "check" }, { event: "run.end" }]);
  expect(lines[0]?.run).toBe(lines[2]?.run);
  expect(lines[0]?.run).not.toBe(lines[1]?.run);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
});

test("a log of megabytes is put aside when a run starts", () => {
  openRunLog(file, "edge");
  writeFileSync(file, "");
  truncateSync(file, 16 * 1024 * 1024 + 1);

  openRunLog(file, "edge")({ event: "run.start", at, hosts: [], mode: "apply" });

  expect(linesOf(readFileSync(file, "utf8"))).toHaveLength(1);
  expect(statSync(`${file}.old`).size).toBeGreaterThan(16 * 1024 * 1024);
});

test("a disk that refuses a line ends the log, not the run", () => {
  const log = openRunLog("/dev/full", "edge");

  expect(() => {
    log({ event: "run.start", at, hosts: [], mode: "apply" });
    log({ event: "run.start", at, hosts: [], mode: "apply" });
  }).not.toThrow();
});

function linesOf(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
