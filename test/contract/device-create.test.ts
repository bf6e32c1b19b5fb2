/** Section 5.1: devices that are accepted. */
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import {
  PLACEMENT,
  makeActiveDevice,
  makeDevice,
  makeProject,
  newPublicKey,
  readDevice,
  until,
} from "../support/contract-steps";

// Devices named held-… stay in provisioning: what they are made for shows before they boot.
const lab = useLab({
  timeScale: 0.1,
  faults: [
    { kind: "provision-slow", seconds: 3600, hostname: "held-*", times: "always" },
    { kind: "provision-slow", seconds: 0.3, hostname: "seen-*", times: "always" },
  ],
});

let project: wire.Project;
beforeAll(async () => {
  project = await makeProject(lab.api, "create");
});

async function addKey(path: string) {
  const body = { label: "exam", key: newPublicKey().line };
  return (await lab.api.post(`${path}/ssh-keys`, body)).is(201).as(wire.sshKey);
}

test("C-040 S plan, system and metro are enough: 201, queued, with its id and three ports", async () => {
  await addKey(project.href);
  const body = { ...PLACEMENT, hostname: undefined };

  const made = (await lab.api.post(`${project.href}/devices`, body)).is(201).as(wire.device);

  expect(made.state).toBe("queued");
  expect(made.short_id).toBe(made.id.slice(0, 8));
  expect(made.network_ports.map(({ name, type }) => [name, type])).toEqual([
    ["bond0", "NetworkBondPort"],
    ["eth0", "NetworkPort"],
    ["eth1", "NetworkPort"],
  ]);
  const [bond, ...members] = made.network_ports;
  for (const it of members) {
    expect(it.bond).toMatchObject({ id: bond?.id, name: "bond0" });
    expect(it.data.mac).toMatch(/^([\da-f]{2}:){5}[\da-f]{2}$/);
  }
});

test("C-041 S a device is queued, then provisioning, then active", async () => {
  const seen: string[] = [];

  const { id, state } = await makeDevice(lab.api, project.id, { hostname: "seen-states" });
  seen.push(state);
  await until(
    async () => {
      const now = await readDevice(lab.api, id);
      if (seen.at(-1) !== now.state) seen.push(now.state);
      return now.state;
    },
    (it) => it === "active" || it === "failed",
    "an end of provisioning",
  );

  expect(seen).toEqual(["queued", "provisioning", "active"]);
});

test("C-042 S an active device has three management addresses, each the second of its pair", async () => {
  const { ip_addresses: addresses } = await makeActiveDevice(lab.api, project.id);

  const kinds = addresses.map((it) => [it.address_family, it.public, it.management, it.cidr]);
  expect(kinds).toEqual(
    expect.arrayContaining([
      [4, true, true, 31],
      [4, false, true, 31],
      [6, true, true, 127],
    ]),
  );
  expect(addresses).toHaveLength(3);
  for (const it of addresses) {
    expect(it.gateway).toBe(it.network);
    expect(lastNumber(it.address)).toBe(lastNumber(it.network) + 1);
    expect(lastNumber(it.network) % 2).toBe(0);
  }
});

/** The last group of an address: decimal after a dot, hexadecimal after a colon. */
function lastNumber(address: string): number {
  const [group = "", base = 10] = address.includes(":")
    ? [address.split(":").at(-1), 16]
    : [address.split(".").at(-1), 10];
  return Number.parseInt(group || "0", base);
}

test("C-044 S a private-only device has no public address, and its SOS host all the same", async () => {
  const { ip_addresses: addresses, sos } = await makeActiveDevice(lab.api, project.id, {
    ip_addresses: [{ address_family: 4, public: false }],
  });

  expect(addresses.map((it) => [it.address_family, it.public])).toEqual([[4, false]]);
  expect(sos).toMatch(/^[\w.-]+$/);
});

test("C-047 S any metro will do, and the answer says which it was", async () => {
  const made = await makeDevice(lab.api, project.id, { metro: "any", hostname: "held-any" });

  expect(made.metro?.code).toMatch(/^[a-z]{2}$/);
  expect((await readDevice(lab.api, made.id)).metro).toEqual(made.metro);
});

test("C-048 S a list of keys excludes all others, empty lists include all, a flag none", async () => {
  const { api } = lab;
  const own = await makeProject(api, "keys");
  const { id: userId } = (await api.get("/user")).as(wire.user);
  const first = await addKey(own.href);
  const second = await addKey(own.href);
  const personal = await addKey("");
  const keysWith = async (body: object) => {
    const full = { ...PLACEMENT, hostname: "held-keys", ...body };
    const { id } = (await api.post(`${own.href}/devices`, full)).is(201).as(wire.device);
    const { ssh_keys: keys } = (await api.get(`/devices/${id}/ssh-keys`)).is(200).as(wire.sshKeys);
    const { ssh_keys: hrefs } = await readDevice(api, id);
    expect(hrefs.map((it) => it.href).toSorted()).toEqual(keys.map((it) => it.href).toSorted());
    return keys.map((it) => it.id).toSorted();
  };
  const sorted = (...keys: { readonly id: string }[]) => keys.map((it) => it.id).toSorted();

  expect(await keysWith({ project_ssh_keys: [first.id] })).toEqual([first.id]);
  expect(await keysWith({ user_ssh_keys: [userId] })).toEqual([personal.id]);
  expect(await keysWith({ project_ssh_keys: [second.id], user_ssh_keys: [userId] })).toEqual(
    sorted(second, personal),
  );
  expect(await keysWith({})).toEqual(sorted(first, second, personal));
  expect(await keysWith({ project_ssh_keys: [], user_ssh_keys: [] })).toEqual(
    sorted(first, second, personal),
  );
  expect(await keysWith({ no_ssh_keys: true })).toEqual([]);
  (await api.delete(personal.href)).is(204);
});

test("C-055 S userdata, customdata, tags and description come back byte for byte", async () => {
  const { api } = lab;
  const body = {
    hostname: "held-data",
    userdata: `#!/bin/sh\r\n# \u00e4\u20ac\u{1f427}\0\t"\\\n${"\u00e9x".repeat(21_800)}`,
    customdata: { "\u20ac": ["\u{1f427}", null, 1.5, { "": "" }], text: "line\nline" },
    tags: ["\u{1f427}", "a b", "k:v=w", "\u00e4", "<&>"],
    description: "\u00bfqu\u00e9?\n\ttab\u{1f427}",
  };
  expect(Buffer.byteLength(body.userdata)).toBeGreaterThan(65_400);

  const made = await makeDevice(api, project.id, body);
  const read = await readDevice(api, made.id);

  for (const it of [made, read]) expect(it).toMatchObject(body);
  expect((await api.get(`${made.href}/userdata`)).json).toEqual({ userdata: body.userdata });
  expect((await api.get(`${made.href}/customdata`)).json).toEqual(body.customdata);
  const changed = {
    ...body,
    description: "\u4e16\u754c",
    userdata: "#cloud-config\n{}",
    tags: ["\u4e16"],
  };
  (await api.put(made.href, changed)).is(200);
  expect(await readDevice(api, made.id)).toMatchObject(changed);
});

test("C-056 S no capacity is said in the service's words, and leaves no device behind", async () => {
  const { api } = lab;
  const empty = await makeProject(api, "full");
  const body = { ...PLACEMENT, no_ssh_keys: true };
  lab.addFault({ kind: "capacity-gone", plan: body.plan, metro: body.metro, times: 1 });
  const servers = [{ plan: body.plan, metro: body.metro, quantity: 1 }];

  const check = (await api.post("/capacity/metros", { servers })).is(200);
  const refused = (await api.post(`${empty.href}/devices`, body)).is(422, 503);

  expect(check.json).toMatchObject({ servers: [{ available: false }] });
  expect(refused.errors).toEqual(["There aren't available servers in that metro"]);
  expect((await api.get(`${empty.href}/devices`)).as(wire.devices).devices).toEqual([]);
});
