import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { startBench, type ModuleBench } from "../../../support/module-run";

// Whole hosts are started, on a machine that other tests share.
jest.setTimeout(60_000);

const ONCE = [true, true, false];
const NEVER = [false, false, false];

describe("on a minimal node", () => {
  let bench: ModuleBench;

  beforeAll(async () => {
    bench = await startBench("busybox");
    const run = "#!/bin/sh\nexec sleep 1000\n";
    await bench.shell("mkdir -p /etc/sv/idle");
    await bench.run("copy", { dest: "/etc/sv/idle/run", content: run, mode: "0755" });
  });

  afterAll(() => bench.stop());

  const status = () => bench.shell("sv status idle || true");

  test("service starts a service and enables it", async () => {
    expect(
      await bench.thrice("service", { name: "idle", state: "started", enabled: true }),
    ).toEqual(ONCE);
    expect(await status()).toMatch(/^run: idle: \(pid \d+\)/);
  });

  test("service restarts: another process runs afterwards", async () => {
    await bench.run("service", { name: "idle", state: "started" });
    const before = /pid (\d+)/.exec(await status())?.[1];

    const { changed } = await bench.run("service", { name: "idle", state: "restarted" });

    expect(changed).toBe(true);
    expect(/pid (\d+)/.exec(await status())?.[1]).not.toBe(before);
  });

  test("service stops a service, and disables it", async () => {
    await bench.run("service", { name: "idle", state: "started", enabled: true });

    expect(await bench.thrice("service", { name: "idle", state: "stopped" })).toEqual(ONCE);
    expect(await status()).toMatch(/^down: idle/);
    expect(await bench.thrice("service", { name: "idle.service", enabled: "no" })).toEqual(ONCE);
    expect(await bench.shell("ls /etc/sv/idle")).toContain("down");
  });

  test("service_facts tells what runs and what begins with the host", async () => {
    await bench.run("service", { name: "idle", state: "started", enabled: true });

    const { hostFacts } = await bench.run("service_facts", {}, { check: true });

    expect(hostFacts).toMatchObject({
      services: { idle: { name: "idle", state: "running", status: "enabled", source: "runit" } },
    });
    expect(await bench.run("package_facts", {})).toMatchObject({
      failed: true,
      message: expect.stringContaining("Could not detect a supported package manager") as string,
    });
  });

  test("service and systemd_service refuse what runit has no form of", async () => {
    expect(
      await bench.run("systemd_service", { name: "idle", masked: true, state: "stopped" }),
    ).toMatchObject({
      failed: true,
      message: expect.stringContaining("runit cannot mask") as string,
    });
  });

  test("service starts a disabled service without enabling it", async () => {
    await bench.run("service", { name: "idle", state: "stopped", enabled: false });

    expect(await bench.thrice("service", { name: "idle", state: "started" })).toEqual(ONCE);
    expect(await status()).toMatch(/^run: idle/);
    expect(await bench.thrice("service", { name: "idle", enabled: false })).toEqual(NEVER);
  });

  test("systemd_service takes a reload of units as nothing to do", async () => {
    expect(await bench.thrice("systemd_service", { daemon_reload: true })).toEqual(NEVER);
  });

  test("service fails for a service that is not there, but not in check mode", async () => {
    const args = { name: "nope", state: "started" };

    expect(await bench.run("service", args)).toMatchObject({
      failed: true,
      message: "Could not find the requested service nope: host",
    });
    expect(await bench.run("service", args, { check: true })).toMatchObject({ changed: true });
  });

  test("hostname changes the running name and the one to come", async () => {
    expect(await bench.thrice("hostname", { name: "member-1" })).toEqual(ONCE);
    expect(await bench.shell("uname -n; cat /etc/hostname")).toBe("member-1\nmember-1\n");
  });

  test("modprobe takes what is loaded or built in as done", async () => {
    const loaded = (await bench.shell("ls /sys/module")).split("\n")[0] ?? "";

    expect(await bench.thrice("modprobe", { name: loaded })).toEqual(NEVER);
  });

  test("modprobe loads at every boot when told so, and fails for what is not there", async () => {
    const loaded = (await bench.shell("ls /sys/module")).split("\n")[0] ?? "";

    expect(await bench.thrice("modprobe", { name: loaded, persistent: "present" })).toEqual(ONCE);
    expect(await bench.shell(`cat /etc/modules-load.d/${loaded}.conf`)).toBe(`${loaded}\n`);
    expect(await bench.run("modprobe", { name: "no_such_module" })).toMatchObject({ failed: true });
  });

  test("wait_for sees a port that listens and one that does not", async () => {
    await bench.shell("mkdir -p /srv; busybox httpd -p 127.0.0.1:8080 -h /srv");

    expect(await bench.run("wait_for", { port: 8080, timeout: 60 })).toMatchObject({
      changed: false,
    });
    expect(await bench.run("wait_for", { port: 8081, timeout: 0 })).toMatchObject({
      failed: true,
      message: "Timeout when waiting for 127.0.0.1:8081",
    });
    expect(
      await bench.run("wait_for", { port: 8081, state: "stopped", timeout: 60 }),
    ).not.toMatchObject({ failed: true });
  });

  test("wait_for probes another address with busybox's netcat", async () => {
    await bench.shell("ip addr add 10.9.8.7/24 dev lo; busybox httpd -p 10.9.8.7:8082 -h /srv");

    expect(
      await bench.run("wait_for", { host: "10.9.8.7", port: 8082, timeout: 60 }),
    ).not.toMatchObject({ failed: true });
    expect(await bench.run("wait_for", { host: "10.9.8.7", port: 8083, timeout: 0 })).toMatchObject(
      { failed: true },
    );
  });

  test("wait_for waits for a file, for a text in it, and for its end", async () => {
    await bench.shell("rm -f /tmp/f; (sleep 1; echo 'state: ready' > /tmp/f) >/dev/null 2>&1 &");

    const found = await bench.run("wait_for", {
      path: "/tmp/f",
      search_regex: "^state: (ready|ok)$",
      timeout: 20,
    });
    await bench.shell("rm /tmp/f");
    const gone = await bench.run("wait_for", { path: "/tmp/f", state: "absent", timeout: 60 });

    expect([found.failed ?? false, gone.failed ?? false]).toEqual([false, false]);
  });

  test("wait_for ends when the run is cancelled", async () => {
    const cancel = new AbortController();
    const waiting = bench.run(
      "wait_for",
      { path: "/never", timeout: 300 },
      { signal: cancel.signal },
    );

    cancel.abort(new Error("stopped by hand"));

    await expect(waiting).rejects.toThrow("stopped by hand");
  });
});

describe("with systemctl, but no running manager", () => {
  let bench: ModuleBench;
  const enabled = "/root/.config/systemd/user/default.target.wants/idle.service";

  beforeAll(async () => {
    bench = await startBench("debian");
    await bench.shell("mkdir -p /root/.config/systemd/user");
    const content = "[Service]\nExecStart=/bin/sleep 1000\n[Install]\nWantedBy=default.target\n";
    await bench.run("copy", { dest: "/root/.config/systemd/user/idle.service", content });
  });

  afterAll(() => bench.stop());

  test("systemd_service enables and disables a user's service", async () => {
    const args = { name: "idle", scope: "user" };

    expect(await bench.thrice("systemd_service", { ...args, enabled: true })).toEqual(ONCE);
    expect(await bench.shell(`readlink ${enabled}`)).toContain("idle.service");
    expect(await bench.thrice("systemd_service", { ...args, enabled: false })).toEqual(ONCE);
    expect(await bench.run("systemd_service", { ...args, enabled: false })).toMatchObject({
      values: { name: "idle", enabled: false, status: {} },
    });
  });

  test("systemd_service masks what is there and what is not, and takes it back", async () => {
    const args = { name: "later.service", scope: "user" };

    expect(await bench.thrice("systemd_service", { ...args, masked: true })).toEqual(ONCE);
    expect(await bench.shell("readlink /root/.config/systemd/user/later.service")).toBe(
      "/dev/null\n",
    );
    expect(await bench.thrice("systemd_service", { ...args, masked: false })).toEqual(ONCE);
  });

  test("systemd_service says what it cannot know or do", async () => {
    const messageOf = async (args: Record<string, unknown>) =>
      (await bench.run("systemd_service", { scope: "user", ...args })).message;

    expect(await messageOf({ name: "idle", state: "started" })).toBe("Service is in unknown state");
    expect(await messageOf({ name: "nope", enabled: true })).toBe(
      "Could not find the requested service nope: host",
    );
    expect(await messageOf({ daemon_reload: true })).toMatch(/^failure 1 during daemon-reload: /);
    expect((await bench.run("service", { name: "idle", state: "started" })).message).toContain(
      "neither systemd nor runit",
    );
  });
});

describe("reboot", () => {
  test("waits until another boot answers", async () => {
    const bench = await startBench("busybox");
    try {
      await bench.shell("mkdir /tmp/own; echo first > /tmp/boot");
      const content = "#!/bin/sh\ntouch /tmp/asked\n";
      await bench.run("copy", { dest: "/tmp/own/asked", content, mode: "0755" });
      // In a namespace nobody restarts what ends, so the test plays the machine's firmware.
      const running = bench.run("reboot", {
        reboot_timeout: 60,
        reboot_command: "asked",
        search_paths: ["/tmp/own"],
        boot_time_command: "cat /tmp/boot 2>/dev/null || echo second",
      });
      // A connection of its own, since the module gives up the one that it runs on.
      const watcher = await openHost(
        { ...bench.machine, name: "node" },
        { key: bench.machine.key, connectTimeout: 10_000, signal: new AbortController().signal },
      );
      await watcher.query({ script: "until [ -e /tmp/asked ]; do sleep 0.1; done" }, {});
      watcher.close();
      await bench.restart();

      expect(await running).toMatchObject({ changed: true, values: { rebooted: true } });
    } finally {
      await bench.stop();
    }
  });

  test("fails when the host never restarts", async () => {
    const bench = await startBench("busybox");
    try {
      const result = await bench.run("reboot", { reboot_timeout: 1, reboot_command: "true" });

      expect(result).toMatchObject({ failed: true, message: "Timed out waiting for the reboot" });
    } finally {
      await bench.stop();
    }
  });
});
