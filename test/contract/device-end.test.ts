/** Sections 4.1, 5.3 and 5.4: what is refused while a device is made, and how devices end. */
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import {
  makeActiveDevice,
  makeDevice,
  makeProject,
  readDevice,
  until,
  untilState,
} from "../support/contract-steps";

const lab = useLab({
  timeScale: 0.1,
  faults: [
    { kind: "provision-slow", seconds: 3600, hostname: "held-*", times: "always" },
    { kind: "provision-fails", outcome: "visible", hostname: "fails-visible" },
    { kind: "provision-fails", outcome: "403", hostname: "fails-403" },
    { kind: "provision-fails", outcome: "404", hostname: "fails-404" },
  ],
});

let project: wire.Project;
let active: wire.Device;
let held: wire.Device;
beforeAll(async () => {
  project = await makeProject(lab.api, "ends");
  const made = await makeDevice(lab.api, project.id, { hostname: "held-fast" });
  active = await makeActiveDevice(lab.api, project.id);
  held = await untilState(lab.api, made.id, "provisioning");
});

/** States of the devices in the project's list, by id. */
async function listed(): Promise<ReadonlyMap<string, string>> {
  const answer = await lab.api.get(`${project.href}/devices?per_page=1000`);
  const { devices } = answer.is(200).as(wire.devices);
  return new Map(devices.map((it) => [it.id, it.state]));
}

test("C-068 S unknown actions, and all actions on a device that is being made, are refused", async () => {
  const { api } = lab;

  const unknown = (await api.post(`${active.href}/actions`, { type: "explode" })).is(422);
  (await api.post(`${active.href}/actions`, { type: "power_on" })).is(422);
  for (const type of ["power_on", "power_off", "reboot", "rescue", "reinstall"])
    (await api.post(`${held.href}/actions`, { type })).is(422);

  expect(unknown.errors).toEqual(["explode is not a valid action"]);
  expect((await readDevice(api, active.id)).state).toBe("active");
  expect((await readDevice(api, held.id)).state).toBe("provisioning");
});

test("C-070 S a device that is being made is not deleted", async () => {
  const { errors } = (await lab.api.delete(held.href)).is(422);

  expect(errors).toEqual(["Cannot delete a device while it is provisioning"]);
  expect((await readDevice(lab.api, held.id)).state).toBe("provisioning");
});

test("C-071 S a deleted device cannot be read from then on, and is not listed as active", async () => {
  const { api } = lab;
  const { id, href } = await makeActiveDevice(lab.api, project.id);

  (await api.delete(href)).is(204);
  (await api.get(href)).is(403, 404);

  expect(["deprovisioning", "deleted", undefined]).toContain((await listed()).get(id));
  await until(listed, (it) => !it.has(id), "the list to forget the device");
});

test("C-072 S the second deletion finds nothing", async () => {
  const { href } = await makeActiveDevice(lab.api, project.id);

  (await lab.api.delete(href)).is(204);

  expect((await lab.api.delete(href)).is(404).errors).toEqual(["Not found"]);
  (await lab.api.put(href, { tags: [] })).is(403, 404);
  (await lab.api.post(`${href}/actions`, { type: "reboot" })).is(403, 404);
});

test("C-073 S a device that fails stays visible, or answers 403, or 404, as was chosen", async () => {
  const { api } = lab;
  const fail = async (how: string) =>
    (await makeDevice(api, project.id, { hostname: `fails-${how}` })).href;
  const ended = async (href: string, status: number) =>
    until(
      () => api.get(href),
      (it) => it.status === status,
      `${href} to answer ${status}`,
    );

  const visible = await fail("visible");
  const { state, provisioning_events: steps } = await until(
    () => readDevice(api, visible.split("/").at(-1) ?? ""),
    (it) => it.state === "failed",
    "the device to fail",
  );
  const forbidden = await ended(await fail("403"), 403);
  const missing = await ended(await fail("404"), 404);

  expect(state).toBe("failed");
  expect(steps.at(-1)).toMatchObject({ type: "provisioning.110", created_at: null });
  expect(forbidden.errors).toEqual(["You are not authorized to view this device"]);
  expect(missing.errors).toEqual(["Not found"]);
  (await api.delete(visible)).is(204);
  (await api.get(visible)).is(403, 404);
});
