import { UNKNOWN } from "../../../../provider/framework/unknown";
import { idOf } from "../../../support/memory-api";
import { CONFIG, DeviceWorld } from "../../../support/device-model";
import { planOf } from "../../../support/plan-of";

const KEYS = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKey"];

async function existing(given: Parameters<DeviceWorld["create"]>[0] = {}) {
  const world = new DeviceWorld();
  return { world, prior: await world.create(given) };
}

test("C-117 an unchanged configuration plans nothing", async () => {
  const { world, prior } = await existing();

  expect(await planOf(world.resource, CONFIG, prior)).toMatchObject({ changed: [], replaces: [] });
});

test("C-039 a metro in capitals plans nothing, and is kept as written", async () => {
  const { world, prior } = await existing();

  expect((await planOf(world.resource, { ...CONFIG, metro: "da" }, prior)).changed).toEqual([]);
  expect((await planOf(world.resource, { ...CONFIG, metro: "any" }, prior)).changed).toEqual([]);
});

test.each([
  ["hostname", "n2"],
  ["description", "new"],
  ["tags", ["new"]],
  ["user_data", "#!/bin/sh"],
  ["custom_data", '{"a":1}'],
  ["always_pxe", true],
  ["ipxe_script_url", "http://h/x"],
  ["locked", true],
  ["billing_cycle", "daily"],
  ["claim_id", idOf(5)],
  ["claim_id", UNKNOWN],
  ["ssh_port", 2222],
  ["force_delete", true],
])("C-075 %s changes in place", async (name, value) => {
  const { world, prior } = await existing();

  const plan = await planOf(world.resource, { ...CONFIG, [name]: value }, prior);

  expect(plan).toMatchObject({ changed: [name], replaces: [] });
});

test.each([
  ["plan", "c1.large.arm"],
  ["metro", "sv"],
  ["project_id", idOf(6)],
  ["operating_system", "debian_12"],
  ["hardware_reservation_id", idOf(7)],
  ["project_ssh_key_ids", [idOf(8)]],
  ["user_ssh_key_ids", [idOf(9)]],
  ["termination_time", "2031-01-01T00:00:00Z"],
])("C-075 %s replaces the device", async (name, value) => {
  const { world, prior } = await existing();

  const plan = await planOf(world.resource, { ...CONFIG, [name]: value }, prior);

  expect(plan).toMatchObject({ changed: [name], replaces: [name] });
});

test.each([
  ["becomes another one", idOf(6)],
  ["is replaced", UNKNOWN],
  ["is taken away", null],
])("the device is replaced when its claim %s", async (_, claim_id) => {
  const { world, prior } = await existing({ claim_id: idOf(5) });

  const plan = await planOf(world.resource, { ...CONFIG, claim_id }, prior);

  expect(plan).toMatchObject({ changed: ["claim_id"], replaces: ["claim_id"] });
});

test("C-075 another system reinstalls when asked to, and host keys are pinned anew", async () => {
  const reinstall = { enabled: true, deprovision_fast: null, preserve_data: null };
  const { world, prior } = await existing({ reinstall });

  const config = { ...CONFIG, reinstall, operating_system: "debian_12" };
  const plan = await planOf(world.resource, config, prior);

  expect(plan.replaces).toEqual([]);
  expect(plan.planned).toMatchObject({ operating_system: "debian_12", host_keys: UNKNOWN });
});

test("C-075 given host keys stand, also over a reinstall", async () => {
  const reinstall = { enabled: true, deprovision_fast: null, preserve_data: null };
  const { world, prior } = await existing({ reinstall });
  const given = { ...prior, host_keys: KEYS };

  const config = { ...CONFIG, reinstall, operating_system: "debian_12", host_keys: KEYS };
  const plan = await planOf(world.resource, config, given);

  expect(plan.planned.host_keys).toEqual(KEYS);
});

test("planDevice() keeps a device whose plan is still on the ladder", async () => {
  const { world, prior } = await existing();
  const deployed = { ...prior, deployed_plan: "c2.large.arm" };
  const config = { ...CONFIG, plan: "c1.large.arm", fallback_plans: ["c2.large.arm"] };

  expect(await planOf(world.resource, config, deployed)).toMatchObject({
    changed: [],
    replaces: [],
  });
});

test("planDevice() keeps a device when the plan it fell back to leaves the ladder", async () => {
  const { world, prior } = await existing({ fallback_plans: ["c2.large.arm"] });
  const deployed = { ...prior, deployed_plan: "c2.large.arm" };

  expect((await planOf(world.resource, CONFIG, deployed)).changed).toEqual([]);
});

test.each(["inactive", "powering_off", "provisioning", "queued", "reinstalling", "powering_on"])(
  "planDevice() plans a device that is %s back to active",
  async (state) => {
    const { world, prior } = await existing();

    const plan = await planOf(world.resource, CONFIG, { ...prior, state });

    // The devices of these tests have no IPv6 address yet.
    expect(plan).toMatchObject({
      changed: ["state", "access_public_ipv6"],
      replaces: [],
      planned: { state: "active", host_keys: prior.host_keys },
    });
  },
);

test("planDevice() does not know what an imported device shows only once it is active", async () => {
  const { world, prior } = await existing();
  const off = { ...prior, state: "inactive", host_keys: [], access_public_ipv4: null };

  const plan = await planOf(world.resource, CONFIG, off);
  const given = await planOf(world.resource, { ...CONFIG, host_keys: KEYS }, off);
  const unasked = await planOf(world.resource, { ...CONFIG, wait_for_ssh: false }, off);

  const known = { access_private_ipv4: prior.access_private_ipv4, state: "active" };
  expect(plan.planned).toMatchObject({
    ...known,
    host_keys: UNKNOWN,
    access_public_ipv4: UNKNOWN,
    access_public_ipv6: UNKNOWN,
  });
  expect(given.planned.host_keys).toEqual(KEYS);
  expect(unasked.planned.host_keys).toEqual([]);
});

test("planDevice() replaces a failed device, and says so", async () => {
  const { world, prior } = await existing();

  const plan = await planOf(world.resource, CONFIG, { ...prior, state: "failed" });

  expect(plan).toMatchObject({ changed: ["state"], replaces: ["state"], warnings: 1 });
});

test("planDevice() leaves a state that it does not know alone", async () => {
  const { world, prior } = await existing();

  const plan = await planOf(world.resource, CONFIG, { ...prior, state: "hibernating" });

  expect(plan.changed).toEqual([]);
});

test("planDevice() compares custom data, times and lists of keys by what they mean", async () => {
  const given = {
    custom_data: '{"a":1,"b":[2]}',
    termination_time: "2031-01-01T00:00:00Z",
    project_ssh_key_ids: [idOf(1), idOf(2)],
  };
  const { world, prior } = await existing(given);

  const config = {
    ...CONFIG,
    custom_data: '{ "b": [2], "a": 1 }',
    termination_time: "2031-01-01T01:00:00+01:00",
    project_ssh_key_ids: [idOf(2), idOf(1)],
  };

  expect((await planOf(world.resource, config, prior)).changed).toEqual([]);
});

test("planDevice() pins keys when the wait for SSH is switched on later", async () => {
  const { world, prior } = await existing({ wait_for_ssh: false });

  const plan = await planOf(world.resource, CONFIG, prior);

  expect(plan.planned.host_keys).toBe(UNKNOWN);
});

test("planDevice() does not know whether an unknown plan fits, so it replaces", async () => {
  const { world, prior } = await existing();

  const plan = await planOf(world.resource, { ...CONFIG, plan: UNKNOWN }, prior);

  expect(plan.replaces).toEqual(["plan"]);
});
