import { OuterFault } from "../../../../core/faults";
import { apiFault, idOf, PROJECT } from "../../../support/memory-api";
import { DeviceWorld } from "../../../support/device-model";
import { HOST_KEY } from "../../../support/resource-context";
import { rejection } from "../../../support/scripted-api";

const throwing = (error: Error) => (): void => {
  throw error;
};

test("C-057 the id is kept right after the request, before anything is waited for", async () => {
  const world = new DeviceWorld();
  world.onWait = () => {
    expect(world.kept[0]).toMatchObject({ id: idOf(1), state: "queued" });
  };

  const model = await world.create();

  expect(world.waits.length).toBeGreaterThan(0);
  expect(model).toMatchObject({ id: idOf(1), state: "active", host_keys: [HOST_KEY] });
});

test.each([
  { name: "before it is active", course: ["queued", "provisioning", "inactive"] },
  { name: "and is taken over", course: ["inactive"] },
])("a device that goes down $name is not waited for until the deadline", async ({ course }) => {
  const world = new DeviceWorld();
  world.api.course = course;

  const fault = await rejection(world.create());

  expect(fault).toMatchObject({ code: "AS2120" });
  expect(String(fault)).toContain(`device n1 (${idOf(1)}) went down while it was waited for`);
});

test("C-058 a device that fails stays known; the fault has its id, state and last events", async () => {
  const world = new DeviceWorld();
  world.api.course = ["queued", "provisioning", "failed"];
  world.api.events = [
    {
      id: "2",
      type: "provisioning.104",
      body: "Disk is broken",
      state: "e",
      createdAt: "2026-01-01",
    },
    { id: "1", type: "provisioning.101", body: "Started", state: "e", createdAt: "2026-01-01" },
    { id: null, type: "provisioning.110", body: "Not yet", state: undefined, createdAt: null },
  ];

  const fault = await rejection(world.create());

  expect(fault).toMatchObject({ code: "AS2120" });
  expect(String(fault)).toContain(
    `device n1 (${idOf(1)}) failed while it was waited for; last events: provisioning.101 (Started), provisioning.104 (Disk is broken)`,
  );
  expect(world.kept.at(-1)).toMatchObject({ id: idOf(1) });
});

test("C-058 at the deadline the fault has id, last state and last events", async () => {
  const world = new DeviceWorld();
  world.api.course = ["queued", "provisioning"];
  world.api.events = [
    { id: "1", type: "provisioning.102", body: "Network", state: "e", createdAt: "2026-01-01" },
  ];
  const deadline = new AbortController();
  world.onWait = (waits) => {
    if (waits === 4) deadline.abort(new OuterFault("AS2002", { problem: "too long" }));
  };

  const fault = await rejection(world.create({}, deadline.signal));

  expect(fault).toMatchObject({ code: "AS2121" });
  expect(String(fault)).toContain(`(${idOf(1)}) is provisioning, not active`);
  expect(String(fault)).toContain("provisioning.102 (Network)");
  expect(world.kept.at(-1)).toMatchObject({ id: idOf(1) });
});

test("C-058 a stop by the user is told as such, and the device is kept", async () => {
  const world = new DeviceWorld();
  world.api.course = ["queued"];
  const reason = new Error("stopped on request");
  world.onWait = () => {
    world.stop.abort(reason);
  };

  expect(await rejection(world.create())).toBe(reason);
  expect(world.kept.at(-1)).toMatchObject({ id: idOf(1) });
});

test("C-058 a device that the service takes away is told with its last state", async () => {
  const world = new DeviceWorld();
  world.onWait = () => {
    world.api.devices.clear();
  };

  const fault = await rejection(world.create());

  expect(fault).toMatchObject({ code: "AS2122" });
  expect(String(fault)).toContain(idOf(1));
});

test("C-059 only the state is polled, at the API's pace", async () => {
  const world = new DeviceWorld();
  world.api.course = ["queued", "provisioning", "provisioning", "unheard-of", "active"];

  await world.create({ wait_for_ssh: false });

  expect(world.waits).toEqual([5_000, 5_000, 5_000, 5_000]);
  expect(world.api.calls).toEqual(["createDevice", ...Array<string>(4).fill("tryGetDevice")]);
});

test("C-022 after a lost answer the device is found by its tags, and no second one is made", async () => {
  const world = new DeviceWorld();
  world.api.before.createDevice = [
    (_, input) => {
      world.api.add(input as { tags: string[] });
      throw apiFault("AS2003");
    },
  ];

  const model = await world.create();

  expect(world.api.devices.size).toBe(1);
  expect(model.id).toBe(idOf(1));
  expect(world.api.countOf("createDevice")).toBe(1);
});

test("C-022 a request that had no effect is made again, after three looks", async () => {
  const world = new DeviceWorld();
  world.api.before.createDevice = [throwing(apiFault("AS2003"))];

  await world.create();

  expect(world.api.calls.slice(0, 5)).toEqual([
    "createDevice",
    "listDevices",
    "listDevices",
    "listDevices",
    "createDevice",
  ]);
  expect(world.api.devices.size).toBe(1);
});

test("C-022 a twin that turns up late is deleted", async () => {
  const world = new DeviceWorld();
  let marks: string[] = [];
  world.api.before.createDevice = [
    (_, input) => {
      marks = [...(input as { tags: string[] }).tags];
      throw apiFault("AS2003");
    },
    () => world.api.add({ tags: marks }),
  ];

  const model = await world.create();

  expect([...world.api.devices.keys()]).toEqual([model.id]);
});

test("C-022 answers that are lost again and again end in a fault", async () => {
  const world = new DeviceWorld();
  world.api.before.createDevice = Array.from({ length: 9 }, () => throwing(apiFault("AS2003")));

  expect(await rejection(world.create())).toMatchObject({ code: "AS2003" });
  expect(world.api.countOf("createDevice")).toBe(3);
});

test("C-022 a create that is cut off by Ctrl-C still finds and keeps its device", async () => {
  const world = new DeviceWorld();
  const reason = new Error("stopped on request");
  world.api.before.createDevice = [
    (_, input) => {
      world.api.add(input as { tags: string[] }, "queued");
      world.stop.abort(reason);
      throw apiFault("AS2003");
    },
  ];

  expect(await rejection(world.create())).toBe(reason);
  expect(world.kept).toMatchObject([{ id: idOf(1), state: "queued" }]);
});

test("createDevice() walks down the ladder while plans are sold out", async () => {
  const world = new DeviceWorld();
  world.api.before.createDevice = [throwing(apiFault("AS2106", "sold out"))];

  const model = await world.create({ fallback_plans: ["c2.large.arm", "c1.large.arm"] });

  expect(model).toMatchObject({ plan: "c3.large.arm64", deployed_plan: "c2.large.arm" });
});

test("createDevice() tells every plan that it tried when all are sold out", async () => {
  const world = new DeviceWorld();
  const soldOut = throwing(apiFault("AS2106", "There aren't available servers in that metro"));
  world.api.before.createDevice = [soldOut, soldOut];

  const fault = await rejection(world.create({ fallback_plans: ["c2.large.arm"] }));

  expect(fault).toMatchObject({ code: "AS2106" });
  expect(String(fault)).toMatch(/c3\.large\.arm64: There aren't.*c2\.large\.arm: There aren't/);
  expect(world.kept).toEqual([]);
});

test("createDevice() waits for a reservation that is still being wiped", async () => {
  const world = new DeviceWorld();
  world.api.before.createDevice = [throwing(apiFault("AS2106")), throwing(apiFault("AS2107"))];

  const model = await world.create({ hardware_reservation_id: "next-available" });

  expect(model.state).toBe("active");
  expect(world.api.countOf("createDevice")).toBe(3);
});

test("createDevice() passes other refusals on", async () => {
  const world = new DeviceWorld();
  world.api.before.createDevice = [throwing(apiFault("AS2104", "xx is not a valid metro"))];

  expect(await rejection(world.create())).toMatchObject({ code: "AS2104" });
  expect(world.api.countOf("createDevice")).toBe(1);
});

test("createDevice() marks what it makes without a claim, and shows no such tag", async () => {
  const world = new DeviceWorld();

  const model = await world.create({ tags: ["mine"] });

  const [device] = world.api.devices.values();
  expect(model.tags).toEqual(["mine"]);
  expect(device).toMatchObject({
    projectId: PROJECT,
    tags: ["mine", `armstead-apply:${idOf(901)}`],
  });
});
