/** Installing a machine for a device, first or again, up to the moment when it is ready. */
import { sleep } from "../../core/bounded";
import { describeError } from "../../core/faults";
import type { Lanes } from "../../core/lanes";
import { IPXE_SLUG } from "../catalogue/systems";
import type { LabContext } from "../context";
import type { MachineSpec, MachineSystem } from "../machine-driver";
import { reachOne, reachSteps, switchState } from "./device-log";
import { machineSpec } from "./machine-spec";
import { networkBody } from "./provisioning-steps";
import { releaseDevice } from "./release";

/** What provisioning needs beside the context. */
export interface Workshop {
  readonly context: LabContext;
  /** Bounds the boots. */
  readonly lanes: Lanes;
  /** Builds what a system needs, once. */
  readonly prepare: (system: MachineSystem) => Promise<void>;
}

/** What a reader of a failed device gets: the device, or one of two errors. */
export type FailedOutcome = "visible" | "403" | "404";

/** Milliseconds that a device stays queued, at time scale 1. */
const QUEUE_MS = 1_000;

class InjectedFailure extends Error {
  constructor(readonly outcome: FailedOutcome) {
    super("Provisioning failed: a test asked for it");
  }
}

/** Takes a device from `queued` (or `provisioning`, after a restart) to `active` or `failed`. */
export async function provision(shop: Workshop, id: string, signal: AbortSignal): Promise<void> {
  const { context } = shop;
  if (context.store.devices.get(id).state === "queued") {
    await sleep(QUEUE_MS * context.rules.timeScale, { signal });
    const body = "Device is being provisioned";
    switchState(context, id, "provisioning", { type: "provision", body });
  }
  await installOrFail(shop, id, signal);
}

/** Installs a machine; the device is `provisioning` or `reinstalling` and ends `active` or `failed`. */
export async function installOrFail(
  shop: Workshop,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const { context } = shop;
  try {
    await install(shop, id, signal);
    finishProvisioning(context, id);
  } catch (error) {
    if (signal.aborted) throw error;
    const injected = error instanceof InjectedFailure;
    const outcome = injected ? error.outcome : context.rules.failedDevices;
    await failDevice(context, id, describeError(error), outcome);
  }
}

/** The machine is ready: event 110 and `active`. Content when it was so already. */
export function finishProvisioning(context: LabContext, id: string): void {
  const device = context.store.devices.tryGet(id);
  if (device?.state !== "provisioning" && device?.state !== "reinstalling") return;
  device.steps.reduce((it, step) => reachOne(context, it, step.type), device);
  switchState(context, id, "active", { type: "active", body: "Device is active" });
}

/** A failed device stays visible or is taken out of the account, as the service did in its eras. */
export async function failDevice(
  context: LabContext,
  id: string,
  why: string,
  outcome: FailedOutcome,
): Promise<void> {
  const note = { type: "failed", body: why };
  if (outcome === "visible") {
    switchState(context, id, "failed", note);
    return;
  }
  switchState(context, id, "failed", note, { hidden: outcome === "403" ? 403 : 404 });
  await discardHidden(context, id);
}

/** Ends the machine of a device that its user can no longer see, and forgets what can be forgotten. */
export async function discardHidden(context: LabContext, id: string): Promise<void> {
  const { store, driver } = context;
  await driver.remove(id, {});
  for (const it of store.assignments.of(id)) store.assignments.remove(it.id);
  if (store.devices.get(id).hidden === 404) releaseDevice(store, id);
}

async function install(shop: Workshop, id: string, signal: AbortSignal): Promise<void> {
  const { context, lanes } = shop;
  const { store, faults } = context;
  reachSteps(context, id, ["101"]);
  openNetwork(context, id);
  const { hostname, system } = store.devices.get(id);
  const slow = faults.takeDelay(hostname);
  if (slow) await sleep(slow.seconds * 1_000, { signal });
  reachSteps(context, id, ["103", "104"]);
  const fails = faults.takeFailure(hostname);
  if (fails) throw new InjectedFailure(fails.outcome);
  if (system === IPXE_SLUG) throw new Error("this lab does not boot iPXE scripts");
  await shop.prepare(specOf(context, id).system);
  await lanes.run(() => bootFresh(context, id, signal), { signal });
}

async function bootFresh(context: LabContext, id: string, signal: AbortSignal): Promise<void> {
  const { driver, rules } = context;
  const spec = specOf(context, id);
  if (!(await isBooting(context, id))) {
    await driver.stop(spec, "hard", { signal });
    await driver.install(spec, { signal });
    context.store.devices.update(id, { hostKey: await driver.hostKey(spec) });
    reachSteps(context, id, ["105", "106", "107"]);
    await driver.start(spec, "disk", { signal });
    reachSteps(context, id, ["108", "109"]);
  }
  const limit = AbortSignal.timeout(rules.bootTimeoutMs);
  await driver.waitReady(spec, { signal: AbortSignal.any([signal, limit]) });
}

/** Whether the machine was started before a restart of the server and still runs. */
async function isBooting(context: LabContext, id: string): Promise<boolean> {
  const { steps } = context.store.devices.get(id);
  const started = steps.some((it) => it.type === "provisioning.109" && it.id !== null);
  return started && (await context.driver.isRunning(specOf(context, id)));
}

/** From here on the addresses show. */
function openNetwork(context: LabContext, id: string): void {
  const { store } = context;
  store.devices.update(id, { networkReady: true });
  const addresses = store.assignments.of(id).map((it) => it.address);
  reachSteps(context, id, ["102"], { "102": networkBody(addresses) });
}

function specOf({ store, settings }: LabContext, id: string): MachineSpec {
  return machineSpec(store.devices.get(id), settings());
}
