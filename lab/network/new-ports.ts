/** The network ports of a new device: a bond of two NICs. Pure but for the ids. */
import { createHash, randomUUID } from "node:crypto";
import type { PortRecord } from "../store/records";

/** @param deviceId - gives the hardware addresses, so that they stay the same */
export function newPorts(deviceId: string): PortRecord[] {
  const bondId = randomUUID();
  const common: Omit<PortRecord, "id" | "name" | "kind" | "mac"> = {
    deviceId,
    bondId,
    bonded: true,
    layer: 3,
    broken: false,
    vlans: [],
    nativeVlanId: null,
  };
  return [
    { ...common, id: bondId, name: "bond0", kind: "bond", mac: macOf(deviceId, 0) },
    { ...common, id: randomUUID(), name: "eth0", kind: "nic", mac: macOf(deviceId, 0) },
    { ...common, id: randomUUID(), name: "eth1", kind: "nic", mac: macOf(deviceId, 1) },
  ];
}

/** A locally administered hardware address. */
function macOf(deviceId: string, index: number): string {
  const hash = createHash("sha256").update(`${deviceId}/${index}`).digest();
  const bytes = [0x02, ...hash.subarray(0, 5)];
  return bytes.map((it) => it.toString(16).padStart(2, "0")).join(":");
}
