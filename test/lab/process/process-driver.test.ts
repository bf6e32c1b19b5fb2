import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import path from "node:path";
import type { MachineDriver } from "../../../lab/machine-driver";
import { otherHostKey, runSsh } from "../driver/lab-ssh";
import { boot, machineSpec, newDriver, newMachinesFolder, ssh } from "./process-machine";

// A cold cache is filled first.
jest.setTimeout(120_000);

const folder = newMachinesFolder();
let driver: MachineDriver;

beforeAll(async () => {
  driver = newDriver(folder);
  await driver.prepare([machineSpec("any", "78.0.1").system], () => undefined, {});
});

afterAll(async () => {
  for (const id of await driver.list()) await driver.remove(id, {});
});

test("a process machine is a host of its own: name, users, processes, address of the lab", async () => {
  const spec = machineSpec("own", "78.0.2");
  await boot(driver, spec);

  const { output } = await ssh(driver, spec, "hostname; id -u; cat /etc/hosts; echo $PATH; ps");

  const [hostname, user, ...rest] = output.split("\n");
  expect([hostname, user]).toEqual(["host-own", "0"]);
  expect(rest.slice(0, 4)).toEqual([
    "127.0.0.1 localhost",
    "127.0.0.1 lab",
    "127.200.0.1 host-own",
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  ]);
  expect(output).toContain("    1 root     init");
  expect(output.split("\n").length).toBeLessThan(16);
});

test("a process machine shows the host key that was told before its boot, and no other", async () => {
  const spec = machineSpec("key", "78.0.3");
  const told = await driver.hostKey(spec);
  await boot(driver, spec);

  expect(await driver.hostKey(spec)).toBe(told);
  await expect(ssh(driver, spec, "true")).resolves.toMatchObject({ code: 0 });
  const { address, sshPort: port } = spec;
  const wrong = { address, port, hostKey: otherHostKey(), privateKey: "" };
  await expect(runSsh(wrong, "true")).rejects.toThrow(/host/i);
});

test("files outlive power cycles and reboots, and end with a new installation", async () => {
  const spec = machineSpec("disk", "78.0.4");
  await boot(driver, spec);
  await ssh(driver, spec, "echo 1 >/root/kept; rm /etc/profile");
  // In one stream: two come in any order.
  const kept = "{ cat /root/kept; ls /etc/profile; } 2>&1";

  await driver.stop(spec, "soft", {});
  expect(await driver.isRunning(spec)).toBe(false);
  await driver.start(spec, "disk", {});
  await driver.waitReady(spec, {});
  const afterCycle = await ssh(
    driver,
    spec,
    `${kept}; cat /proc/sys/kernel/random/boot_id; reboot`,
  );
  await rebooted(spec.id);
  await driver.waitReady(spec, {});
  const afterReboot = await ssh(driver, spec, kept);
  await boot(driver, spec);
  const afterInstall = await ssh(driver, spec, kept);

  expect(afterCycle.output).toContain("1\nls: /etc/profile: No such file");
  expect(afterReboot.output).toContain("1\nls: /etc/profile: No such file");
  expect(afterInstall.output).toContain("can't open '/root/kept'");
  expect(afterInstall.output).toContain("\n/etc/profile\n");
});

test("rescue boots a fresh root and leaves the machine's own as it was", async () => {
  const spec = machineSpec("rescue", "78.0.5");
  await boot(driver, spec);
  await ssh(driver, spec, "echo own >/root/which");
  await driver.stop(spec, "hard", {});

  await driver.start(spec, "rescue", {});
  await driver.waitReady(spec, {});
  const rescue = await ssh(driver, spec, "ls -A /root; echo rescue >/root/which");
  await driver.stop(spec, "hard", {});
  await driver.start(spec, "disk", {});
  await driver.waitReady(spec, {});

  expect(rescue.output).toBe(".ssh\n");
  await expect(ssh(driver, spec, "cat /root/which")).resolves.toMatchObject({ output: "own\n" });
});

test("poweroff inside is seen outside, and nothing runs on", async () => {
  const spec = machineSpec("off", "78.0.6");
  await boot(driver, spec);
  await ssh(driver, spec, "(sleep 1000 &) ; poweroff");

  while (await driver.isRunning(spec)) await turn();

  await expect(driver.waitReady(spec, {})).rejects.toMatchObject({ code: "AS2460" });
});

test("services are kept running, commanded by sv, and there again after a reboot", async () => {
  const spec = machineSpec("sv", "78.0.7");
  await boot(driver, spec);
  const service = [
    "mkdir -p /etc/sv/beat",
    String.raw`printf '#!/bin/sh\nexec sleep 1000\n' >/etc/sv/beat/run`,
    "chmod 755 /etc/sv/beat/run",
    "ln -s /etc/sv/beat /etc/service/",
  ];
  const scenario = [
    "sv up beat",
    "kill -9 $(cat /run/sv/beat/pid); until sv status beat | grep -q ^run; do :; done",
    "sv down beat; sv status beat",
    "sv once beat; sv restart beat",
    "sv status other; echo $?",
  ];

  const { output } = await ssh(driver, spec, [...service, ...scenario].join("\n"));
  await driver.stop(spec, "soft", {});
  await driver.start(spec, "disk", {});
  await driver.waitReady(spec, {});
  const again = await ssh(driver, spec, "sv up beat");

  const told = output
    .trim()
    .split("\n")
    .map((it) => it.replace(/\d+/g, "N"));
  expect(told).toEqual([
    "run: beat: (pid N) Ns",
    "down: beat: Ns, normally up",
    "down: beat: Ns, normally up",
    "run: beat: (pid N) Ns",
    "fail: other: unable to change to service directory: file does not exist",
    "N",
  ]);
  expect(again.output).toMatch(/^run: beat/);
});

test("another driver over the same folder finds the machines, as after a restart of the lab", async () => {
  const spec = machineSpec("found", "78.0.8");
  await boot(driver, spec);

  const other = newDriver(folder);

  expect(await other.isRunning(spec)).toBe(true);
  expect(await other.list()).toContain("found");
  await other.stop(spec, "hard", {});
  expect(await driver.isRunning(spec)).toBe(false);
});

test("a number that another process has by now is neither running nor killed", async () => {
  const spec = machineSpec("reused", "78.0.9");
  const at = path.join(folder, "reused");
  mkdirSync(at, { recursive: true });
  writeFileSync(path.join(at, "process.json"), `{"pid":${process.pid},"startTime":"1"}`);

  expect(await driver.isRunning(spec)).toBe(false);
  await driver.remove("reused", {});

  expect(existsSync(at)).toBe(false);
});

test("every call may be repeated", async () => {
  const spec = machineSpec("twice", "78.0.10");
  await boot(driver, spec);

  await driver.start(spec, "disk", {});
  await driver.stop(spec, "hard", {});
  await driver.stop(spec, "soft", {});
  await driver.remove("twice", {});
  await driver.remove("twice", {});

  expect(await driver.list()).not.toContain("twice");
});

test("waitReady() ends with its caller's signal", async () => {
  const spec = machineSpec("mute", "78.0.11");
  // Another has the address already, and says nothing.
  const mute = createServer().listen(spec.sshPort, spec.address);
  await once(mute, "listening");
  await driver.install(spec, {});
  await driver.start(spec, "disk", {});

  const waiting = driver.waitReady(spec, { signal: AbortSignal.timeout(100) });

  await expect(waiting).rejects.toThrow(/timeout/);
  await driver.remove("mute", {});
  mute.close();
});

/** A reboot is over when the machine said its second boot. */
async function rebooted(id: string): Promise<void> {
  const boots = (): number =>
    readFileSync(driver.consoleFile(id), "utf8").split("machine: boot").length - 1;
  while (boots() < 3) await turn();
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}
