/** A process machine for tests: its driver, its spec, and SSH into it. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheFolder } from "../../../core/folders";
import type { MachineDriver, MachineSpec } from "../../../lab/machine-driver";
import { createProcessDriver } from "../../../lab/process/process-driver";
import { newUserKey, runSsh, type SshAnswer } from "../driver/lab-ssh";

const USER = newUserKey();

/** A driver over a folder of its own; builds what it needs into the user's cache. */
export function newDriver(folder: string): MachineDriver {
  return createProcessDriver({
    folder,
    cacheFolder: cacheFolder(process.env),
    caller: { user: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0 },
    architecture: process.arch === "arm64" ? "arm64" : "amd64",
  });
}

/** A folder for machines. */
export function newMachinesFolder(): string {
  return path.join(mkdtempSync(path.join(tmpdir(), "pm-")), "machines");
}

/** A machine at 127.`place`. */
export function machineSpec(id: string, place: string): MachineSpec {
  return {
    id,
    hostname: `host-${id}`,
    system: { slug: "debian_13", distro: "debian", release: "13", kernel: "standard" },
    address: `127.${place}`,
    sshPort: 2222,
    privateAddress: "127.200.0.1",
    authorizedKeys: [USER.publicLine],
    cpus: 1,
    memoryMiB: 128,
    diskMiB: 1024,
    userdata: "",
    nodePort: 7118,
    switchPort: 0,
    lanPort: 0,
  };
}

/** Runs a command in the machine. */
export async function ssh(
  driver: MachineDriver,
  spec: MachineSpec,
  command: string,
): Promise<SshAnswer> {
  const hostKey = await driver.hostKey(spec);
  const { address, sshPort: port } = spec;
  return await runSsh({ address, port, hostKey, privateKey: USER.privateKey }, command);
}

/** Installs and boots. */
export async function boot(driver: MachineDriver, spec: MachineSpec): Promise<void> {
  await driver.install(spec, {});
  await driver.start(spec, "disk", {});
  await driver.waitReady(spec, {});
}
