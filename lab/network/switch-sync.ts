/** Keeps the switch as the store says: after every change of devices, ports or virtual networks. */
import { isDeepStrictEqual } from "node:util";
import type { LabContext } from "../context";
import { SETTINGS_ID } from "../settings";
import { type LabSwitch, startLabSwitch, type SwitchPort } from "../switch/lab-switch";
import { switchPortOf } from "./switch-ports";

/** Starts the switch for a lab's machines, on the port that they know. @returns ends it */
export async function startSwitch(context: LabContext): Promise<() => Promise<void>> {
  const { store, clock, settings } = context;
  const last = settings().switchPort;
  const lanSwitch = await startLabSwitch({ port: last, clock }).catch((error: unknown) => {
    if (last === 0) throw error;
    context.log("switch.moved", { from: last });
    return startLabSwitch({ port: 0, clock });
  });
  store.settings.update(SETTINGS_ID, { switchPort: lanSwitch.port });
  const known = new Map<number, SwitchPort>();
  sync(context, lanSwitch, known);
  const unsubscribe = store.onChange(() => {
    sync(context, lanSwitch, known);
  });
  return async () => {
    unsubscribe();
    await lanSwitch.stop();
  };
}

function sync({ store }: LabContext, lanSwitch: LabSwitch, known: Map<number, SwitchPort>): void {
  const devices = store.devices.all();
  const wanted = devices.map((device) =>
    switchPortOf(device, store.ports.of(device.id), store.vlans.of(device.projectId)),
  );
  for (const config of wanted) {
    // Setting a port makes the switch forget what it learned there: only when it differs.
    if (isDeepStrictEqual(known.get(config.port), config)) continue;
    lanSwitch.setPort(config);
    known.set(config.port, config);
  }
  const live = new Set(wanted.map((it) => it.port));
  for (const port of [...known.keys()].filter((it) => !live.has(it))) {
    lanSwitch.removePort(port);
    known.delete(port);
  }
}
