/** Section 7: what a machine learns about itself, and what it may say. */
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import { askFromNode } from "../support/contract-node";
import * as wire from "../support/contract-objects";
import {
  makeActiveDevice,
  makeDevice,
  makeProject,
  newPublicKey,
  publicAddress,
  readDevice,
  until,
  untilState,
} from "../support/contract-steps";

const lab = useLab({
  timeScale: 0,
  faults: [{ kind: "provision-slow", seconds: 3600, hostname: "held-*", times: "always" }],
});

const texts = z.array(z.string());
const nodeAddress = z.looseObject({
  id: z.string(),
  address: z.string(),
  address_family: z.number(),
  netmask: z.string(),
  created_at: z.string(),
  public: z.boolean(),
  cidr: z.number(),
  management: z.boolean(),
  enabled: z.boolean(),
  network: z.string(),
  gateway: z.string(),
  parent_block: z.looseObject({
    network: z.string(),
    netmask: z.string(),
    cidr: z.number(),
    href: z.string(),
  }),
});
/** Every key of section 7.1; `spot` has no place on a machine that was not rented so. */
const metadata = z.looseObject({
  id: z.string(),
  hostname: z.string(),
  iqn: z.string(),
  operating_system: z.looseObject({
    slug: z.string(),
    distro: z.string(),
    version: z.string(),
    license_activation: z.looseObject({ state: z.string() }),
    image_tag: z.string().nullable(),
  }),
  plan: z.string(),
  class: z.string(),
  reserved: z.boolean(),
  facility: z.string(),
  metro: z.string(),
  private_subnets: texts,
  tags: texts,
  ssh_keys: texts,
  customdata: z.record(z.string(), z.unknown()),
  specs: z.looseObject({}),
  switch_short_id: z.string(),
  storage: z.looseObject({}).nullable(),
  volumes: z.array(z.unknown()),
  state: z.string(),
  network: z.looseObject({
    bonding: z.looseObject({
      mode: z.number(),
      link_aggregation: z.string(),
      mac: z.string(),
    }),
    interfaces: z.array(z.looseObject({ name: z.string(), mac: z.string(), bond: z.string() })),
    addresses: z.array(nodeAddress),
    metal_gateways: z.array(z.unknown()),
  }),
  api_url: z.string(),
  phone_home_url: z.url(),
  user_state_url: z.url(),
});

async function ask(from: string, path: string) {
  return askFromNode({ from, url: lab.nodeServices + path });
}

async function metadataOf(device: wire.Device) {
  const { status, text } = await ask(publicAddress(device), "/metadata");
  expect(status).toBe(200);
  return metadata.parse(JSON.parse(text));
}

const key = newPublicKey("metadata@exam");
const body = {
  hostname: "meta-one",
  no_ssh_keys: false,
  tags: ["first", "second"],
  userdata: "#!/bin/sh\necho \u00fc\n",
  customdata: { rack: { unit: 7 } },
};

let project: wire.Project;
let one: wire.Device;
let two: wire.Device;
beforeAll(async () => {
  project = await makeProject(lab.api, "metadata");
  (await lab.api.post(`${project.href}/ssh-keys`, { label: "m", key: key.line })).is(201);
  one = await makeActiveDevice(lab.api, project.id, body);
  two = await makeActiveDevice(lab.api, project.id, { hostname: "meta-two" });
});

test("C-080 S a machine is known by its address and sees itself; a stranger sees nothing", async () => {
  const userdata = await ask(publicAddress(one), "/userdata");

  expect((await metadataOf(one)).id).toBe(one.id);
  expect((await metadataOf(two)).id).toBe(two.id);
  expect(userdata).toEqual({ status: 200, text: body.userdata });
  for (const path of ["/metadata", "/userdata", "/2009-04-04/meta-data", "/2009-04-04/user-data"]) {
    const { status, text } = await ask("127.0.0.1", path);
    expect(status).toBe(404);
    expect(JSON.parse(text)).toEqual({ message: "resource not found" });
  }
});

test("C-081 S the metadata have every key, and the addresses of the API", async () => {
  const seen = await metadataOf(one);

  expect(seen).toMatchObject({
    hostname: body.hostname,
    tags: body.tags,
    customdata: body.customdata,
    ssh_keys: [key.line],
    plan: one.plan.slug,
    metro: one.metro?.code,
    operating_system: { slug: one.operating_system.slug },
    state: "active",
    reserved: false,
  });
  const essence = ({ id, address, network, gateway, cidr, netmask }: wire.Assignment) => ({
    id,
    address,
    network,
    gateway,
    cidr,
    netmask,
  });
  const addresses = seen.network.addresses.map((it) => ({ ...it, href: "" }));
  expect(addresses.map(essence)).toEqual(one.ip_addresses.map(essence));
  const macs = one.network_ports.filter((it) => it.type === "NetworkPort").map((it) => it.data.mac);
  expect(seen.network.interfaces.map((it) => it.mac)).toEqual(macs);
  expect(seen).not.toHaveProperty("spot.termination_time");
});

test("C-082 S the EC2 items equal the JSON values, lists are joined by newlines", async () => {
  const from = publicAddress(one);
  const seen = await metadataOf(one);
  const addresses = (family: number, isPublic: boolean) =>
    seen.network.addresses
      .filter((it) => it.address_family === family && it.public === isPublic)
      .map((it) => it.address)
      .join("\n");
  const items: Readonly<Record<string, string>> = {
    "instance-id": seen.id,
    hostname: seen.hostname,
    iqn: seen.iqn,
    plan: seen.plan,
    facility: seen.facility,
    tags: seen.tags.join("\n"),
    "public-keys": seen.ssh_keys.join("\n"),
    "public-ipv4": addresses(4, true),
    "public-ipv6": addresses(6, true),
    "local-ipv4": addresses(4, false),
  };

  const { text: list } = await ask(from, "/2009-04-04/meta-data");

  expect(
    list
      .split("\n")
      .map((it) => it.replace(/\/$/, ""))
      .toSorted(),
  ).toEqual([...Object.keys(items), "operating-system"].toSorted());
  for (const [item, value] of Object.entries(items))
    expect(await ask(from, `/2009-04-04/meta-data/${item}`)).toEqual({ status: 200, text: value });
  const system = await ask(from, "/2009-04-04/meta-data/operating-system/slug");
  expect(system).toEqual({ status: 200, text: seen.operating_system.slug });
  expect((await ask(from, "/2009-04-04/user-data")).text).toBe(body.userdata);
  expect((await ask(from, "/2009-04-04/meta-data/none")).status).toBe(404);
});

test("C-083 S a machine's own event shows with its code, state and text; an empty one is refused", async () => {
  const { user_state_url: url } = await metadataOf(one);
  const from = publicAddress(one);
  const say = (text: string) => askFromNode({ from, url, method: "POST", body: text });
  const event = { state: "succeeded", code: 1007, message: "ready \u00fc" };

  expect((await say(JSON.stringify(event))).status).toBeLessThan(300);

  const { events } = (await lab.api.get(`${one.href}/events`)).is(200).as(wire.events);
  expect(events[0]).toMatchObject({ type: "user.1007", state: "succeeded", body: event.message });
  expect((await say("")).status).toBe(400);
  expect((await say("{")).status).toBe(400);
  // The path that every machine shares: from 127.0.0.1 it could be anybody.
  const shared = { from: "127.0.0.1", url: `${lab.nodeServices}/events`, method: "POST" };
  expect((await askFromNode({ ...shared, body: JSON.stringify(event) })).status).toBe(200);
  const after = (await lab.api.get(`${one.href}/events`)).as(wire.events);
  expect(after.events).toEqual(events);
});

test("C-084 S a machine that reports its failure while it is made has failed", async () => {
  const { id } = await makeDevice(lab.api, project.id, { hostname: "held-sick" });
  const held = await until(
    () => readDevice(lab.api, id),
    (it) => it.ip_addresses.length > 0,
    "addresses",
  );
  const { phone_home_url: url } = await metadataOf(held);
  const failure = JSON.stringify({ type: "failure", reason: "no disk" });

  const said = await askFromNode({ from: publicAddress(held), url, method: "POST", body: failure });

  expect(said.status).toBeLessThan(300);
  await untilState(lab.api, id, "failed");
  const { events } = (await lab.api.get(`/devices/${id}/events`)).is(200).as(wire.events);
  expect(JSON.stringify(events)).toContain("no disk");
});
