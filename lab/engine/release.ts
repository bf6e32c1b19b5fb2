/** Taking a device's rows out of the store when its machine is gone. */
import type { Store } from "../store/store";

/** Removes a device with its ports, addresses and events. */
export function releaseDevice(store: Store, id: string): void {
  for (const it of store.assignments.of(id)) store.assignments.remove(it.id);
  for (const port of store.ports.of(id)) {
    for (const batch of store.vlanBatches.of(port.id)) store.vlanBatches.remove(batch.id);
    store.ports.remove(port.id);
  }
  for (const it of store.events.of(id)) store.events.remove(it.id);
  store.devices.remove(id);
}
