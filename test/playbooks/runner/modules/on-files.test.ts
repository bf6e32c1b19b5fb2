import type { Host } from "../../../../playbooks/runner/host";
import type { TaskResult } from "../../../../playbooks/runner/module";
import { MODULES } from "../../../../playbooks/runner/modules/registry";
import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { startNamespacedHost, type NamespacedHost } from "../../../support/namespaced-host";
import { taskContext } from "../../../support/task-context";

// What cases as data cannot tell: names that are made up, other users, mounts.
jest.setTimeout(60_000);

describe.each(["busybox", "debian"] as const)("on a host with %s", (flavour) => {
  let machine: NamespacedHost;
  let host: Host;

  beforeAll(async () => {
    machine = await startNamespacedHost(flavour);
    const { signal } = new AbortController();
    const options = { key: machine.key, connectTimeout: 10_000, signal };
    host = await openHost({ name: "node", ...machine }, options);
  });

  afterAll(async () => {
    await machine.stop();
    host.close();
  });

  function run(name: string, args: object, check = false): Promise<TaskResult> {
    const module = MODULES.get(name);
    if (module === undefined) throw new Error(`no module ${name}`);
    return module.run(taskContext(host, { check }), module.args.parse(args));
  }

  async function sh(script: string): Promise<string> {
    const { stdout, stderr, code } = await host.change({ script }, {});
    return code === 0 ? stdout : `${code}: ${stderr}`;
  }

  test.each([
    ["file", "0600"],
    ["directory", "0700"],
  ])("tempfile makes a new %s every time", async (state, mode) => {
    await sh("mkdir -p '/t/a b'");
    const odd = { state, path: "/t/a b/", prefix: "-$(id)'\n", suffix: "\n" };

    const results = [
      await run("tempfile", { state }),
      await run("tempfile", odd),
      await run("tempfile", odd),
    ];
    const [first, second, third] = results.map((it) => it.values?.path as string);

    expect(first).toMatch(/^\/tmp\/ansible\.[a-z0-9_]{8}$/);
    expect(second).toMatch(/^\/t\/a b\/-\$\(id\)'\n[a-z0-9_]{8}\n$/);
    expect(third).not.toBe(second);
    for (const { changed, values } of results) {
      const stat = await host.stat(values?.path as string, {});

      expect(changed).toBe(true);
      expect(values).toMatchObject({ state, mode, uid: 0, owner: "root" });
      expect([stat?.type, stat?.mode]).toEqual([state, Number.parseInt(mode, 8)]);
    }
  });

  test("tempfile does nothing in check mode", async () => {
    const before = await sh("ls -A /tmp");

    expect(await run("tempfile", {}, true)).toMatchObject({ changed: false, skipped: true });
    expect(await sh("ls -A /tmp")).toBe(before);
  });

  test.each([
    ["~/f", "/root/f"],
    ["~daemon/f", "/usr/sbin/f"],
    ["$HOME/${HOME}", "/root//root"],
    ["/a/~/$NO_SUCH/$(id)/$", "/a/~/$NO_SUCH/$(id)/$"],
    ["~no-one/f", "~no-one/f"],
  ])("the path %j is %j", async (path, expected) => {
    const { values } = await run("find", { paths: [path] });

    expect(Object.keys(values?.skipped_paths ?? {})).toEqual([expected]);
  });

  // The other host may have a crontab or not: its programs are those of this machine.
  const withCrontab = flavour === "busybox" ? test : test.skip;

  withCrontab("cron keeps jobs and variables in crontabs of users", async () => {
    await sh("mkdir -p /var/spool/cron/crontabs");
    const job = { name: "a", job: "echo 'é' %", minute: 5 };

    const [check, first, again] = [
      await run("cron", job, true),
      await run("cron", job),
      await run("cron", { ...job, user: "root" }),
    ];
    const other = await run("cron", { name: "X", value: "1", env: true, user: "nobody" });
    const kept = await run("cron", { name: "a", state: "absent", backup: true });

    expect([check, first, again, other, kept].map((it) => [it.changed, it.message])).toEqual(
      [true, true, false, true, true].map((it) => [it, undefined]),
    );
    expect(check.diff).toContain("+5 * * * * echo 'é' %");
    expect(await sh("crontab -l; crontab -u nobody -l")).toBe('X="1"\n');
    expect(kept.values).toMatchObject({ jobs: [], envs: [] });
    expect(await sh(`cat ${String(kept.values?.backup_file)}`)).toBe(
      "#Ansible: a\n5 * * * * echo 'é' %\n",
    );
  });
});
