/** Network types of a device's ports (contract 6.3). Pure: ports in, words and changed ports out. */
import { Bug } from "../../core/faults";
import type { PortRecord } from "../store/records";

/** The five types that a bond reports. */
export type NetworkType =
  "layer3" | "hybrid-bonded" | "hybrid" | "layer2-bonded" | "layer2-individual";

/** The bond among a device's ports. */
export function bondOf(ports: readonly PortRecord[]): PortRecord {
  const bond = ports.find((it) => it.kind === "bond");
  if (bond === undefined) throw new Bug("a device without a bond");
  return bond;
}

/** Type that the bond reports. */
export function networkType(ports: readonly PortRecord[]): NetworkType {
  const bond = bondOf(ports);
  const members = ports.filter((it) => it.kind === "nic");
  const inBond = members.filter((it) => it.bonded).length;
  if (inBond === 0) return "layer2-individual";
  if (bond.layer === 2) return "layer2-bonded";
  if (inBond < members.length) return "hybrid";
  return bond.vlans.length > 0 ? "hybrid-bonded" : "layer3";
}

/**
 * Takes NICs into their bond or out of it. A bond that loses its last member is broken: it is left
 * at layer 2, and one conversion to layer 2 is still accepted, since clients use both orders.
 * @param ids - the NICs to change
 * @returns all ports, changed
 */
export function withBonding(
  ports: readonly PortRecord[],
  ids: ReadonlySet<string>,
  bonded: boolean,
): PortRecord[] {
  const changed = ports.map((it) => (ids.has(it.id) ? { ...it, bonded } : it));
  const any = changed.some((it) => it.kind === "nic" && it.bonded);
  const was = bondOf(ports);
  const breaks = was.bonded && !any;
  const heals = !was.bonded && any;
  return changed.map((it) => ({
    ...it,
    ...(it.kind === "bond" ? { bonded: any } : {}),
    ...(breaks && was.layer === 3 ? { layer: 2, broken: true } : {}),
    ...(heals ? { broken: false } : {}),
  }));
}

/** Puts all ports of a device on a layer. */
export function withLayer(ports: readonly PortRecord[], layer: 2 | 3): PortRecord[] {
  return ports.map((it) => ({ ...it, layer, broken: false }));
}
