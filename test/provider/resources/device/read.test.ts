import { apiFault, idOf } from "../../../support/memory-api";
import { CONFIG, DeviceWorld } from "../../../support/device-model";
import { planOf } from "../../../support/plan-of";
import { rejection } from "../../../support/scripted-api";
import { HOST_KEY } from "../../../support/resource-context";

test("read() gives the same state for a device that nobody touched", async () => {
  const world = new DeviceWorld();
  const state = await world.create({ tags: ["a"], description: "", custom_data: "{}" });

  expect(await world.resource.read(world.context(), state)).toEqual(state);
});

test("read() is undefined for a device that is gone", async () => {
  const world = new DeviceWorld();
  const state = await world.create();
  world.api.devices.clear();

  expect(await world.resource.read(world.context(), state)).toBeUndefined();
});

test("read() does not turn lost permission into a device that is gone", async () => {
  const world = new DeviceWorld();
  const state = await world.create();
  world.api.before.tryGetDevice = [
    () => {
      throw apiFault("AS2102");
    },
  ];

  expect(await rejection(world.resource.read(world.context(), state))).toMatchObject({
    code: "AS2102",
  });
});

test("read() tells the API that a state has the device, and does so once", async () => {
  const world = new DeviceWorld();
  const state = await world.create({ claim_id: idOf(77), tags: ["a"] });
  world.api.calls.length = 0;

  const first = await world.resource.read(world.context(), state);
  const second = await world.resource.read(world.context(), state);

  expect([first, second]).toEqual([state, state]);
  expect(world.api.calls).toEqual(["tryGetDevice", "updateDevice", "tryGetDevice"]);
  expect(world.api.devices.get(state.id)?.tags).toEqual(["a", `armstead-claim:${idOf(77)}`]);
});

test("read() works with a token that may only read", async () => {
  const world = new DeviceWorld();
  const state = await world.create({ claim_id: idOf(77) });
  world.api.before.updateDevice = [
    () => {
      throw apiFault("AS2102");
    },
  ];

  expect(await world.resource.read(world.context(), state)).toEqual(state);
});

test("read() shows drift of what was set, and none of what was not", async () => {
  const world = new DeviceWorld();
  const state = await world.create({ description: "mine" });
  const device = world.api.devices.get(state.id);
  if (!device) throw new Error("no device");
  world.api.devices.set(state.id, {
    ...device,
    description: "theirs",
    tags: ["theirs"],
    userdata: "#!/bin/sh",
    terminationTime: "2031-01-01T00:00:00Z",
  });

  const read = await world.resource.read(world.context(), state);
  const plan = await planOf(world.resource, { ...CONFIG, description: "mine" }, read ?? null);

  expect(plan.changed).toEqual(["description"]);
});

test("read() keeps null and empty descriptions apart", async () => {
  const world = new DeviceWorld();
  const unset = await world.create();
  const empty = await world.create({ description: "" });

  expect((await world.resource.read(world.context(), unset))?.description).toBeNull();
  expect((await world.resource.read(world.context(), empty))?.description).toBe("");
});

test("C-117 an imported device plans nothing for a configuration with its values", async () => {
  const world = new DeviceWorld();
  const key = await world.api.createSshKey(CONFIG.project_id, { label: "k", key: "k" }, {});
  const owner = { ...key.owner, id: CONFIG.project_id };
  world.api.keys.set(key.id, { ...key, owner });
  const claim = idOf(77);
  const { id } = world.api.add({
    hostname: "n1",
    tags: ["mine", `armstead-claim:${claim}`, "armstead-name:n1"],
    projectSshKeyIds: [key.id],
    customdata: { a: 1 },
  });

  const state = await world.resource.importState?.(world.context(), id);
  const config = {
    ...CONFIG,
    tags: ["mine"],
    claim_id: claim,
    ssh_port: 2222,
    custom_data: '{"a": 1}',
    project_ssh_key_ids: [key.id],
    fallback_plans: ["c2.large.arm"],
  };

  expect(state).toMatchObject({ id, host_keys: [HOST_KEY] });
  expect((await planOf(world.resource, config, state ?? null)).changed).toEqual([]);
  expect(await world.resource.read(world.context(), state ?? ({} as never))).toEqual(state);
});

test("importState() also fits a configuration that leaves the key lists out", async () => {
  const world = new DeviceWorld();
  const { id } = world.api.add({ hostname: "n1" });

  const state = await world.resource.importState?.(world.context(), id);

  const config = { ...CONFIG, ssh_port: 2222 };
  expect((await planOf(world.resource, config, state ?? null)).changed).toEqual([]);
});

test("importState() warns when no host key can be had", async () => {
  const world = new DeviceWorld();
  world.showKey = () => {
    throw new Error("refused");
  };
  const { id } = world.api.add({ hostname: "n1" });

  const state = await world.resource.importState?.(world.context(), id);

  expect(state).toMatchObject({ host_keys: [], ssh_port: 22 });
  expect(world.warnings).toMatchObject([{ code: "AS1866" }]);
  expect(world.scans.map(({ port }) => port)).toEqual([2222, 22]);
});

test("importState() is undefined for an unknown id, and refuses what is none", async () => {
  const world = new DeviceWorld();

  expect(await world.resource.importState?.(world.context(), idOf(404))).toBeUndefined();
  expect(
    await rejection(Promise.resolve(world.resource.importState?.(world.context(), "n1"))),
  ).toMatchObject({ faults: [{ code: "AS1858" }] });
});
