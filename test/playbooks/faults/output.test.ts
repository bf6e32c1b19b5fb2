/** Commands that say too much, or in no language at all, and commands that never end. */
import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { startSshd, type Sshd } from "../../support/sshd";
import { oneLine, runTasks } from "./run-tasks";

let sshd: Sshd;

beforeAll(async () => {
  sshd = await startSshd();
});

afterAll(() => sshd.stop());

test("of 100 MB of output eight are kept, and the rest is drained", async () => {
  const { host, statuses } = await runTasks(
    sshd,
    `
    - shell: head -c 104857600 /dev/zero | tr '\\\\0' x; echo {{ pw | quote }} >&2
      register: out
    - assert:
        that: [out.truncated, out.stdout | length == 8388608, out.stderr == pw]
    - shell: head -c 104857600 /dev/zero | tr '\\\\0' x >&2; echo {{ pw | quote }} >&2; exit 3
`,
  );

  expect(statuses).toEqual(["changed", "ok", "failed"]);
  expect(host).toMatchObject({ status: "failed", error: oneLine("AS2301") });
  expect(host.error?.length).toBeLessThan(5_000);
});

test.each([1, 5, 12, 20])(
  "a secret that the limit cuts at character %i is not told in half",
  async (kept) => {
    const { host } = await runTasks(
      sshd,
      `
    - shell: |
        head -c ${8 * 1024 * 1024 - kept - 1} /dev/zero | tr '\\0' x
        printf '\\n%s\\n' {{ pw | quote }}
        exit 3
`,
    );

    expect(host.error).toMatch(/AS2301/);
    expect(host.error).not.toMatch(/it's|S3c/);
  },
);

test("binary output is kept as text, and told in one line without control characters", async () => {
  const { host, statuses } = await runTasks(
    sshd,
    `
    - shell: printf 'a\\000b\\377\\376c\\033[31m\\rd'
      register: out
    - assert:
        that: [out.rc == 0, "'a' in out.stdout", out.stdout is search('b.+c'), "out.stdout.endswith('d')"]
    - shell: printf 'a\\000\\377' > ${sshd.folder}/binary
    - slurp: {src: "${sshd.folder}/binary"}
      register: read
    - assert: {that: "read.content == 'YQD/'"}
    - shell: printf '%s\\000\\377\\033[31m\\rthe \\033[2Jend\\007' {{ pw | quote }} >&2; exit 4
`,
  );

  expect(statuses).toEqual(["changed", "ok", "changed", "ok", "ok", "failed"]);
  expect(host.error).toEqual(oneLine("AS2301"));
  // eslint-disable-next-line no-control-regex -- what must not reach a terminal
  expect(host.error).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

describe("a command that never ends", () => {
  const begun = (): string => path.join(sshd.folder, "begun");

  beforeEach(() => {
    rmSync(begun(), { force: true });
  });

  test.each([
    ["sleeps", "sleep 71001"],
    ["ignores all signals it can", "trap '' TERM HUP INT; sleep 71002; sleep 71002"],
    ["has children", "(sleep 71003 & sleep 71003) | cat"],
    ["talks", "yes; sleep 71004"],
  ])("and %s is stopped by the task's time limit", async (_, script) => {
    const { host } = await runTasks(
      sshd,
      `
    - shell: "touch ${begun()}; echo {{ pw | quote }}; ${script}"
      timeout: 1
`,
    );

    expect(host).toMatchObject({ status: "failed", error: oneLine("AS2309") });
    expect(existsSync(begun())).toBe(true);
    expect(running("7100")).toBe("");
  });

  test("is stopped when the run is", async () => {
    const control = new AbortController();
    const run = runTasks(
      sshd,
      `
    - shell: touch ${begun()}; echo {{ pw | quote }}; sleep 71005
    - copy: {dest: "${sshd.folder}/never", content: x}
`,
      { signal: control.signal },
    );
    while (!existsSync(begun())) await new Promise(setImmediate);
    control.abort(new Error("stopped by hand"));

    const { host } = await run;

    expect(host.status).toBe("cancelled");
    expect(existsSync(`${sshd.folder}/never`)).toBe(false);
    expect(running("7100")).toBe("");
  });

  /** Processes of this machine that sleep so long. */
  function running(seconds: string): string {
    const all = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
    return all
      .split("\n")
      .filter((it) => it.startsWith(`sleep ${seconds}`))
      .join("\n");
  }
});
