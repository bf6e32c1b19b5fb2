/**
 * The lab from outside, for the `armstead lab` command: start it as a process of its own, stop it, ask
 * it. Whether a server runs is known by its lock, never by a file that a killed server left behind.
 */
import path from "node:path";
import type { LabConnection } from "../api/lab-connection";
import { type CallOptions, sleep } from "../core/bounded";
import { OuterFault } from "../core/faults";
import { LAB_API_PORT, LAB_NODE_PORT } from "../core/lab-defaults";
import { tryFindSystem } from "./catalogue/systems";
import { readConnection } from "./connection";
import { answers, readStatus } from "./control/ask";
import { tryFindHolder } from "./control/lock";
import { spawnServer } from "./control/spawn-server";
import { LOG_FILE } from "./lab-files";
import { removeEverything, stopMachines } from "./control/stop-machines";
import { isAlive, signalProcess } from "./driver/process-record";
import { createDriver, type LabHome } from "./drivers";
import { isLabFolder } from "./folder-fault";
import type { LabStatus, MachineStatus } from "./lab-status";
import type { DriverKind } from "./machine-driver";
import type { ServeOptions } from "./serve-options";

/** What {@link labUp} takes. */
export interface LabUpOptions extends CallOptions {
  readonly driver: DriverKind;
  /** @default - LAB_API_PORT */
  readonly port?: number;
  /** @default - LAB_NODE_PORT */
  readonly nodePort?: number;
  /** Slugs of operating systems to build beforehand. @default - none: built at the first boot */
  readonly systems?: readonly string[];
  /** Also build what nodes download. @default false */
  readonly artifacts?: boolean;
  readonly rules?: ServeOptions["rules"];
  /** One line of progress. @default - silent */
  readonly report?: (line: string) => void;
}

/** Where a machine's sshd answers. */
export interface SshTarget {
  readonly hostname: string;
  readonly address: string;
  readonly port: number;
  readonly user: "root";
  /** OpenSSH line; null before the first installation. */
  readonly hostKey: string | null;
}

const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/**
 * Starts the lab, or finds it running. Machines that were powered off with it are powered on again.
 * @throws OuterFault AS2403 when a port is taken, AS2404 when the server does not start, AS2408 when
 * it runs, or has machines, with another driver
 */
export async function labUp(home: LabHome, options: LabUpOptions): Promise<LabConnection> {
  const { report = (): void => undefined, signal } = options;
  const running = await tryConnect(home, { signal });
  if (running && running.driver !== options.driver) {
    const problem = `the lab runs with the ${running.driver} driver, not with ${options.driver}`;
    throw new OuterFault("AS2408", { problem });
  }
  const driver = createDriver(options.driver, home);
  const systems = (options.systems ?? []).flatMap((it) => tryFindSystem(it)?.machine ?? []);
  if (systems.length > 0) await driver.prepare(systems, report, { signal });
  if (options.artifacts === true) await driver.prepareArtifacts(report, { signal });
  if (running) return running;
  const { folder, cacheFolder } = home;
  return spawnServer(
    {
      folder,
      cacheFolder,
      driver: options.driver,
      port: options.port ?? LAB_API_PORT,
      nodePort: options.nodePort ?? LAB_NODE_PORT,
      rules: options.rules ?? {},
    },
    { signal },
  );
}

/**
 * Stops the server and powers the machines off; what the lab knows stays. Content when nothing runs.
 * @returns how many machines ran
 */
export async function labDown(home: LabHome, options: CallOptions): Promise<number> {
  if (!(await isLabFolder(home.folder))) return 0;
  await stopServer(home, options);
  return stopMachines(home, options);
}

/**
 * Stops the server, removes every machine and forgets everything. Content when nothing is there.
 * @returns how many machines there were
 */
export async function labReset(home: LabHome, options: CallOptions): Promise<number> {
  if (!(await isLabFolder(home.folder))) return 0;
  await stopServer(home, options);
  return removeEverything(home, options);
}

/** @throws OuterFault AS2401 when the lab does not run */
export async function labStatus(home: LabHome, options: CallOptions): Promise<LabStatus> {
  const connection = await tryConnect(home, options);
  if (connection === undefined) throw new OuterFault("AS2401");
  return readStatus(connection, options);
}

/**
 * How a running lab is reached; undefined when none answers.
 * @throws OuterFault AS2409 when it is somebody else's, AS2412 when its connection file is damaged
 */
export async function tryConnect(
  home: LabHome,
  options: CallOptions,
): Promise<LabConnection | undefined> {
  if (!(await isLabFolder(home.folder))) return undefined;
  const holder = await tryFindHolder(home.folder);
  const connection = holder && (await readConnection(home.folder));
  const ours = connection?.pid === holder?.pid ? connection : undefined;
  return ours && (await answers(ours, options)) ? ours : undefined;
}

/**
 * A machine by host name, id, or the beginning of its id.
 * @throws OuterFault AS2401 when the lab does not run, AS2406 when there is none or more than one
 */
export async function getMachine(
  home: LabHome,
  name: string,
  options: CallOptions,
): Promise<MachineStatus> {
  const { devices } = await labStatus(home, options);
  const named = devices.filter((it) => it.hostname === name || it.id === name);
  const found = named.length > 0 ? named : devices.filter((it) => it.id.startsWith(name));
  const [machine] = found;
  if (machine !== undefined && found.length === 1 && name !== "") return machine;
  const names = devices.map((it) => it.hostname).join(", ") || "none";
  const problem = `${found.length} machines of the lab are called "${name}"; machines: ${names}`;
  throw new OuterFault("AS2406", { problem });
}

/** Where to log in on a machine. @throws as {@link getMachine} */
export async function getSshTarget(
  home: LabHome,
  name: string,
  options: CallOptions,
): Promise<SshTarget> {
  const { hostname, address, sshPort, hostKey } = await getMachine(home, name, options);
  return { hostname, address, port: sshPort, user: "root", hostKey };
}

/** File of a machine's serial console. @throws as {@link getMachine} */
export async function getConsoleFile(
  home: LabHome,
  name: string,
  options: CallOptions,
): Promise<string> {
  return (await getMachine(home, name, options)).console;
}

/** File of the server's log; it may not be there yet. */
export function logFile(home: LabHome): string {
  return path.join(home.folder, LOG_FILE);
}

/** Ends the server in order. @throws OuterFault AS2407 when it does not end */
async function stopServer(home: LabHome, { signal }: CallOptions): Promise<void> {
  const holder = await tryFindHolder(home.folder);
  if (holder === undefined) return;
  await signalProcess(holder, "SIGTERM");
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  // Until the process is gone: it gives its lock back shortly before.
  while (await isAlive(holder)) {
    if (Date.now() > deadline) {
      throw new OuterFault("AS2407", { problem: `process ${holder.pid} does not end` });
    }
    await sleep(POLL_MS, { signal });
  }
}
