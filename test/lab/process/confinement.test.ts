/**
 * The proof that a play which writes everywhere changes nothing on the machine that runs the lab,
 * and leaves nothing when its machine is removed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import type { MachineDriver } from "../../../lab/machine-driver";
import { boot, machineSpec, newDriver, newMachinesFolder, ssh } from "./process-machine";

jest.setTimeout(120_000);

/** What a reckless play does, piece by piece; each tries, none may end the script. */
const WRITES = [
  "hostname evil",
  "for it in $(find /proc/sys -type f -perm -u+w 2>/dev/null | grep -v /proc/sys/kernel/hostname); do cat $it >/tmp/was 2>/dev/null && cat /tmp/was >$it; done",
  "sysctl -w kernel.panic=7 vm.swappiness=3 net.ipv4.ip_forward=1 kernel.domainname=evil",
  "echo b >/proc/sysrq-trigger",
  "echo 1 >/sys/kernel/evil; mkdir -p /sys/fs/cgroup/evil",
  "mount -t sysfs evil /sys",
  "mount -t cgroup2 evil /sys/fs/cgroup",
  "mknod /dev/evil b 254 0 && dd if=/dev/zero of=/dev/evil count=1",
  "mount -o remount,rw /; mount -t tmpfs evil /opt; mount --bind / /srv",
  "date -s 2001-01-01; hwclock -w",
  "ip link set lo down; ip addr add 10.99.99.99/32 dev lo; ip route add 10.99.0.0/16 dev lo",
  "insmod /dev/null; modprobe dummy",
  "swapon /dev/zero; dmesg -c >/dev/null",
  "chroot /proc/1/root /bin/sh -c 'echo evil >/etc/evil'",
  "cd /proc/1/cwd/../../../../../..; echo evil >etc/evil",
  "for it in /proc/[0-9]*/root /proc/[0-9]*/cwd; do echo evil >$it/etc/evil; done",
  "nsenter -t 1 -m -u -p -- sh -c 'echo evil >/etc/evil'",
  "chmod 000 /dev/null; chown 1:1 /dev/zero; rm -f /dev/urandom",
  "for n in $(seq 300); do kill -9 $((n * 100)); done 2>/dev/null",
  "renice -n -20 1; echo -1000 >/proc/self/oom_score_adj",
  "(setsid sh -c 'trap \"\" HUP TERM; while :; do sleep 1000; done' >/dev/null 2>&1 &)",
  "(setsid sleep 1000 >/dev/null 2>&1 &)",
  "echo evil >/etc/passwd.evil; echo evil >/usr/bin/evil; echo evil >/root/evil; echo evil >/evil",
  "echo all pieces ran",
].join("\n");

let driver: MachineDriver;
let neighbour: ChildProcess;
const folder = newMachinesFolder();
const spec = machineSpec("evil", "78.1.1");

beforeAll(async () => {
  driver = newDriver(folder);
  await driver.prepare([spec.system], () => undefined, {});
  neighbour = spawn("sleep", ["1000"]);
});

afterAll(async () => {
  neighbour.kill();
  await once(neighbour, "close");
  await driver.remove("evil", {});
});

test("a play that writes everywhere changes nothing outside and leaves nothing", async () => {
  await boot(driver, spec);
  const before = hostState();

  const said = await ssh(driver, spec, WRITES);
  expect(said.output).toContain("all pieces ran");
  expect(hostState()).toEqual(before);

  // It ends its own session too; the machine's init brings sshd back.
  await ssh(driver, spec, "kill -9 -1");
  await driver.waitReady(spec, {});
  await ssh(driver, spec, "(setsid sleep 1000 >/dev/null 2>&1 &)");
  const namespace = await pidNamespace();
  expect(processesIn(namespace).length).toBeGreaterThan(2);
  await ssh(driver, spec, "rm -rf /* 2>/dev/null; rm -rf /proc/1/root/etc /proc/1/cwd");
  expect(hostState()).toEqual(before);

  await driver.remove("evil", {});
  expect(processesIn(namespace)).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
  expect(hostState()).toEqual(before);
  expect(neighbour.exitCode).toBeNull();
  expect(neighbour.signalCode).toBeNull();
});

test("a machine's shared base is not changed by its machines", async () => {
  const [one, two] = [machineSpec("one", "78.1.2"), machineSpec("two", "78.1.3")];
  await boot(driver, one);

  await ssh(driver, one, "rm -rf /usr/sbin /etc/* /lib 2>/dev/null; echo evil >/bin/busybox");
  await boot(driver, two);

  await expect(ssh(driver, two, "ls -A /etc | wc -l; which dropbear")).resolves.toMatchObject({
    output: expect.stringMatching(/^\d\d\n\/usr\/sbin\/dropbear\n$/) as string,
  });
  for (const id of ["one", "two"]) await driver.remove(id, {});
});

/** What of the host a machine could change if it could: all of it must stay. */
function hostState(): Record<string, unknown> {
  const sysctls = ["kernel/hostname", "kernel/domainname", "kernel/panic", "vm/swappiness"];
  const files = ["net/ipv4/ip_forward", "kernel/core_pattern", "kernel/modprobe", ...sysctls];
  return {
    hostname: hostname(),
    sysctls: files.map((it) => readIfThere(path.join("/proc/sys", it))),
    mounts: readFileSync("/proc/self/mountinfo", "utf8"),
    routes: readFileSync("/proc/net/route", "utf8"),
    modules: readIfThere("/proc/modules")?.replace(/ \d+ /g, " "),
    interfaces: readFileSync("/proc/net/fib_trie", "utf8").includes("10.99.99.99"),
    devices: ["null", "zero", "urandom", "full", "tty"].map((it) => ownership(`/dev/${it}`)),
    folders: ["/", "/etc", "/usr/bin", "/usr/sbin", "/root", "/opt", "/srv"].map((it) => [
      it,
      readdirIfAllowed(it),
    ]),
    year: new Date().getFullYear(),
  };
}

/** Not every kernel has modules, or each of these settings. */
function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function ownership(file: string): readonly number[] {
  const { mode, uid, gid, rdev } = lstatSync(file);
  return [mode, uid, gid, rdev];
}

function readdirIfAllowed(at: string): readonly string[] {
  try {
    return readdirSync(at).map((it) => `${it} ${modifiedOf(path.join(at, it))}`);
  } catch {
    return [];
  }
}

/** Of folders the time says only that some test or user worked there. */
function modifiedOf(file: string): number {
  const status = lstatSync(file);
  return status.isDirectory() ? 0 : status.mtimeMs;
}

async function pidNamespace(): Promise<string> {
  const { output } = await ssh(driver, spec, "readlink /proc/1/ns/pid");
  return output.trim();
}

function processesIn(namespace: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return (
        statSync(`/proc/${pid}`).isDirectory() && readlinkSync(`/proc/${pid}/ns/pid`) === namespace
      );
    } catch {
      return false;
    }
  });
}
