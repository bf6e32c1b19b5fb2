/** What a lab decides once, at its first start: who its user is, and which addresses are its own. */
import { randomUUID } from "node:crypto";
import type { Clock } from "../core/clock";
import { OuterFault } from "../core/faults";
import { timestamp } from "./context";
import type { MachineDriver } from "./machine-driver";
import { choosePools, listeningAddresses } from "./network/choose-pools";
import type { Store } from "./store/store";

/** Id of the only row. */
export const SETTINGS_ID = "lab";

/**
 * Makes the settings unless they are there.
 * @throws OuterFault AS2408 when devices of another driver are there
 */
export function ensureSettings(
  store: Store,
  parts: { readonly folder: string; readonly driver: MachineDriver; readonly clock: Clock },
): void {
  const { kind, privateNetwork } = parts.driver;
  const known = store.settings.tryGet(SETTINGS_ID);
  if (known?.driver === kind) return;
  const count = store.devices.all().length;
  if (known && count > 0) {
    const problem = `the lab holds ${count} devices of the ${known.driver} driver, not of ${kind}`;
    throw new OuterFault("AS2408", { problem });
  }
  const first = {
    userId: randomUUID(),
    organizationId: randomUUID(),
    createdAt: timestamp(parts.clock),
    apiPort: 0,
    nodePort: 0,
    switchPort: 0,
  };
  store.settings.put({
    ...first,
    ...known,
    ...choosePools(parts.folder, privateNetwork, listeningAddresses()),
    id: SETTINGS_ID,
    driver: kind,
  });
}
