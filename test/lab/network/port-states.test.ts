import fc from "fast-check";
import { newPorts } from "../../../lab/network/new-ports";
import { bondOf, networkType, withBonding, withLayer } from "../../../lab/network/port-states";
import { switchPortOf } from "../../../lab/network/switch-ports";
import type { PortRecord, VlanRecord } from "../../../lab/store/records";

const fresh = newPorts("00000000-0000-4000-8000-000000000000");
const nics = fresh.filter((it) => it.kind === "nic").map((it) => it.id);
const vlan: VlanRecord = {
  id: "v",
  projectId: "p",
  metro: "da",
  vxlan: 1234,
  description: null,
  tags: [],
  createdAt: "",
};
const withVlanOnBond = (ports: readonly PortRecord[]): PortRecord[] =>
  ports.map((it) =>
    it.kind === "bond" ? { ...it, vlans: [{ id: "a", vlanId: "v", createdAt: "" }] } : it,
  );

test("networkType() of a new device is layer3, with a VLAN hybrid-bonded", () => {
  expect(networkType(fresh)).toBe("layer3");
  expect(networkType(withVlanOnBond(fresh))).toBe("hybrid-bonded");
});

test("withBonding() takes one NIC out to hybrid and back to layer3", () => {
  const hybrid = withBonding(fresh, new Set(nics.slice(1)), false);
  const back = withBonding(hybrid, new Set(nics.slice(1)), true);

  expect(networkType(hybrid)).toBe("hybrid");
  expect(back).toEqual(fresh);
});

test("withBonding() of the last NIC breaks the bond, and a conversion is still due", () => {
  const broken = withBonding(fresh, new Set(nics), false);

  expect(networkType(broken)).toBe("layer2-individual");
  expect(bondOf(broken)).toMatchObject({ bonded: false, layer: 2, broken: true });
  expect(networkType(withBonding(broken, new Set(nics), true))).toBe("layer2-bonded");
  expect(networkType(withLayer(broken, 2))).toBe("layer2-individual");
});

test("withBonding() that changes nothing changes nothing", () => {
  expect(withBonding(fresh, new Set(nics), true)).toEqual(fresh);
});

test("networkType() is always one of the five, whatever was done before", () => {
  const step = fc.oneof(
    fc.tuple(fc.subarray(nics), fc.boolean()).map(
      ([ids, bonded]) =>
        (ports: PortRecord[]) =>
          withBonding(ports, new Set(ids), bonded),
    ),
    fc.constantFrom(2 as const, 3 as const).map(
      (layer) => (ports: PortRecord[]) =>
        // A broken bond is not converted to layer 3.
        layer === 3 && !bondOf(ports).bonded ? ports : withLayer(ports, layer),
    ),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const ports = steps.reduce((it, next) => next(it), fresh);
      const inBond = ports.filter((it) => it.kind === "nic" && it.bonded).length;

      expect(bondOf(ports).bonded).toBe(inBond > 0);
      expect(networkType(ports) === "layer2-individual").toBe(inBond === 0);
    }),
  );
});

test("switchPortOf() puts the private network on layer 3, and VLANs by their numbers", () => {
  const device = { lanPort: 20_000 };
  const layer2 = withLayer(withVlanOnBond(fresh), 2);
  const native = layer2.map((it) => (it.kind === "bond" ? { ...it, nativeVlanId: "v" } : it));

  expect(switchPortOf(device, fresh, [])).toMatchObject({ vids: [], native: 1 });
  expect(switchPortOf(device, layer2, [vlan])).toEqual({
    mode: "trunk",
    port: 20_000,
    vids: [1234],
  });
  expect(switchPortOf(device, native, [vlan])).toMatchObject({ vids: [1234], native: 1234 });
});
