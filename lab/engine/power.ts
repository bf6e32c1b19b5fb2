/** Power of machines: on, off, reboot, rescue. A machine that does not come up leaves its device `inactive`. */
import { describeError } from "../../core/faults";
import type { BootMode, MachineSpec } from "../machine-driver";
import { addEvent, switchState } from "./device-log";
import { machineSpec } from "./machine-spec";
import type { Workshop } from "./provision";

/** Powers on and waits until the machine is ready. */
export async function powerOn(shop: Workshop, id: string, signal: AbortSignal): Promise<void> {
  await boot(shop, id, { mode: "disk", done: "power_on" }, signal);
}

/** Powers off and waits until the machine has stopped. */
export async function powerOff(shop: Workshop, id: string, signal: AbortSignal): Promise<void> {
  const { context } = shop;
  await context.driver.stop(specOf(shop, id), "soft", { signal });
  switchState(context, id, "inactive", { type: "power_off", body: "Device is powered off" });
}

/** Stops and starts: into the disk's system, or into the rescue system. */
export async function restart(
  shop: Workshop,
  id: string,
  mode: BootMode,
  signal: AbortSignal,
): Promise<void> {
  await shop.context.driver.stop(specOf(shop, id), "soft", { signal });
  await boot(shop, id, { mode, done: mode === "rescue" ? "rescue" : "reboot" }, signal);
}

async function boot(
  shop: Workshop,
  id: string,
  { mode, done }: { readonly mode: BootMode; readonly done: string },
  signal: AbortSignal,
): Promise<void> {
  const { context, lanes } = shop;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(context.rules.bootTimeoutMs)]);
  try {
    await lanes.run(
      async () => {
        await context.driver.start(specOf(shop, id), mode, { signal });
        await context.driver.waitReady(specOf(shop, id), { signal: limit });
      },
      { signal },
    );
    switchState(context, id, "active", { type: done, body: `Device is up (${done})` });
  } catch (error) {
    if (signal.aborted) throw error;
    const device = context.store.devices.get(id);
    const body = `Device did not come up: ${describeError(error)}`;
    if (device.state === "inactive") addEvent(context, device, { type: done, body });
    else switchState(context, id, "inactive", { type: done, body });
  }
}

function specOf({ context }: Workshop, id: string): MachineSpec {
  return machineSpec(context.store.devices.get(id), context.settings());
}
