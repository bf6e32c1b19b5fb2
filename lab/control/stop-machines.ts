/** Machines of a lab whose server does not run: powering them off, or removing them. */
import { type CallOptions, mapBounded } from "../../core/bounded";
import { createDriver, type LabHome } from "../drivers";
import { machineSpec } from "../engine/machine-spec";
import { DRIVER_KINDS, type MachineDriver } from "../machine-driver";
import { IPXE_SLUG } from "../catalogue/systems";
import { SETTINGS_ID } from "../settings";
import { Store } from "../store/store";
import { removeLockedFolder, takeLock } from "./lock";

/** Machines powered off at once. */
const PARALLEL_STOPS = 16;

/** Powers every machine off; the next start of the lab powers them on again. @returns how many ran */
export async function stopMachines(home: LabHome, options: CallOptions): Promise<number> {
  return withStore(home, options, async (store, driver) => {
    const settings = store.settings.get(SETTINGS_ID);
    const specs = store.devices
      .all()
      .filter((it) => it.system !== IPXE_SLUG)
      .map((it) => machineSpec(it, settings));
    const stopped = await mapBounded(specs, PARALLEL_STOPS, async (spec) => {
      if (!(await driver.isRunning(spec))) return 0;
      if (store.devices.get(spec.id).state === "active") {
        store.devices.update(spec.id, { resume: true });
      }
      await driver.stop(spec, "soft", options);
      return 1;
    });
    await store.committed();
    return stopped.reduce((sum: number, it) => sum + it, 0);
  });
}

/** Removes every machine of every driver, and all that the lab knew. @returns how many machines there were */
export async function removeEverything(home: LabHome, options: CallOptions): Promise<number> {
  const unlock = await takeLock(home.folder, options);
  try {
    let count = 0;
    for (const kind of DRIVER_KINDS) {
      const driver = createDriver(kind, home);
      const ids = await driver.list();
      await mapBounded(ids, PARALLEL_STOPS, (id) => driver.remove(id, options));
      count += ids.length;
    }
    await removeLockedFolder(home.folder);
    return count;
  } finally {
    await unlock();
  }
}

async function withStore(
  home: LabHome,
  options: CallOptions,
  work: (store: Store, driver: MachineDriver) => Promise<number>,
): Promise<number> {
  const unlock = await takeLock(home.folder, options);
  try {
    const store = await Store.open(home.folder);
    try {
      const kind = store.settings.tryGet(SETTINGS_ID)?.driver;
      return kind === undefined ? 0 : await work(store, createDriver(kind, home));
    } finally {
      await store.close();
    }
  } finally {
    await unlock();
  }
}
