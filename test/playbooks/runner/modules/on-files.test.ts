import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parsePlaybooks, runPlaybooks } from "../../../../playbooks/playbooks";
import type { Host } from "../../../../playbooks/runner/host";
import { saveLocal } from "../../../../playbooks/runner/local-files";
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

  test("mount mounts now and at boot, and undoes both", async () => {
    const path = "/mnt/a b/-é";
    const wish = { path, src: "tmpfs", fstype: "tmpfs", opts: "size=1m", state: "mounted" };
    const fstab = "tmpfs /mnt/a\\040b/-é tmpfs size=1m 0 0\n";
    const isMounted = (): Promise<string> => sh(`grep -c '/mnt/a.040b/-é ' /proc/mounts || true`);
    await sh("rm -rf /etc/fstab '/mnt/a b'");

    expect(await run("mount", wish, true)).toMatchObject({ changed: true });
    expect(await run("mount", wish)).toMatchObject({ changed: true, values: { name: path } });
    expect([await sh("cat /etc/fstab"), await isMounted()]).toEqual([fstab, "1\n"]);
    expect(await run("mount", wish)).toMatchObject({ changed: false });
    expect(await run("mount", { ...wish, opts: "size=2m" })).toMatchObject({ changed: true });
    expect(await sh("grep '/mnt/a.040b' /proc/mounts")).toContain("size=2048k");
    expect(await run("mount", { path, state: "remounted" })).toMatchObject({ changed: true });
    expect(await run("mount", { path, state: "unmounted" }, true)).toMatchObject({ changed: true });
    expect(await run("mount", { path, state: "unmounted" })).toMatchObject({ changed: true });
    expect(await run("mount", { path, state: "unmounted" })).toMatchObject({ changed: false });
    expect(await isMounted()).toBe("0\n");
    await run("mount", wish);
    expect(await run("mount", { path, state: "absent" })).toMatchObject({ changed: true });
    expect([await sh("cat /etc/fstab"), await isMounted()]).toEqual(["", "0\n"]);
    expect(await sh("ls -A '/mnt/a b'")).toBe("");
    expect(await run("mount", { path, state: "absent" })).toMatchObject({ changed: false });
  });

  test("mount leaves no line and no folder behind when mounting fails", async () => {
    await sh("rm -rf /mnt/x; echo '# mine' > /etc/fstab");
    const wish = { path: "/mnt/x/y", src: "/no/such", fstype: "ext4", state: "mounted" };

    const { failed, message } = await run("mount", wish);

    expect([failed, message]).toEqual([
      true,
      expect.stringMatching(/^Error mounting \/mnt\/x\/y: /),
    ]);
    expect(await sh("cat /etc/fstab; ls -A /mnt")).not.toMatch(/^x$|such/m);
  });

  test("mount mounts for the moment, but not over something else", async () => {
    await sh("mkdir -p /mnt/from; touch /mnt/from/here; rm -f /etc/fstab");
    const wish = { path: "/mnt/to", fstype: "none", opts: "bind", state: "ephemeral" };

    const first = await run("mount", { ...wish, src: "/mnt/from" });
    const other = await run("mount", { ...wish, src: "/mnt/other" });
    const listed = await sh("ls /mnt/to; ls /etc/fstab 2>/dev/null || true");
    await run("mount", { path: "/mnt/to", state: "unmounted" });

    expect(first).toMatchObject({ changed: true });
    expect([other.failed, other.message]).toEqual([
      true,
      expect.stringContaining("already mounted with a different source"),
    ]);
    expect(listed).toBe("here\n");
  });

  describe("fetch", () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), "fetched-"));
    });

    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    function fetch(args: object): Promise<TaskResult> {
      const context = taskContext(host, {
        vars: { inventory_hostname: "node" },
        saveLocal: (file, content) => saveLocal(file, content, folder),
      });
      const module = MODULES.get("fetch");
      if (module === undefined) throw new Error("no module");
      return module.run(context, module.args.parse(args));
    }

    test("keeps a file under the host's name, byte by byte, once", async () => {
      const odd = "/t/-a '\"\n$(id)é";
      await sh("mkdir -p /t");
      await host.writeFile(odd, Buffer.from([0, 255, 10, 13]), {}, {});
      const dest = `${folder}/kept/node${odd}`;

      const first = await fetch({ src: odd, dest: "kept" });
      const second = await fetch({ src: odd, dest: `${folder}/kept/` });

      expect(first).toMatchObject({
        changed: true,
        values: { dest, checksum: "aa5a89c487e2d9ab2d058ae377eba9b351a0559c", remote_md5sum: null },
      });
      expect(second).toMatchObject({ changed: false, values: { dest, file: odd } });
      expect(readFileSync(dest)).toEqual(Buffer.from([0, 255, 10, 13]));
    });

    test.each([
      ["one", "one"],
      ["in/", "in/f"],
    ])("keeps it flat as %s", async (dest, expected) => {
      await sh("mkdir -p /t; echo x > /t/f; true");

      expect(await fetch({ src: "/t/f", dest, flat: true })).toMatchObject({ changed: true });
      expect(readFileSync(path.join(folder, expected), "utf8")).toBe("x\n");
    });

    test.each([
      [{ src: "/t/no", dest: "x" }, "the remote file does not exist, not transferring, ignored"],
      [{ src: "/t", dest: "x" }, "remote file is a directory, fetch cannot work on directories"],
      [{ src: "/t/f", dest: "..", flat: true }, "dest is an existing directory"],
      [{ src: "/../../t/../../f", dest: "x" }, "the remote file does not exist"],
      [{ src: "../t/f", dest: "x" }, "Detected directory traversal"],
    ])("fails for %j", async (args, message) => {
      await sh("mkdir -p /t; echo x > /t/f");

      const result = await fetch(args);

      expect(result).toMatchObject({ changed: false, failed: true });
      expect(result.message).toContain(message);
      expect(readdirSync(folder)).toEqual([]);
    });

    test("leaves alone what may be missing", async () => {
      const missing = { dest: "x", fail_on_missing: false };

      expect((await fetch({ ...missing, src: "/t/no" })).failed).toBeUndefined();
      expect((await fetch({ ...missing, src: "/t" })).message).toContain("ignored");
    });

    test("writes nothing here in check mode, nor in a refresh", async () => {
      await sh("mkdir -p /t; echo x > /t/f");
      const content = `
- hosts: all
  gather_facts: false
  tasks:
    - fetch: {src: /t/f, dest: kept}
    - fetch: {src: /t/f, dest: real}
      check_mode: false
`;
      const { playbooks } = parsePlaybooks([{ name: "site.yml", content }], new Map());
      const { signal } = new AbortController();
      const { address, port, user, hostKeys, key } = machine;
      const kept: string[][] = [];
      for (const mode of ["refresh", "check", "apply"] as const) {
        const { hosts } = await runPlaybooks(
          playbooks,
          {
            inventory: { node: { address, port, user, hostKeys, groups: [], vars: {} } },
            ...{ vars: {}, secretVars: {}, files: new Map(), forks: 1, mode },
          },
          { signal, key, connectTimeout: 10_000, onEvent: () => undefined, localFolder: folder },
        );
        kept.push([hosts.node?.status ?? "", ...readdirSync(folder).sort()]);
      }

      expect(kept).toEqual([["ok"], ["ok", "real"], ["ok", "kept", "real"]]);
    });
  });

  describe("archive", () => {
    beforeEach(async () => {
      await sh(`rm -rf /t; mkdir -p "/t/d/s" && cd /t/d && echo one > a && echo two > "s/-b 'é
c" && ln -s a link && mkdir empty && echo no > s/x.log`);
    });

    test.each([
      ["gz", "z"],
      ["bz2", "j"],
      ["tar", ""],
    ])("packs a folder as %s, once", async (format, letter) => {
      const args = { path: "/t/d", dest: "/t/o", format, exclusion_patterns: "*.log" };

      const check = await run("archive", args, true);
      const first = await run("archive", args);
      const second = await run("archive", args);
      const again = await run("archive", args, true);
      const list = await sh(
        `mkdir /t/u && tar -x${letter} -f /t/o -C /t/u && cd /t/u && find . | sort`,
      );

      expect([check, first, second, again].map((it) => it.changed)).toEqual([
        true,
        true,
        false,
        false,
      ]);
      expect(list).toBe(
        "./d/a\n./d/empty\n./d/link\n./d/s\n./d/s/-b 'é\nc\n".replace(/^/, ".\n./d\n"),
      );
      expect(await sh("cat /t/u/d/link /t/u/d/s/-*")).toBe("one\ntwo\n");
      expect(first.values).toMatchObject({
        archived: ["/t/d/a", "/t/d/empty", "/t/d/link", "/t/d/s", "/t/d/s/-b 'é\nc"],
        ...{ arcroot: "/t/", dest: "/t/o", dest_state: "archive", missing: [] },
      });
    });

    test("packs as zip where there is a zip", async () => {
      const has = (await sh("command -v zip || true")) !== "";
      const args = { path: "/t/d", dest: "/t/o", format: "zip", exclusion_patterns: "*/-*" };

      const first = await run("archive", args);
      const second = await run("archive", args);
      const shown = has
        ? await sh("unzip -p /t/o d/s/x.log || busybox unzip -p /t/o d/s/x.log")
        : "";

      expect([first.changed, second.changed, shown]).toEqual(
        has ? [true, false, "no\n"] : [false, false, ""],
      );
      expect(first.message ?? "").toContain(has ? "" : "there is no zip on the host");
      expect(await sh("ls -A /t")).toBe(has ? "d\no\n" : "d\n");
    });

    test("leaves the old archive when the disk is full", async () => {
      await sh(`mkdir /t/small && mount -t tmpfs -o size=64k none /t/small && echo old > /t/small/o
        head -c 200000 /dev/urandom > /t/d/a`);

      const result = await run("archive", { path: "/t/d", dest: "/t/small/o" });
      const left = await sh("cat /t/small/o; ls -A /t/small; umount /t/small");

      expect(result).toMatchObject({ changed: false, failed: true });
      expect(result.message).toContain("Errors when writing archive at /t/small/o");
      expect(left).toBe("old\no\n");
    });
  });
});
