import { readdirSync } from "node:fs";
import path from "node:path";
import type { Host } from "../../../../playbooks/runner/host";
import type { TaskResult } from "../../../../playbooks/runner/module";
import { MODULES } from "../../../../playbooks/runner/modules/registry";
import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { loadCases } from "../../../support/cases";
import { readTree, writeTree, type Tree } from "../../../support/host-tree";
import { startNamespacedHost, type NamespacedHost } from "../../../support/namespaced-host";
import { taskContext } from "../../../support/task-context";

// Whole hosts are started, on a machine that other tests share.
jest.setTimeout(60_000);

/** A module, run three times on a real host: in check mode, for good, and once more. */
interface Case {
  readonly args: Readonly<Record<string, unknown>>;
  /** The tree below /t before; empty by default. */
  readonly before?: Tree;
  readonly files?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly changed: boolean;
  /** Why there is nothing to do: every case without a change says it. */
  readonly noop?: string;
  /** The message of the failure holds this. */
  readonly failed?: string;
  /** Ansible's `msg`, whole. */
  readonly message?: string;
  /** Registered values, as far as they are told; the name of a backup ends with `.BACKUP~`. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** The tree afterwards. */
  readonly after?: Tree;
  /** What check mode cannot know or does not do; `changed`: it does not see that the task fails. */
  readonly check?: "skipped" | "unchanged" | "changed";
  /** The module cannot know that it has run: the third run changes again. */
  readonly repeats?: true;
  /** A line that the diff holds. */
  readonly diff?: string;
}

/** Names of backups hold a process and a time. */
const BACKUP = /\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~/g;

function withPlainBackups<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(BACKUP, ".BACKUP~")) as T;
}

const ROOT = "/t";
const folder = path.join(__dirname, "cases");
const all = readdirSync(folder).flatMap((module) =>
  loadCases<Case>(path.join(folder, module)).map((it) => ({ ...it, module })),
);

describe.each(["busybox", "debian"] as const)("on a host with %s", (flavour) => {
  let machine: NamespacedHost;
  let host: Host;

  beforeAll(async () => {
    machine = await startNamespacedHost(flavour);
    const options = {
      key: machine.key,
      connectTimeout: 10_000,
      signal: new AbortController().signal,
    };
    host = await openHost({ name: "node", ...machine }, options);
  });

  afterAll(async () => {
    await machine.stop();
    host.close();
  });

  test.each(all)("$module: $name", async (it) => {
    const before = it.before ?? {};
    const after = it.after ?? before;
    await writeTree(host, ROOT, before);

    const check = await run(it, true);
    const untouched = await readTree(host, ROOT, before);
    const first = await run(it, false);
    const tree = await readTree(host, ROOT, after, withPlainBackups);
    const second = await run(it, false);

    expect(untouched).toEqual(before);
    expect(first.failed === true ? first.message : undefined).toEqual(
      it.failed === undefined ? undefined : expect.stringContaining(it.failed),
    );
    expect(first).toMatchObject({ changed: it.changed });
    expect(withPlainBackups(first.values ?? {})).toMatchObject(it.values ?? {});
    expect(first.message ?? "").toEqual(it.message ?? expect.anything());
    expect(tree).toEqual(after);
    expect(second.changed).toBe(it.repeats === true);
    expect(check.skipped === true).toBe(it.check === "skipped");
    expect(check.changed).toBe(it.check === undefined ? it.changed : it.check === "changed");
    expect(first.diff ?? "").toContain(it.diff ?? "");
    expect(it.changed || it.failed !== undefined).toBe(it.noop === undefined);
  });

  function run(it: (typeof all)[number], check: boolean): Promise<TaskResult> {
    const module = MODULES.get(it.module);
    if (module === undefined) throw new Error(`no module ${it.module}`);
    const { files = {}, vars = {} } = it;
    return module.run(taskContext(host, { check, files, vars }), module.args.parse(it.args));
  }
});
