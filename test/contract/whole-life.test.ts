/** Items about the service as a whole: one life from end to end, a restart, a crowd, no time at all. */
import { z } from "zod";
import type { ContractApi } from "../support/contract-api";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { setMode } from "../support/contract-ports";
import {
  act,
  makeActiveDevice,
  makeDevice,
  makeProject,
  newPublicKey,
  portOf,
  readDevice,
  until,
  untilState,
} from "../support/contract-steps";

const lab = useLab({ timeScale: 0 });

const available = z.looseObject({ available: z.array(z.string()).min(1) });

const HELD = {
  kind: "provision-slow",
  seconds: 3600,
  hostname: "held-*",
  times: "always",
} as const;
const CROWD = 50;

/** Objects of a project that must be gone before it is. */
async function contents(api: ContractApi, { href }: wire.Project): Promise<number[]> {
  const lists = ["devices", "ssh-keys", "virtual-networks"];
  const answers = await Promise.all(lists.map((it) => api.get(`${href}/${it}`)));
  return answers.map(({ json }) => {
    const [list] = Object.values(z.record(z.string(), z.unknown()).parse(json));
    return z.array(z.unknown()).parse(list).length;
  });
}

test("C-116 B a whole life, ended in reverse, leaves nothing", async () => {
  const { api } = lab;
  const before = (await api.get("/projects")).as(wire.projects).meta.total;
  const project = await makeProject(api, "life");
  const key = (
    await api.post(`${project.href}/ssh-keys`, { label: "life", key: newPublicKey().line })
  )
    .is(201)
    .as(wire.sshKey);
  const vlan = (await api.post(`${project.href}/virtual-networks`, { metro: "da" }))
    .is(201)
    .as(wire.vlan);
  const block = (
    await api.post(`${project.href}/ips`, { type: "public_ipv4", quantity: 1, metro: "da" })
  )
    .is(201)
    .as(wire.reservation);
  const device = await makeActiveDevice(api, project.id, { no_ssh_keys: false });
  const bond = `/ports/${portOf(device, "bond0").id}`;

  for (const type of ["rescue", "reboot", "power_off", "power_on", "reinstall"]) {
    await act(api, device.id, { type });
    await untilState(api, device.id, type === "power_off" ? "inactive" : "active");
  }
  (await api.post(`${bond}/assign`, { vnid: vlan.id })).is(200);
  const [free] = (await api.get(`${block.href}/available?cidr=32`)).as(available).available;
  const address = (await api.post(`${device.href}/ips`, { address: free }))
    .is(201)
    .as(wire.assignment);
  // With a device in it a project stays.
  (await api.delete(project.href)).is(422);

  (await api.delete(address.href)).is(204);
  (await api.post(`${bond}/unassign`, { vnid: vlan.id })).is(200);
  expect((await setMode(api, device, "layer3")).network_type).toBe("layer3");
  (await api.delete(device.href)).is(204);
  await until(
    () => contents(api, project),
    ([devices]) => devices === 0,
    "the device to go",
  );
  for (const { href } of [block, vlan, key]) (await api.delete(href)).is(204);

  expect(await contents(api, project)).toEqual([0, 0, 0]);
  (await api.delete(project.href)).is(204);
  (await api.get(project.href)).is(404);
  expect((await api.get("/projects")).as(wire.projects).meta.total).toBe(before);
});

test("C-118 S a restart keeps ids, states and tokens; what was being made goes on", async () => {
  lab.addFault(HELD);
  const project = await makeProject(lab.api, "restart");
  const { token } = (await lab.api.post("/user/api-keys", { description: "kept" }))
    .is(201)
    .as(wire.apiKey);
  const paths = [project.href, "/user", "/user/api-keys"];
  const active = await makeActiveDevice(lab.api, project.id, { hostname: "kept" });
  const off = await makeActiveDevice(lab.api, project.id, { hostname: "off" });
  await act(lab.api, off.id, { type: "power_off" });
  await untilState(lab.api, off.id, "inactive");
  const held = await makeDevice(lab.api, project.id, { hostname: "held-one" });
  await untilState(lab.api, held.id, "provisioning");
  const read = async (api: ContractApi) =>
    Promise.all(
      [...paths, active.href, off.href].map(async (it) => (await api.get(it)).is(200).json),
    );
  const before = await read(lab.api);

  await lab.stop();
  await lab.start();

  expect(await read(lab.api.as(token))).toEqual(before);
  const ended = await until(
    () => readDevice(lab.api, held.id),
    (it) => it.state === "active" || it.state === "failed",
    "the unfinished device to end",
  );
  expect(ended.id).toBe(held.id);
});

test("C-119 S fifty creations at once make fifty devices with addresses of their own", async () => {
  lab.addFault(HELD);
  const project = await makeProject(lab.api, "crowd");
  const hostnames = Array.from({ length: CROWD }, (_, n) => `held-${n}`);

  const made = await Promise.all(
    hostnames.map((hostname) => makeDevice(lab.api, project.id, { hostname })),
  );
  const { devices: listed, meta } = await until(
    async () =>
      (await lab.api.get(`${project.href}/devices?per_page=1000`)).is(200).as(wire.devices),
    ({ devices }) => devices.every((it) => it.ip_addresses.length === 3),
    "all addresses",
  );

  expect(new Set(made.map((it) => it.id)).size).toBe(CROWD);
  expect(meta.total).toBe(CROWD);
  expect(listed.map((it) => it.id).toSorted()).toEqual(made.map((it) => it.id).toSorted());
  const addresses = listed.flatMap((it) => it.ip_addresses.map(({ address }) => address));
  expect(new Set(addresses).size).toBe(3 * CROWD);
  const macs = listed.flatMap((it) => it.network_ports.slice(1).map(({ data }) => data.mac));
  expect(new Set(macs).size).toBe(2 * CROWD);
});

test("C-120 S without any delay the event log still shows every state in between", async () => {
  const project = await makeProject(lab.api, "timeless");
  const { id, href, state } = await makeDevice(lab.api, project.id);
  await untilState(lab.api, id, "active");
  await act(lab.api, id, { type: "reinstall" });
  const during = await readDevice(lab.api, id);
  await untilState(lab.api, id, "active");

  const log = (await lab.api.get(`${href}/events?per_page=1000`)).is(200).as(wire.events);
  const states = log.events.map((it) => it.state ?? "").toReversed();

  expect([state, during.state]).toEqual(["queued", "reinstalling"]);
  const changes = states.filter((it, at) => it !== states[at - 1]);
  const expected = ["queued", "provisioning", "active", "reinstalling", "active"];
  expect(changes.filter((it) => expected.includes(it))).toEqual(expected);
});
