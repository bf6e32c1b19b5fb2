import { apiFault, idOf } from "../../../support/memory-api";
import { DeviceWorld } from "../../../support/device-model";
import { HOST_KEY } from "../../../support/resource-context";
import { rejection } from "../../../support/scripted-api";

const OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAnotherKeyAltogether";
const REINSTALL = {
  reinstall: { enabled: true, deprovision_fast: true, preserve_data: null },
  operating_system: "debian_12",
};

async function existing(given: Parameters<DeviceWorld["create"]>[0] = {}) {
  const world = new DeviceWorld();
  const prior = await world.create(given);
  world.api.calls.length = 0;
  return { world, prior };
}

test("updateDevice() sends only what differs", async () => {
  const { world, prior } = await existing({ tags: ["a"] });
  const sent: unknown[] = [];
  world.api.before.updateDevice = [(_, changes) => sent.push(changes)];

  const model = await world.update({ tags: ["a"], description: "new" }, prior);

  expect(sent).toEqual([{ description: "new", tags: ["a"] }]);
  expect(model).toMatchObject({ description: "new", tags: ["a"], host_keys: prior.host_keys });
});

test("updateDevice() asks the API for nothing when only our own settings change", async () => {
  const { world, prior } = await existing();
  const device = world.api.devices.get(prior.id);
  if (device) world.api.devices.set(prior.id, { ...device, tags: [] });

  const model = await world.update({ force_delete: true, ssh_port: 2222 }, prior);

  expect(world.api.calls).toEqual(["getDevice"]);
  expect(model).toMatchObject({ force_delete: true, ssh_port: 2222 });
});

test("updateDevice() empties what the user took back", async () => {
  const { world, prior } = await existing({
    description: "x",
    tags: ["a"],
    custom_data: '{"a":1}',
  });

  const model = await world.update({}, prior);

  expect(world.api.devices.get(prior.id)).toMatchObject({
    description: "",
    tags: [],
    customdata: {},
  });
  expect(model).toMatchObject({ description: null, tags: null, custom_data: null });
});

test("updateDevice() leaves tags of others alone while the user sets none", async () => {
  const { world, prior } = await existing();
  const device = world.api.devices.get(prior.id);
  if (device) world.api.devices.set(prior.id, { ...device, tags: ["theirs"] });

  await world.update({ claim_id: idOf(7) }, prior);

  expect(world.api.devices.get(prior.id)?.tags).toEqual(["theirs", `armstead-claim:${idOf(7)}`]);
});

test("updateDevice() powers an inactive device on, and checks its host key", async () => {
  const { world, prior } = await existing();
  world.api.script.set(prior.id, ["inactive"]);

  const model = await world.update({}, { ...prior, state: "inactive" });

  expect(world.api.countOf("actOnDevice")).toBe(1);
  expect(model).toMatchObject({ state: "active", host_keys: [HOST_KEY] });
  expect(world.scans).toHaveLength(2);
});

test("updateDevice() refuses another host key after a power cycle, and keeps the pinned one", async () => {
  const { world, prior } = await existing();
  world.api.script.set(prior.id, ["inactive"]);
  world.showKey = () => OTHER_KEY;

  const fault = await rejection(world.update({}, { ...prior, state: "inactive" }));

  expect(fault).toMatchObject({ code: "AS2124" });
  expect(world.kept.at(-1)).toMatchObject({ state: "active", host_keys: [HOST_KEY] });
});

test("updateDevice() leaves given host keys as they are, none included", async () => {
  const { world, prior } = await existing({ host_keys: [] });
  world.api.script.set(prior.id, ["inactive"]);

  const model = await world.update({ host_keys: [] }, { ...prior, state: "inactive" });

  expect(prior.host_keys).toEqual([]);
  expect(model.host_keys).toEqual([]);
});

test("updateDevice() waits for a device that is being switched off, and switches it on", async () => {
  const { world, prior } = await existing();
  world.api.script.set(prior.id, ["powering_off", "powering_off", "inactive"]);

  const model = await world.update({}, { ...prior, state: "powering_off" });

  expect(model.state).toBe("active");
});

test("updateDevice() reinstalls with the system named, and pins the new host key", async () => {
  const { world, prior } = await existing();
  const actions: unknown[] = [];
  world.api.before.actOnDevice = [(_, action) => actions.push(action)];
  world.showKey = () => OTHER_KEY;

  const model = await world.update(REINSTALL, prior);

  expect(actions).toEqual([
    { type: "reinstall", operatingSystem: "debian_12", deprovisionFast: true },
  ]);
  expect(model).toMatchObject({ id: prior.id, operating_system: "debian_12" });
  expect(model.host_keys).toEqual([OTHER_KEY]);
});

test("updateDevice() unlocks before it reinstalls, and locks after", async () => {
  const { world, prior } = await existing({ locked: true });
  const steps: unknown[] = [];
  world.api.before.updateDevice = [(_, changes) => steps.push(changes)];
  world.api.before.actOnDevice = [() => steps.push("reinstall")];

  await world.update({ ...REINSTALL, locked: false, tags: [] }, prior);

  expect(steps).toEqual([{ tags: [], locked: false }, "reinstall"]);
});

test("updateDevice() is content when a lost answer to a reinstall took effect", async () => {
  const { world, prior } = await existing();
  world.api.before.actOnDevice = [
    (id) => {
      const device = world.api.devices.get(String(id));
      if (!device) throw new Error("no device");
      world.api.devices.set(device.id, {
        ...device,
        operatingSystem: "debian_12",
        state: "reinstalling",
      });
      world.api.script.set(device.id, ["reinstalling", "active"]);
      throw apiFault("AS2003");
    },
  ];

  expect(await world.update(REINSTALL, prior)).toMatchObject({ operating_system: "debian_12" });
});

test("updateDevice() passes a lost answer on when nothing came of it", async () => {
  const { world, prior } = await existing();
  world.api.before.actOnDevice = [
    () => {
      throw apiFault("AS2003");
    },
  ];

  expect(await rejection(world.update(REINSTALL, prior))).toMatchObject({ code: "AS2003" });
  expect(world.kept.at(-1)).toMatchObject({ operating_system: "debian_13" });
});
