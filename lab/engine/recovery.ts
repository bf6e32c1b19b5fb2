/**
 * After a start of the server, in order or after a kill -9: machines that still run are taken over,
 * unfinished work is begun again or finished, and folders that belong to no device are removed.
 */
import type { LabContext } from "../context";
import type { DeviceRecord } from "../store/records";
import type { Engine } from "./engine";
import { releaseDevice } from "./release";

/** Brings devices and machines together again. @returns ids of leftover folders that were removed */
export async function recover(context: LabContext, engine: Engine): Promise<string[]> {
  const { store, driver, log } = context;
  const devices = store.devices.all();
  for (const device of devices) takeOver(context, engine, device);
  await Promise.all(devices.map((it) => engine.refresh(it.id)));
  const leftovers = (await driver.list()).filter((id) => store.devices.tryGet(id) === undefined);
  for (const id of leftovers) {
    await driver.remove(id, {});
    log("machine.leftover", { machine: id });
  }
  return leftovers;
}

function takeOver(
  context: LabContext,
  engine: Engine,
  { id, state, hidden, resume }: DeviceRecord,
): void {
  switch (state) {
    case "queued":
    case "provisioning":
      engine.provision(id);
      break;
    case "reinstalling":
      engine.resume(id, "reinstall");
      break;
    case "powering_on":
      engine.resume(id, "power_on");
      break;
    case "powering_off":
      engine.resume(id, "power_off");
      break;
    case "deprovisioning":
      engine.remove(id);
      break;
    case "deleted":
      releaseDevice(context.store, id);
      break;
    case "failed":
      if (hidden !== undefined) engine.discard(id);
      break;
    case "active":
      if (resume === true) engine.powerUp(id);
      break;
    case "inactive":
      break;
  }
}
