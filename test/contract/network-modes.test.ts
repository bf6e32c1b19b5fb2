/** Section 6.3: bonds, layers, and the ways between them. */
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { MODES, REQUEST_IPS, readPort, setMode } from "../support/contract-ports";
import { makeActiveDevice, makeProject, portOf, readDevice } from "../support/contract-steps";

const lab = useLab({ timeScale: 0 });

const addressList = z.looseObject({ ip_addresses: z.array(wire.assignment) });

let project: wire.Project;
let device: wire.Device;
beforeAll(async () => {
  project = await makeProject(lab.api, "modes");
  device = await makeActiveDevice(lab.api, project.id);
});
// Items share one machine; each begins with it bonded and in layer 3.
beforeEach(() => setMode(lab.api, device, "layer3"));

/** A call on a port by its name, such as `bond0/convert/layer-2`. */
async function call(what: string, body: object = {}) {
  const [name = "", ...rest] = what.split("/");
  return lab.api.post(`/ports/${portOf(device, name).id}/${rest.join("/")}`, body);
}

async function bondType() {
  return (await readPort(lab.api, portOf(device, "bond0").id)).network_type;
}

/** Management addresses by both ways of reading them. */
async function managementAddresses(): Promise<string[][]> {
  const { ip_addresses: shown } = await readDevice(lab.api, device.id);
  const answer = await lab.api.get(`${device.href}/ips`);
  const { ip_addresses: listed } = answer.is(200).as(addressList);
  return [shown, listed].map((all) => all.filter((it) => it.management).map((it) => it.address));
}

test("C-099 S one member out of the bond makes it hybrid, and back in layer 3 again", async () => {
  const out = (await call("eth1/disbond")).is(200).as(wire.port);
  const hybrid = await bondType();
  const [shown] = await managementAddresses();
  const back = (await call("eth1/bond")).is(200).as(wire.port);

  expect([out.data.bonded, hybrid, shown?.length]).toEqual([false, "hybrid", 3]);
  expect([back.data.bonded, await bondType()]).toEqual([true, "layer3"]);
  (await call("eth1/bond")).is(200);
});

test("C-100 S layer 2 on the bond takes the management addresses away; twice is refused", async () => {
  const converted = (await call("bond0/convert/layer-2")).is(200).as(wire.port);
  const again = (await call("bond0/convert/layer-2")).is(422);

  expect(converted.network_type).toBe("layer2-bonded");
  expect(await bondType()).toBe("layer2-bonded");
  expect(await managementAddresses()).toEqual([[], []]);
  expect(again.errors).toEqual(["bond0 is already configured for Layer 2"]);
});

test("C-101 S a broken bond is layer2-individual, whichever came first, breaking or converting", async () => {
  (await call("bond0/convert/layer-2")).is(200);
  (await call("bond0/disbond?bulk_disable=true")).is(200);
  const convertedFirst = await bondType();
  await setMode(lab.api, device, "layer3");
  (await call("bond0/disbond", { bulk_disable: true })).is(200);
  (await call("bond0/convert/layer-2")).is(200);

  expect([convertedFirst, await bondType()]).toEqual(["layer2-individual", "layer2-individual"]);
});

test("C-102 S bonding an individual device answers layer2-bonded, in the answer itself", async () => {
  await setMode(lab.api, device, "layer2-individual");

  const bonded = (await call("bond0/bond?bulk_enable=true")).is(200).as(wire.port);

  expect(bonded.network_type).toBe("layer2-bonded");
  expect(await bondType()).toBe("layer2-bonded");
});

test("C-103 S layer 3 needs a bond without VLANs, brings new addresses, and is not asked for twice", async () => {
  const body = { request_ips: REQUEST_IPS };
  await setMode(lab.api, device, "layer2-bonded");
  const answer = await lab.api.post(`${project.href}/virtual-networks`, { metro: "da" });
  const vnid = answer.is(201).as(wire.vlan).id;

  (await call("bond0/assign", { vnid })).is(200);
  (await call("bond0/convert/layer-3", body)).is(422);
  (await call("bond0/unassign", { vnid })).is(200);
  const converted = (await call("bond0/convert/layer-3", body)).is(200).as(wire.port);
  const [shown, listed] = await managementAddresses();
  const again = (await call("bond0/convert/layer-3", body)).is(422);

  expect(converted.network_type).toBe("layer3");
  expect(shown).toHaveLength(3);
  expect(listed).toEqual(shown);
  for (const version of ["IPv4", "IPv6"])
    expect(again.errors).toContain(`The port already has a public ${version} assignment`);
  expect(new Set(again.errors).size).toBe(again.errors.length);
});

test("C-104 S a member is not converted, nor anything on a frozen network", async () => {
  for (const layer of ["layer-2", "layer-3"]) (await call(`eth0/convert/${layer}`)).is(422);
  (await lab.api.put(device.href, { network_frozen: true })).is(200);
  (await call("bond0/convert/layer-2")).is(422);
  (await lab.api.put(device.href, { network_frozen: false })).is(200);

  expect(await bondType()).toBe("layer3");
  (await call("bond0/convert/layer-2")).is(200);
});

test("C-107 S every mode is reached from every other", async () => {
  // A walk that takes each of the twelve ordered pairs once.
  const [a, b, c, d] = MODES;
  const walk = [a, b, a, c, a, d, b, c, b, d, c, d, a] as const;
  await setMode(lab.api, device, walk[0]);

  const reached = [];
  for (const mode of walk.slice(1))
    reached.push((await setMode(lab.api, device, mode)).network_type);

  expect(reached).toEqual(walk.slice(1));
  expect((await readDevice(lab.api, device.id)).ip_addresses).toHaveLength(3);
});
