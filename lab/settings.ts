/** What a lab decides once, at its first start: who its user is, and which addresses are its own. */
import { randomUUID } from "node:crypto";
import type { Clock } from "../core/clock";
import { timestamp } from "./context";
import type { MachineDriver } from "./machine-driver";
import { choosePools, listeningAddresses } from "./network/choose-pools";
import type { Store } from "./store/store";

/** Id of the only row. */
export const SETTINGS_ID = "lab";

/** Makes the settings unless they are there. */
export function ensureSettings(
  store: Store,
  parts: { readonly folder: string; readonly driver: MachineDriver; readonly clock: Clock },
): void {
  if (store.settings.tryGet(SETTINGS_ID)) return;
  const { privateNetwork } = parts.driver;
  store.settings.put({
    ...choosePools(parts.folder, privateNetwork, listeningAddresses()),
    id: SETTINGS_ID,
    userId: randomUUID(),
    organizationId: randomUUID(),
    createdAt: timestamp(parts.clock),
    apiPort: 0,
    nodePort: 0,
    switchPort: 0,
  });
}
