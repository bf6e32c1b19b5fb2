/** Drivers by their name. */
import path from "node:path";
import { MACHINES_FOLDER } from "./lab-files";
import type { DriverKind, MachineDriver } from "./machine-driver";
import { createProcessDriver } from "./process/process-driver";
import { createQemuDriver } from "./qemu/qemu-driver";

/** Where a lab keeps things. */
export interface LabHome {
  /** State, machines and log, see core/folders.ts. */
  readonly folder: string;
  /** What was built and downloaded, see core/folders.ts. */
  readonly cacheFolder: string;
}

/** Makes the driver of a lab; nothing is touched before its first call. */
export function createDriver(kind: DriverKind, home: LabHome): MachineDriver {
  const folder = path.join(home.folder, MACHINES_FOLDER);
  const { cacheFolder } = home;
  if (kind === "qemu") return createQemuDriver({ folder, cacheFolder });
  return createProcessDriver({
    folder,
    cacheFolder,
    // Windows has no such ids, and the driver none of its machines.
    caller: { user: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0 },
    architecture: process.arch === "arm64" ? "arm64" : "amd64",
  });
}
