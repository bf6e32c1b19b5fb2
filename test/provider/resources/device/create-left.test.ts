/** What a create does about devices of its name: those that an interrupted one has left, and those of others. */
import { apiFault, idOf } from "../../../support/memory-api";
import { DeviceWorld } from "../../../support/device-model";
import { rejection } from "../../../support/scripted-api";

const CLAIM = idOf(77);
const SEEN = `armstead-claim:${CLAIM}`;
const TOLD = [SEEN, "armstead-name:n1"];
/** Of a create that was cut off. */
const MARKS = [...TOLD, `armstead-apply:${idOf(66)}`];
const IN_CLAIM = { claim_id: CLAIM };
const WANTED = {
  ...IN_CLAIM,
  project_ssh_key_ids: [idOf(40)],
  termination_time: "2031-01-01T00:00:00Z",
};
/** What was left, and is what is wanted. */
const FITTING = {
  hostname: "n1",
  tags: MARKS,
  projectSshKeyIds: WANTED.project_ssh_key_ids,
  terminationTime: WANTED.termination_time,
};
const throwing = (error: Error) => (): void => {
  throw error;
};

test("createDevice() takes over what an interrupted create of the claim has left", async () => {
  const world = new DeviceWorld();
  const left = world.api.add({ ...FITTING, description: "old" }, "provisioning");
  world.api.script.set(left.id, ["active"]);

  const model = await world.create({ ...WANTED, description: "new" });

  expect(world.api.countOf("createDevice")).toBe(0);
  expect(model).toMatchObject({ id: left.id, description: "new", claim_id: CLAIM });
});

test.each([
  ["is of another device plan", { plan: "c1.large.arm" }, "active"],
  ["runs another system", { operatingSystem: "debian_12" }, "active"],
  ["is in another metro", { metro: "sv" }, "active"],
  ["has failed", {}, "failed"],
  ["was made with other keys", { projectSshKeyIds: [idOf(41)] }, "active"],
  ["ends at another time", { terminationTime: "2030-01-01T00:00:00Z" }, "active"],
])("createDevice() deletes what was left when it %s", async (_, input, state) => {
  const world = new DeviceWorld();
  const left = world.api.add({ ...FITTING, ...input }, state);

  const model = await world.create(WANTED);

  expect([...world.api.devices.keys()]).toEqual([model.id]);
  expect(model.id).not.toBe(left.id);
});

test("createDevice() refuses a second resource of the same name under one claim", async () => {
  const world = new DeviceWorld();
  await world.create(IN_CLAIM);

  const fault = await rejection(world.create(IN_CLAIM));

  expect(fault).toMatchObject({ faults: [{ code: "AS1860", path: "hostname" }] });
  expect(world.api.devices.size).toBe(1);
});

test.each([{ left: [] }, { left: [MARKS] }])(
  "createDevice() never makes one machine two resources, also when they are made at once (left: $left)",
  async ({ left }) => {
    const world = new DeviceWorld();
    for (const tags of left) world.api.add({ ...FITTING, tags });

    const ends = await Promise.allSettled([world.create(WANTED), world.create(WANTED)]);

    const made = ends.flatMap((it) => (it.status === "fulfilled" ? [it.value.id] : []));
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made).size).toBe(made.length);
    expect([...world.api.devices.keys()].sort()).toEqual(made.sort());
  },
);

test.each([
  ["is another one's", { tags: [SEEN] }],
  ["is another one's, and has another plan", { tags: [SEEN], plan: "c1.large.arm" }],
  ["is of another claim", { tags: [`armstead-claim:${idOf(78)}`, "armstead-name:n1"] }],
  ["is of another name", { tags: [SEEN, "armstead-name:n2"] }],
  ["is of no claim", { tags: [] }],
])("createDevice() leaves a device of the same host name alone when it %s", async (_, input) => {
  const world = new DeviceWorld();
  const other = world.api.add({ ...FITTING, ...input });

  const model = await world.create(WANTED);

  expect([...world.api.devices.keys()]).toEqual([other.id, model.id]);
  expect(world.api.devices.get(other.id)).toEqual(other);
});

test.each([{ plan: "c3.large.arm64" }, { plan: "c1.large.arm" }])(
  "createDevice() refuses to guess whose device $plan is that Terraform was told of and no refresh has seen",
  async ({ plan }) => {
    const world = new DeviceWorld();
    const told = world.api.add({ ...FITTING, tags: TOLD, plan });

    const fault = await rejection(world.create(WANTED));

    expect(fault).toMatchObject({ faults: [{ code: "AS1867", path: "hostname" }] });
    expect(String(fault)).toContain(`device ${told.id}`);
    expect([...world.api.devices.values()]).toEqual([told]);
  },
);

test.each([
  ["when it succeeded", ["queued", "active"], false],
  ["when it failed", ["queued", "failed"], true],
])("createDevice() gives up the mark of an interrupted create %s", async (_, course, fails) => {
  const world = new DeviceWorld();
  world.api.course = course;

  const [end] = await Promise.allSettled([world.create({ ...IN_CLAIM, tags: ["mine"] })]);

  expect(end).toMatchObject({ status: fails ? "rejected" : "fulfilled" });
  expect(world.api.devices.get(idOf(1))?.tags).toEqual(["mine", ...TOLD]);
});

test("createDevice() is content with a device whose mark cannot be given up", async () => {
  const world = new DeviceWorld();
  world.api.before.updateDevice = [throwing(apiFault("AS2109"))];

  expect(await world.create(IN_CLAIM)).toMatchObject({ id: idOf(1), state: "active" });
});

test("C-022 after a lost answer no other device of the same name is taken for the own one", async () => {
  const world = new DeviceWorld();
  const lateTwin = (): void => {
    world.api.add({ tags: TOLD });
    throw apiFault("AS2003");
  };
  world.api.before.createDevice = [lateTwin];

  const model = await world.create(IN_CLAIM);

  expect([...world.api.devices.keys()]).toEqual([idOf(1), model.id]);
});
