/** Sections 6.2 and 6.3: virtual networks, and putting them on ports. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { readPort, setMode } from "../support/contract-ports";
import { makeActiveDevice, makeProject, portOf, until } from "../support/contract-steps";

const lab = useLab({ timeScale: 0 });

const batch = z.looseObject({
  id: z.string(),
  state: z.enum(["queued", "in_progress", "completed", "failed"]),
  quantity: z.int(),
  error_messages: z.array(z.string()).nullish(),
});
const vlanAssignments = z.looseObject({
  vlan_assignments: z.array(
    z.looseObject({ vlan: z.int(), state: z.string(), native: z.boolean() }),
  ),
});

let project: wire.Project;
let device: wire.Device;
beforeAll(async () => {
  project = await makeProject(lab.api, "vlans");
  device = await makeActiveDevice(lab.api, project.id);
});

const networks = () => `${project.href}/virtual-networks`;

async function makeVlan(body: object = {}): Promise<wire.Vlan> {
  return (await lab.api.post(networks(), { metro: "da", ...body })).is(201).as(wire.vlan);
}

/** A call on a port by its name, such as `eth1/assign`. */
async function call(what: string, body?: object) {
  const [name = "", ...rest] = what.split("/");
  return lab.api.post(`/ports/${portOf(device, name).id}/${rest.join("/")}`, body);
}

/** Takes every VLAN off a port, natives first, and makes the device layer 3 again. */
async function tidy(): Promise<void> {
  for (const { id } of device.network_ports) {
    const port = await readPort(lab.api, id);
    if (port.native_virtual_network) (await lab.api.delete(`/ports/${id}/native-vlan`)).is(200);
    for (const { href } of port.virtual_networks ?? [])
      (await lab.api.post(`/ports/${id}/unassign`, { vnid: href.split("/").at(-1) })).is(200);
  }
  await setMode(lab.api, device, "layer3");
}
afterEach(tidy);

test("C-095 S a VLAN gets the lowest free number, or the one it asks for if that is free in its metro", async () => {
  const own = await makeProject(lab.api, "numbers");
  const ask = async (body: object) => lab.api.post(`${own.href}/virtual-networks`, body);
  const number = async (body: object) => (await ask(body)).is(201).as(wire.vlan).vxlan;

  expect(await number({ metro: "da" })).toBe(1000);
  expect(await number({ metro: "da" })).toBe(1001);
  expect(await number({ metro: "da", vxlan: 1003 })).toBe(1003);
  expect(await number({ metro: "da" })).toBe(1002);
  expect(await number({ metro: "da" })).toBe(1004);
  expect(await number({ metro: "sv", vxlan: 1003 })).toBe(1003);
  expect(await number({ metro: "sv" })).toBe(1000);
  for (const vxlan of [2, 3999]) expect(await number({ metro: "da", vxlan })).toBe(vxlan);
  for (const vxlan of [-1, 0, 1, 4000, 1.5]) (await ask({ metro: "da", vxlan })).is(422);
  (await ask({ metro: "da", vxlan: 1003 })).is(422);
  expect((await ask({ metro: "atlantis" })).is(422).errors).toEqual([
    "atlantis is not a valid metro",
  ]);
  const answer = await lab.api.get(`${own.href}/virtual-networks`);
  expect(answer.is(200).as(wire.vlans).virtual_networks).toHaveLength(9);
});

test("C-096 S a VLAN is assigned once and unassigned once, by number or by id", async () => {
  const { id, vxlan } = await makeVlan();

  const port = (await call("bond0/assign", { vnid: String(vxlan) })).is(200).as(wire.port);
  const twice = (await call("bond0/assign", { vnid: id })).is(422);
  const listed = (await lab.api.get(`/virtual-networks/${id}?include=instances`)).is(200);
  (await call("bond0/unassign", { vnid: id })).is(200);
  const gone = (await call("bond0/unassign", { vnid: String(vxlan) })).is(422);

  expect(port.virtual_networks).toHaveLength(1);
  expect(twice.errors).toEqual([`Virtual network ${vxlan} already assigned`]);
  expect(gone.errors).toEqual([`Virtual network ${vxlan} not assigned`]);
  expect(listed.json).toMatchObject({ instances: [{ id: device.id }] });
  (await call("bond0/assign", { vnid: randomUUID() })).is(404, 422);
});

test("C-097 S a VLAN that is on a port is not deleted", async () => {
  const { id, href } = await makeVlan({ description: "kept", tags: ["t"] });
  (await call("bond0/assign", { vnid: id })).is(200);

  const refused = (await lab.api.delete(href)).is(422);
  const updated = (await lab.api.put(href, { description: "new" })).is(200);
  (await call("bond0/unassign", { vnid: id })).is(200);
  (await lab.api.delete(href)).is(204);

  expect(refused.errors).toEqual(["Cannot delete Virtual Network when port is assigned"]);
  expect(updated.json).toMatchObject({ description: "new", tags: ["t"] });
  (await lab.api.get(href)).is(404);
});

test("C-098 S a VLAN on the bond of a layer 3 device makes it hybrid-bonded, until it is taken off", async () => {
  const { id } = await makeVlan();

  const on = (await call("bond0/assign", { vnid: id })).is(200).as(wire.port);
  const read = await readPort(lab.api, on.id);
  const off = (await call("bond0/unassign", { vnid: id })).is(200).as(wire.port);

  expect([on.network_type, read.network_type, off.network_type]).toEqual([
    "hybrid-bonded",
    "hybrid-bonded",
    "layer3",
  ]);
});

test("C-105 S a native VLAN must be one of at least two on the port, which is not hybrid-bonded", async () => {
  const [one, two, three] = [await makeVlan(), await makeVlan(), await makeVlan()];
  const eth1 = portOf(device, "eth1").id;
  const native = `/ports/${eth1}/native-vlan`;
  const set = async ({ id }: wire.Vlan) => lab.api.post(`${native}?vnid=${id}`);
  for (const vnid of [one.id, two.id]) (await call("bond0/assign", { vnid })).is(200);
  (await lab.api.post(`/ports/${portOf(device, "bond0").id}/native-vlan?vnid=${one.id}`)).is(422);
  for (const vnid of [one.id, two.id]) (await call("bond0/unassign", { vnid })).is(200);
  await setMode(lab.api, device, "layer2-individual");

  (await call("eth1/assign", { vnid: one.id })).is(200);
  (await set(one)).is(422);
  (await call("eth1/assign", { vnid: two.id })).is(200);
  (await set(three)).is(422);
  const answered = (await set(two)).is(200).as(wire.port);
  const read = await readPort(lab.api, eth1);
  (await set(two)).is(422);
  const cleared = (await lab.api.delete(native)).is(200).as(wire.port);
  (await lab.api.delete(native)).is(422);

  for (const it of [answered, read])
    expect(it.native_virtual_network).toMatchObject({ href: two.href });
  expect(cleared.native_virtual_network ?? null).toBeNull();
  expect((await readPort(lab.api, eth1)).native_virtual_network ?? null).toBeNull();
});

test("C-106 S a batch assigns and unassigns, what holds already is no fault, what is unknown is", async () => {
  const [on, off, held] = [await makeVlan(), await makeVlan(), await makeVlan()];
  for (const { id } of [off, held]) (await call("bond0/assign", { vnid: id })).is(200);
  const bond = portOf(device, "bond0").id;
  const run = async (entries: readonly object[]) => {
    const path = `/ports/${bond}/vlan-assignments/batches`;
    const made = (await lab.api.post(path, { vlan_assignments: entries })).is(201).as(batch);
    expect(made.quantity).toBe(entries.length);
    return until(
      async () => (await lab.api.get(`${path}/${made.id}`)).is(200).as(batch),
      ({ state }) => state === "completed" || state === "failed",
      "the batch to end",
    );
  };

  const good = await run([
    { vlan: String(on.vxlan), state: "assigned" },
    { vlan: off.id, state: "unassigned" },
    { vlan: String(held.vxlan), state: "assigned" },
  ]);
  const listing = (await lab.api.get(`/ports/${bond}/vlan-assignments`)).is(200);
  const bad = await run([{ vlan: "3333", state: "assigned" }]);

  expect(good).toMatchObject({ state: "completed", quantity: 3 });
  expect(good.error_messages ?? []).toEqual([]);
  const listed = listing.as(vlanAssignments).vlan_assignments;
  expect(listed.map((it) => it.vlan).toSorted()).toEqual([on.vxlan, held.vxlan].toSorted());
  for (const { state } of listed) expect(state).toBe("assigned");
  expect(bad.state).toBe("failed");
  expect(bad.error_messages?.join()).toMatch(/3333/);
  expect((await readPort(lab.api, bond)).virtual_networks).toHaveLength(2);
});
