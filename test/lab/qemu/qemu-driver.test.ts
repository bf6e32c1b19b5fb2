/** Real machines under QEMU: slow for unit tests, so two of them show everything at once. */
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheFolder } from "../../../core/folders";
import type { KernelVariantName } from "../../../core/names";
import type { MachineDriver, MachineSpec } from "../../../lab/machine-driver";
import { createQemuDriver } from "../../../lab/qemu/qemu-driver";
import { type LabSwitch, startLabSwitch } from "../../../lab/switch/lab-switch";
import { newUserKey, otherHostKey, runSsh } from "../driver/lab-ssh";

// Ten times what it takes on two free cores; a cold cache is filled first.
jest.setTimeout(600_000);

const QEMU = "/usr/bin/qemu-system-aarch64";
const suite = existsSync(QEMU) ? describe : describe.skip;
if (!existsSync(QEMU)) {
  process.stderr.write("skipped: QEMU is missing; apt-get install qemu-system-arm\n");
}

const USER = newUserKey();
const folder = path.join(mkdtempSync(path.join(tmpdir(), "qm-")), "machines");

suite("QemuDriver", () => {
  let driver: MachineDriver;
  let lan: LabSwitch;
  let standard: MachineSpec;
  let realtime: MachineSpec;

  beforeAll(async () => {
    driver = createQemuDriver({ folder, cacheFolder: cacheFolder(process.env) });
    lan = await startLabSwitch({ port: 0, clock: Date.now });
    standard = machineSpec("std", { kernel: "standard", last: 1, switchPort: lan.port });
    realtime = machineSpec("rt", { kernel: "realtime", last: 2, switchPort: lan.port });
    await driver.prepare([standard.system, realtime.system], () => undefined, {});
    for (const { lanPort } of [standard, realtime]) lan.setPort({ mode: "access", port: lanPort });
    await Promise.all([standard, realtime].map((spec) => boot(spec)));
  });

  afterAll(async () => {
    for (const id of await driver.list()) await driver.remove(id, {});
    await lan.stop();
    expect(await driver.list()).toEqual([]);
  });

  test("machines have Debian's standard and real-time kernels", async () => {
    const kernels = await Promise.all([ssh(standard, "uname -v -m"), ssh(realtime, "uname -v -m")]);

    expect(kernels[0]).toMatch(/^#1 SMP Debian .* aarch64\n$/);
    expect(kernels[1]).toMatch(/^#1 SMP PREEMPT_RT Debian .* aarch64\n$/);
  });

  test("only the host key that was told before the boot is shown", async () => {
    const { address, sshPort: port } = standard;
    const wrong = { address, port, hostKey: otherHostKey(), privateKey: USER.privateKey };

    await expect(runSsh(wrong, "true")).rejects.toThrow(/host/i);
  });

  test("machines know their names and the lab's, and reach each other over the LAN", async () => {
    const told = await ssh(standard, "hostname; cat /etc/hosts; ping -c 1 -w 10 10.96.7.2; df /");

    expect(told).toContain("host-std\n");
    expect(told).toContain("10.0.2.2 lab\n");
    expect(told).toContain("1 packets received");
    expect(told).toMatch(/\/dev\/vda/);
  });

  test("files outlive soft and hard power cycles, poweroff inside ends QEMU, rescue has its own root", async () => {
    await Promise.all([
      ssh(standard, "echo soft >/root/kept"),
      ssh(realtime, "echo hard >/root/kept; sync"),
    ]);

    await Promise.all([driver.stop(standard, "soft", {}), driver.stop(realtime, "hard", {})]);
    expect(readFileSync(driver.consoleFile("std"), "utf8")).toContain("machine: ready");
    await Promise.all([start(standard, "disk"), start(realtime, "rescue")]);
    const kept = await ssh(standard, "cat /root/kept; poweroff");
    const rescue = await ssh(realtime, "ls -A /root; mount /dev/vda /mnt; cat /mnt/root/kept");
    while (await driver.isRunning(standard)) await new Promise((done) => setTimeout(done, 50));

    expect(kept).toBe("soft\n");
    expect(rescue).toBe(".ssh\nhard\n");
    await expect(driver.waitReady(standard, {})).rejects.toMatchObject({ code: "AS2460" });
  });

  test("a port that is taken is told in QEMU's own words", async () => {
    const rival = { ...standard, id: "rival", address: realtime.address };
    await driver.install(rival, {});

    await expect(driver.start(rival, "disk", {})).rejects.toMatchObject({
      code: "AS2463",
      message: expect.stringContaining("Could not set up host forwarding rule") as string,
    });
    expect(await driver.isRunning(rival)).toBe(false);
  });

  test("another driver over the same folder finds the machines, and a kernel panic is told at once", async () => {
    const other = createQemuDriver({ folder, cacheFolder: cacheFolder(process.env) });
    expect(await other.isRunning(realtime)).toBe(true);

    await ssh(realtime, "(sleep 1; echo c >/proc/sysrq-trigger) >/dev/null 2>&1 &");
    const panicked = (): boolean =>
      readFileSync(driver.consoleFile("rt"), "utf8").includes("Kernel panic");
    while (!panicked()) await new Promise((done) => setTimeout(done, 50));

    await expect(other.waitReady(realtime, {})).rejects.toMatchObject({ code: "AS2461" });
  });

  async function boot(spec: MachineSpec): Promise<void> {
    await driver.install(spec, {});
    await start(spec, "disk");
  }

  async function start(spec: MachineSpec, mode: "disk" | "rescue"): Promise<void> {
    await driver.start(spec, mode, {});
    await driver.waitReady(spec, {});
  }

  async function ssh(spec: MachineSpec, command: string): Promise<string> {
    const hostKey = await driver.hostKey(spec);
    const { address, sshPort: port } = spec;
    const { privateKey } = USER;
    return (await runSsh({ address, port, hostKey, privateKey }, command)).output;
  }
});

function machineSpec(
  id: string,
  props: { readonly kernel: KernelVariantName; readonly last: number; readonly switchPort: number },
): MachineSpec {
  const { kernel, last, switchPort } = props;
  return {
    id,
    hostname: `host-${id}`,
    system: { slug: "debian_13", distro: "debian", release: "13", kernel },
    address: `127.79.0.${last}`,
    sshPort: 2222,
    privateAddress: `10.96.7.${last}`,
    authorizedKeys: [USER.publicLine],
    cpus: 1,
    memoryMiB: 128,
    diskMiB: 2048,
    userdata: "",
    nodePort: 7118,
    switchPort,
    lanPort: 28_790 + last,
  };
}
