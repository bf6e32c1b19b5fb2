/**
 * Which machine asks. The service told machines apart by their address, and so do we where a machine
 * has one of its own; machines behind QEMU's user network or on the host's loopback all come from
 * 127.0.0.1 and use the path `/machines/<device id>`, which only they and the API's users know.
 */
import type { LabContext } from "../context";
import type { DeviceRecord } from "../store/records";

/** The device behind an id from a path, or behind a peer's address; undefined for strangers. */
export function tryIdentify(
  { store }: LabContext,
  peer: { readonly id: string | undefined; readonly address: string },
): DeviceRecord | undefined {
  const address = peer.address.replace(/^::ffff:/, "");
  const id =
    peer.id ??
    store.assignments.all().find((it) => it.management && it.address === address)?.deviceId;
  const device = id === undefined ? undefined : store.devices.tryGet(id);
  const gone = device?.hidden !== undefined || device?.state === "deprovisioning";
  return gone ? undefined : device;
}
