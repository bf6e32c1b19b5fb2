/** Sections 5.3 and 5.4: what can be done to a device that is active. */
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import { newPrivateKey, tryRunOnMachine } from "../support/contract-ssh";
import * as wire from "../support/contract-objects";
import {
  act,
  makeActiveDevice,
  makeProject,
  publicAddress,
  readDevice,
  until,
  untilState,
} from "../support/contract-steps";

const lab = useLab({ timeScale: 0.1 });

const eventTypes = z.looseObject({ events: z.array(z.looseObject({ type: z.string() })) });
const body = {
  hostname: "life",
  no_ssh_keys: false,
  description: "to be kept",
  tags: ["a", "b"],
  userdata: "#!/bin/sh\n",
  customdata: { kept: true },
};

const key = newPrivateKey();

let project: wire.Project;
let device: wire.Device;
beforeAll(async () => {
  project = await makeProject(lab.api, "life");
  (await lab.api.post(`${project.href}/ssh-keys`, { label: "life", key: key.line })).is(201);
  device = await makeActiveDevice(lab.api, project.id, body);
});

// Items share one machine; each begins with it active and unlocked.
beforeEach(async () => {
  const { locked, state } = await readDevice(lab.api, device.id);
  if (locked) (await lab.api.put(device.href, { locked: false })).is(200);
  if (state === "inactive") await act(lab.api, device.id, { type: "power_on" });
  device = await untilState(lab.api, device.id, "active");
});

/** What an update may not touch: all but the time of the last change. */
function lasting({ updated_at: _, ...rest }: wire.Device): object {
  return rest;
}

/** Types of all events of the device, oldest first. */
async function log(): Promise<string[]> {
  const answer = await lab.api.get(`${device.href}/events?per_page=1000`);
  return answer
    .is(200)
    .as(eventTypes)
    .events.map((it) => it.type)
    .toReversed();
}

test("C-060 S an update with only tags replaces the tags and leaves everything else", async () => {
  const { api } = lab;
  const update = async (tags: string[]) =>
    (await api.put(device.href, { tags })).is(200).as(wire.device);

  const replaced = await update(["c"]);
  const cleared = await update([]);
  const restored = await update(["a", "b"]);

  expect(replaced.tags).toEqual(["c"]);
  expect(cleared.tags).toEqual([]);
  expect(lasting({ ...replaced, tags: body.tags })).toEqual(lasting(device));
  expect(lasting(restored)).toEqual(lasting(device));
  expect(lasting(await readDevice(api, device.id))).toEqual(lasting(device));
});

test("C-061 S plan, metro and project are never updated", async () => {
  const { api } = lab;
  const other = await makeProject(api, "elsewhere");

  for (const change of [
    { plan: "c2.large.arm" },
    { metro: "sv" },
    { facility: "sv15" },
    { project: other.href },
    { project_id: other.id },
    { operating_system: "debian_13_rt" },
  ])
    (await api.put(device.href, change)).is(200, 422);

  expect(lasting(await readDevice(api, device.id))).toEqual(lasting(device));
});

test("C-062 S a termination time is not updated", async () => {
  const termination_time = "2040-01-01T00:00:00Z";

  (await lab.api.put(device.href, { termination_time })).is(200, 422);

  expect((await readDevice(lab.api, device.id)).termination_time ?? null).toBeNull();
});

test("C-063 S a device powers off and on again, and says so at once", async () => {
  const { api } = lab;

  await act(api, device.id, { type: "power_off" });
  const during = await readDevice(api, device.id);
  const off = await untilState(api, device.id, "inactive");
  // Old clients send an action's options as query parameters, some with an empty body.
  (await api.send("POST", `${device.href}/actions?type=power_on`, { rawBody: "" })).is(202);
  const again = await readDevice(api, device.id);
  const on = await untilState(api, device.id, "active");

  expect(["powering_off", "inactive"]).toContain(during.state);
  expect(["powering_on", "active"]).toContain(again.state);
  expect(off.ip_addresses).toEqual(device.ip_addresses);
  expect(lasting(on)).toEqual(lasting(device));
});

test("C-064 S the first look after a reinstall was accepted reads reinstalling", async () => {
  await act(lab.api, device.id, { type: "reinstall" });
  const { state } = await readDevice(lab.api, device.id);

  expect(state).toBe("reinstalling");
  await untilState(lab.api, device.id, "active");
});

test("C-065 S a reinstall keeps the device's identity, and its system unless another is named", async () => {
  const { api } = lab;
  const steps = Array.from({ length: 10 }, (_, n) => `provisioning.${101 + n}`);
  const identity = ({ id, hostname, ip_addresses, ssh_keys, tags, userdata }: wire.Device) => ({
    id,
    hostname,
    ip_addresses,
    ssh_keys,
    tags,
    userdata,
  });
  const before = (await log()).length;

  await act(api, device.id, { type: "reinstall", deprovision_fast: true });
  const same = await untilState(api, device.id, "active");
  const fresh = (await log()).slice(before);
  await act(api, device.id, { type: "reinstall", operating_system: "debian_13_rt" });
  const other = await untilState(api, device.id, "active");

  expect(identity(same)).toEqual(identity(device));
  expect(same.operating_system.slug).toBe(device.operating_system.slug);
  expect(fresh.filter((it) => steps.includes(it))).toEqual(steps);
  expect(identity(other)).toEqual(identity(device));
  expect(other.operating_system.slug).toBe("debian_13_rt");
});

test("C-066 S a reinstall with a script but without custom_ipxe is refused", async () => {
  const ipxe_script_url = "http://127.0.0.1/boot.ipxe";
  const actions = `${device.href}/actions`;

  const bare = await lab.api.post(actions, { type: "reinstall", ipxe_script_url });
  const debian = { type: "reinstall", operating_system: "debian_13", ipxe_script_url };

  bare.is(422);
  (await lab.api.post(actions, debian)).is(422);
  (await lab.api.post(actions, { type: "reinstall", operating_system: "none" })).is(422);
  expect((await readDevice(lab.api, device.id)).state).toBe("active");
});

test("C-067 S a device in rescue is active, and a reboot brings it back to its disk", async () => {
  const { api } = lab;
  const run = async (command: string) => tryRunOnMachine(publicAddress(device), key, command);
  const untilSaid = async (word: string) =>
    until(
      () => run("test -e /marker && echo disk || echo rescue"),
      (it) => it === word,
      `the machine to run from ${word}`,
    );
  await until(
    () => run("touch /marker && sync && echo made"),
    (it) => it === "made",
    "a mark",
  );

  await act(api, device.id, { type: "rescue" });
  const accepted = await readDevice(api, device.id);
  await untilSaid("rescue");
  const rescued = await readDevice(api, device.id);
  await act(api, device.id, { type: "reboot" });
  await untilSaid("disk");

  for (const it of [accepted, rescued, await readDevice(api, device.id)])
    expect(lasting(it)).toEqual(lasting(device));
});

test("C-069 S a locked device is not deleted or reinstalled, but it can be rebooted", async () => {
  const { api } = lab;
  const actions = `${device.href}/actions`;

  const locked = (await api.put(device.href, { locked: true })).is(200).as(wire.device);
  const deletion = (await api.delete(device.href)).is(422);
  const forced = (await api.delete(`${device.href}?force_delete=true`)).is(422);
  (await api.post(actions, { type: "reinstall" })).is(422);
  for (const type of ["reboot", "power_off", "power_on"]) {
    await act(api, device.id, { type });
    await untilState(api, device.id, type === "power_off" ? "inactive" : "active");
  }
  (await api.put(device.href, { locked: false })).is(200);
  (await api.delete(device.href)).is(204);

  expect(locked.locked).toBe(true);
  for (const it of [deletion, forced]) expect(it.errors).toEqual(["Cannot delete a locked item"]);
  device = await makeActiveDevice(api, project.id, body);
});
