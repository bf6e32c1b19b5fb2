/**
 * Drives devices through their states by means of a machine driver. State changes that a client must
 * see at once are made by the caller's call; the rest happens in jobs, one a device.
 */
import { describeError } from "../../core/faults";
import { sleep } from "../../core/bounded";
import { Lanes } from "../../core/lanes";
import type { LabContext } from "../context";
import type { MachineSystem } from "../machine-driver";
import type { DeviceRecord } from "../store/records";
import { addEvent, switchState } from "./device-log";
import { type ActionType, stateDuring } from "./device-states";
import { Jobs } from "./jobs";
import { machineSpec } from "./machine-spec";
import { powerOff, powerOn, restart } from "./power";
import {
  discardHidden,
  failDevice,
  finishProvisioning,
  installOrFail,
  provision,
  type Workshop,
} from "./provision";
import { planSteps } from "./provisioning-steps";
import { releaseDevice } from "./release";

/** See the module's header. */
export class Engine {
  readonly #context: LabContext;
  readonly #jobs: Jobs;
  readonly #shop: Workshop;
  readonly #prepared = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  /** @param context - the lab's parts */
  constructor(context: LabContext) {
    this.#context = context;
    this.#jobs = new Jobs((id, error) => {
      this.#onJobError(id, error);
    });
    this.#shop = {
      context,
      lanes: new Lanes(context.rules.parallelBoots),
      prepare: (system) => this.prepare(system),
    };
  }

  /** Starts the provisioning of a device that is `queued`, or goes on with it. */
  provision(id: string): void {
    const shop = this.#shop;
    this.#jobs.enqueue(id, (signal) => this.#withDeath(id, () => provision(shop, id, signal)));
  }

  /** Accepts an action that the state machine allows; the device's state shows it at once. */
  act(device: DeviceRecord, type: ActionType, changes: Partial<DeviceRecord> = {}): void {
    const steps = type === "reinstall" ? { steps: planSteps() } : {};
    switchState(
      this.#context,
      device.id,
      stateDuring(type, device.state),
      { type, body: `Action ${type} was accepted` },
      { ...changes, ...steps },
    );
    this.resume(device.id, type);
  }

  /** Carries out an action that was accepted. */
  resume(id: string, type: ActionType): void {
    const shop = this.#shop;
    const jobs: Readonly<Record<ActionType, (signal: AbortSignal) => Promise<void>>> = {
      power_on: (signal) => powerOn(shop, id, signal),
      power_off: (signal) => powerOff(shop, id, signal),
      reboot: (signal) => restart(shop, id, "disk", signal),
      rescue: (signal) => restart(shop, id, "rescue", signal),
      reinstall: (signal) => this.#withDeath(id, () => installOrFail(shop, id, signal)),
    };
    this.#jobs.enqueue(id, jobs[type]);
  }

  /** Ends a device: `deprovisioning` at once, gone when its machine is. */
  remove(id: string): void {
    const { state } = this.#context.store.devices.get(id);
    if (state !== "deprovisioning") {
      const body = "Device is being deprovisioned";
      switchState(this.#context, id, "deprovisioning", { type: "deprovision", body });
    }
    this.#jobs.replace(id, async (signal) => {
      await this.#context.driver.remove(id, { signal });
      releaseDevice(this.#context.store, id);
      this.#context.log("device.deleted", { device: id });
    });
  }

  /** Ends the machine of a device that was taken out of the account. */
  discard(id: string): void {
    this.#jobs.enqueue(id, () => discardHidden(this.#context, id));
  }

  /** A machine says by itself that it is ready. */
  reportReady(id: string): void {
    finishProvisioning(this.#context, id);
  }

  /** A machine says by itself that its provisioning failed. */
  reportFailure(id: string, reason: string): void {
    const { store, rules } = this.#context;
    if (store.devices.tryGet(id)?.state !== "provisioning") return;
    this.#jobs.replace(id, () => failDevice(this.#context, id, reason, rules.failedDevices));
  }

  /** Builds what a system needs, once in the server's life; a failed build is tried again. */
  prepare(system: MachineSystem): Promise<void> {
    const { driver, log } = this.#context;
    const known = this.#prepared.get(system.slug);
    if (known) return known;
    const report = (line: string): void => {
      log("driver.prepare", { line });
    };
    const fresh = driver.prepare([system], report, { signal: this.#stopping.signal });
    this.#prepared.set(system.slug, fresh);
    fresh.catch(() => this.#prepared.delete(system.slug));
    return fresh;
  }

  /** Powers a machine on again that was powered off together with the lab. */
  powerUp(id: string): void {
    const body = "The lab was stopped and powers its machines on again";
    switchState(this.#context, id, "inactive", { type: "power_off", body }, { resume: false });
    this.act(this.#context.store.devices.get(id), "power_on");
  }

  /** Looks whether an active device's machine still runs; if not, the device becomes `inactive`. */
  async refresh(id: string): Promise<void> {
    const { store, driver, settings, log } = this.#context;
    const device = store.devices.tryGet(id);
    if (device?.state !== "active" || this.#jobs.isBusy(id)) return;
    const spec = machineSpec(device, settings());
    const running = await driver.isRunning(spec).catch((error: unknown) => {
      log("machine.unknown", { device: id, error: describeError(error) });
      return true;
    });
    if (running) return;
    // Meanwhile a job may have begun, or the device may be gone.
    if (this.#jobs.isBusy(id) || store.devices.tryGet(id)?.state !== "active") return;
    const body = "The machine has stopped by itself";
    switchState(this.#context, id, "inactive", { type: "power_off", body });
  }

  /** Kills a machine's process, as an injected fault does. */
  async kill(id: string): Promise<void> {
    const { store, driver, settings } = this.#context;
    const device = store.devices.tryGet(id);
    if (device) await driver.stop(machineSpec(device, settings()), "hard", {});
  }

  /** Resolves when nothing is at work on a device. */
  settled(id: string): Promise<void> {
    return this.#jobs.settled(id);
  }

  /** Ends all work without undoing it: a later start goes on. Machines keep running. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error("the lab is stopping"));
    await this.#jobs.stop();
  }

  /** Looks for an injected death before and after work that ends in `active`. */
  async #withDeath(id: string, work: () => Promise<void>): Promise<void> {
    this.#dieAt(id, "provisioning");
    await work();
    if (this.#context.store.devices.tryGet(id)?.state === "active") this.#dieAt(id, "active");
  }

  #dieAt(id: string, state: "provisioning" | "active"): void {
    const { store, faults, log } = this.#context;
    const rule = faults.takeDeath(state, store.devices.get(id).hostname);
    if (!rule) return;
    void sleep(rule.seconds * 1_000, { signal: this.#stopping.signal })
      .then(() => this.kill(id))
      .catch((error: unknown) => {
        log("fault.death", { device: id, error: describeError(error) });
      });
  }

  /** Work that failed against all expectation: the device shows it, nothing hangs. */
  #onJobError(id: string, error: unknown): void {
    const { store, log } = this.#context;
    const why = describeError(error);
    log("job.failed", { device: id, error: why });
    const device = store.devices.tryGet(id);
    if (device === undefined) return;
    if (device.state === "powering_off") {
      switchState(this.#context, id, "active", { type: "power_off", body: why });
    } else if (device.state === "deprovisioning") {
      switchState(this.#context, id, "failed", { type: "failed", body: why });
    } else {
      addEvent(this.#context, device, { type: "error", body: why });
    }
  }
}
