/**
 * The lab in this process: API, services for nodes, engine and store over one machine driver. All of it
 * listens on loopback only. `serve.ts` runs the same in a process of its own.
 */
import type { FastifyInstance } from "fastify";
import type { LabConnection } from "../api/lab-connection";
import type { Clock } from "../core/clock";
import { connectionOf, writeConnection } from "./connection";
import type { LabContext, LabLog, LabRules } from "./context";
import { removeLockedFolder, takeLock } from "./control/lock";
import { Ending } from "./ending";
import { Engine } from "./engine/engine";
import { recover } from "./engine/recovery";
import { startWatch } from "./engine/watch";
import { FaultRules } from "./faults";
import { adminRoutes } from "./handlers/admin";
import { API_ROUTES } from "./handlers/routes";
import { createApiServer } from "./http/api-server";
import { RequestCounts } from "./http/request-counts";
import type { Desk } from "./http/route";
import { listenOn } from "./listen";
import type { MachineDriver, MachineSystem } from "./machine-driver";
import { startSwitch } from "./network/switch-sync";
import { createNodeServer } from "./nodes/node-server";
import { ensureSettings, SETTINGS_ID } from "./settings";
import { Store } from "./store/store";

/** What {@link startLab} needs. */
export interface LabOptions {
  /** State, machines, log and connection file; made when it is missing. */
  readonly folder: string;
  readonly driver: MachineDriver;
  /** Port of the API on 127.0.0.1; 0 takes the one of the last start, or any. @default 0 */
  readonly port?: number;
  /** Port of the services for nodes on 127.0.0.1, likewise. @default 0 */
  readonly nodePort?: number;
  /** @default - see {@link LabRules} */
  readonly rules?: Partial<LabRules>;
  /** @default - the real one */
  readonly clock?: Clock;
  /** @default - silent */
  readonly log?: LabLog;
}

/** A lab that runs. */
export interface RunningLab {
  readonly connection: LabConnection;
  /** Faults to inject, without the way over HTTP. */
  readonly faults: FaultRules;
  /** The API, for requests without a port (`inject`). */
  readonly api: FastifyInstance;
  /** Resolves when nothing is at work on a device. */
  settled(deviceId: string): Promise<void>;
  /** Builds what these systems need, so that the first boot does not wait for it. */
  prepare(systems: readonly MachineSystem[]): Promise<void>;
  /** Ends the server in order. Machines go on; a later start takes them over. */
  stop(): Promise<void>;
  /** Ends the server and every machine, and removes the folder. */
  destroy(): Promise<void>;
}

/** Requests that are under way when the server ends get so long. */
const CLOSE_TIMEOUT_MS = 2_000;

const DEFAULT_RULES: Omit<LabRules, "parallelBoots"> = {
  era: "metro",
  timeScale: 1,
  failedDevices: "visible",
  bootTimeoutMs: 300_000,
  watchEveryMs: 2_000,
  requestTimeoutMs: 60_000,
  rateLimit: undefined,
  addressQuota: 256,
};
/** Measured: emulated machines share two cores best four at a time; processes hardly share. */
const PARALLEL_BOOTS = { qemu: 4, process: 16 } as const;

/**
 * Starts a lab, new or again.
 * @throws OuterFault AS2402 when another server uses the folder, AS2403 when a port is taken, AS2405 and
 * AS2409 when the folder cannot be used, AS2410 and AS2411 when what is in it cannot
 */
export async function startLab(options: LabOptions): Promise<RunningLab> {
  const ending = new Ending();
  ending.add(await takeLock(options.folder));
  try {
    return await assemble(options, ending);
  } catch (error) {
    await ending.run();
    throw error;
  }
}

async function assemble(options: LabOptions, ending: Ending): Promise<RunningLab> {
  const { folder, driver } = options;
  let [discard, removed] = [false, false];
  ending.add(async () => {
    if (removed) await removeLockedFolder(folder);
  });
  const context = await openContext(options, ending);
  const { store } = context;
  ending.add(async () => {
    if (discard) await removeMachines(driver);
    removed = discard;
  });
  const engine = new Engine(context);
  ending.add(() => engine.stop());
  const servers = createServers({ ...context, engine });
  ending.add(() => servers.close());
  const { settings } = context;
  const apiPort = await listenOn(servers.api, options.port ?? 0, settings().apiPort);
  const nodePort = await listenOn(servers.nodes, options.nodePort ?? 0, settings().nodePort);
  store.settings.update(settings().id, { apiPort, nodePort });
  if (driver.kind === "qemu") ending.add(await startSwitch(context));
  await recover(context, engine);
  ending.add(startWatch(context, engine));
  const connection = connectionOf(context);
  await store.committed();
  ending.add(await writeConnection(folder, connection));
  context.log("lab.started", { pid: process.pid, apiPort, nodePort, driver: driver.kind });
  return {
    connection,
    faults: context.faults,
    api: servers.api,
    settled: (id) => engine.settled(id),
    prepare: async (systems) => {
      for (const it of systems) await engine.prepare(it);
      await servers.artifacts();
    },
    stop: () => ending.run(),
    destroy: async () => {
      discard = true;
      await ending.run();
    },
  };
}

async function openContext(options: LabOptions, ending: Ending): Promise<LabContext> {
  const { folder, driver } = options;
  const log = options.log ?? ((): void => undefined);
  const clock = options.clock ?? Date.now;
  const store = await Store.open(folder);
  ending.add(() => store.close());
  ensureSettings(store, { folder, driver, clock });
  return {
    store,
    driver,
    log,
    clock,
    faults: new FaultRules(),
    rules: { ...DEFAULT_RULES, parallelBoots: PARALLEL_BOOTS[driver.kind], ...options.rules },
    settings: () => store.settings.get(SETTINGS_ID),
  };
}

interface Servers {
  readonly api: FastifyInstance;
  readonly nodes: FastifyInstance;
  readonly artifacts: () => Promise<string>;
  close(): Promise<void>;
}

function createServers(desk: Desk): Servers {
  const counts = new RequestCounts();
  const api = createApiServer({ desk, counts, routes: [...API_ROUTES, ...adminRoutes(counts)] });
  const report = (line: string): void => {
    desk.log("driver.artifacts", { line });
  };
  const artifacts = once(() => desk.driver.prepareArtifacts(report, {}));
  const nodes = createNodeServer({ desk, artifacts });
  const close = async (): Promise<void> => {
    // What is being answered is answered still, but nobody holds the server up.
    const limit = setTimeout(() => {
      api.server.closeAllConnections();
    }, CLOSE_TIMEOUT_MS);
    await Promise.all([api.close(), nodes.close()]);
    clearTimeout(limit);
  };
  return { api, nodes, artifacts, close };
}

async function removeMachines(driver: MachineDriver): Promise<void> {
  for (const id of await driver.list()) await driver.remove(id, {});
}

/** Does the work once; a failure is forgotten, so that the next call tries again. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    if (known) return known;
    const fresh = work();
    known = fresh;
    fresh.catch(() => {
      known = undefined;
    });
    return fresh;
  };
}
