import { destroyTestLabs, startTestLab, type TestLab, until } from "../support/lab";
import { MemoryDriver } from "../support/memory-driver";

let it: TestLab;
let project: string;

beforeEach(async () => {
  it = await startTestLab();
  project = await it.project();
});
afterEach(destroyTestLabs);

async function state(id: string): Promise<string> {
  return (await it.call("GET", `/devices/${id}`)).body.state;
}

async function act(id: string, type: string, extra: object = {}): Promise<string> {
  const { status } = await it.call("POST", `/devices/${id}/actions`, { type, ...extra });
  expect(status).toBe(202);
  return state(id);
}

async function states(id: string): Promise<string[]> {
  const { body } = await it.call("GET", `/devices/${id}/events?per_page=1000`);
  const seen = body.events.map((event) => event.state).reverse();
  return seen.filter((value, index) => value !== seen[index - 1]);
}

test("a device passes through every state, though no time is lost between them", async () => {
  const id = await it.activeDevice(project);

  for (const type of ["power_off", "power_on", "reinstall"]) {
    await act(id, type);
    await it.lab.settled(id);
  }

  expect(await states(id)).toEqual([
    ...["queued", "provisioning", "active", "powering_off", "inactive", "powering_on", "active"],
    ...["reinstalling", "active"],
  ]);
});

test("rescue boots the rescue system, and a reboot leaves it again", async () => {
  const id = await it.activeDevice(project, { hostname: "n" });

  expect(await act(id, "rescue")).toBe("active");
  await act(id, "reboot");
  await it.lab.settled(id);

  const starts = it.driver.calls.filter((call) => call.startsWith("start"));
  expect(starts).toEqual(["start n disk", "start n rescue", "start n disk"]);
});

test("reinstall with another system keeps everything else and reports the ten steps again", async () => {
  const id = await it.activeDevice(project, { hostname: "n", tags: ["a"] });
  const before = await it.call("GET", `/devices/${id}`);

  await act(id, "reinstall", { operating_system: "debian_13_rt" });
  await it.lab.settled(id);

  const after = await it.call("GET", `/devices/${id}`);
  expect(after.body.operating_system).toMatchObject({ slug: "debian_13_rt" });
  expect(after.body.ip_addresses).toEqual(before.body.ip_addresses);
  expect(after.body.tags).toEqual(["a"]);
  const types = after.body.provisioning_events.map((event) => event.id);
  expect(types).not.toContain(null);
  expect(types).not.toEqual(before.body.provisioning_events.map((event) => event.id));
});

test("a machine that does not come up leaves its new device failed, with the reason, and deletable", async () => {
  it.driver.broken.set("bad", "kernel panic");
  const id = await it.activeDevice(project, { hostname: "bad" });

  const { body } = await it.call("GET", `/devices/${id}/events`);
  const deleted = await it.call("DELETE", `/devices/${id}`);
  await it.lab.settled(id);

  expect(body.events[0]).toMatchObject({ type: "failed", body: "kernel panic", state: "failed" });
  expect(deleted.status).toBe(204);
  expect(it.driver.machines.size).toBe(0);
});

test("a machine that does not come up after a reboot leaves its device inactive", async () => {
  const id = await it.activeDevice(project, { hostname: "n" });
  it.driver.broken.set("n", "no banner");

  await act(id, "reboot");
  await it.lab.settled(id);

  expect(await state(id)).toBe("inactive");
});

test("an active device whose machine has died is seen as inactive at once, and found by the watch", async () => {
  const [one, two] = [await it.activeDevice(project), await it.activeDevice(project)];
  it.driver.machines.clear();

  const seen = await state(one);
  await until(async () => {
    const { body } = await it.call("GET", `/projects/${project}/devices`);
    return body.devices.every((device) => device.state === "inactive");
  });

  expect(seen).toBe("inactive");
  expect(await states(two)).toContain("inactive");
});

test("a device whose time is over is deleted, unless it is locked", async () => {
  let now = Date.now();
  const lab = await startTestLab({ clock: () => now });
  const other = await lab.project();
  const end = { termination_time: new Date(now + 60_000).toISOString() };
  const gone = await lab.activeDevice(other, end);
  const kept = await lab.activeDevice(other, { ...end, locked: true });

  now += 61_000;
  await until(async () => (await lab.call("GET", `/devices/${gone}`)).status === 404);

  expect((await lab.call("GET", `/devices/${kept}`)).body.state).toBe("active");
});

test("deleting a queued device ends it before it was ever installed", async () => {
  const lab = await startTestLab({ rules: { timeScale: 100 } });
  const { body } = await lab.device(await lab.project(), { hostname: "n" });

  const { status } = await lab.call("DELETE", `/devices/${body.id}`);
  await lab.lab.settled(body.id);

  expect(status).toBe(204);
  expect(lab.driver.calls).toEqual(["remove"]);
});

test("boots are bounded, four for QEMU unless the rules say otherwise", async () => {
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const driver = new MemoryDriver("qemu", finished);
  const lab = await startTestLab({ driver });
  const other = await lab.project();

  const ids = await Promise.all(Array.from({ length: 9 }, () => lab.device(other)));
  while (driver.booting < 4) await new Promise((resolve) => setImmediate(resolve));
  finish();
  await Promise.all(ids.map(({ body }) => lab.lab.settled(body.id)));

  expect(driver.mostBooting).toBe(4);
});
