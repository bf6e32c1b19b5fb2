/**
 * How a device's LAN card takes part in the lab's switch. Layer 3 means the private network, untagged;
 * virtual networks are tagged with their number. Two networks of the same number in different metros
 * are one on the switch: it has no metros. Pure.
 */
import type { DeviceRecord, PortRecord, VlanRecord } from "../store/records";
import { DEFAULT_VLAN, type SwitchPort } from "../switch/lab-switch";
import { bondOf } from "./port-states";

/** @param vlans - those of the device's project */
export function switchPortOf(
  device: Pick<DeviceRecord, "lanPort">,
  ports: readonly PortRecord[],
  vlans: readonly VlanRecord[],
): SwitchPort {
  const numbers = new Map(vlans.map((it) => [it.id, it.vxlan]));
  const numberOf = (id: string): number[] => [numbers.get(id) ?? []].flat();
  const vids = ports.flatMap((port) => port.vlans.flatMap((it) => numberOf(it.vlanId)));
  const natives = ports.flatMap((it) =>
    it.nativeVlanId === null ? [] : numberOf(it.nativeVlanId),
  );
  const native = bondOf(ports).layer === 3 ? DEFAULT_VLAN : natives[0];
  const port = device.lanPort;
  return { mode: "trunk", port, vids, ...(native === undefined ? {} : { native }) };
}
