import { existsSync } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import { startLab } from "../../lab/lab";
import { STATE_FILE } from "../../lab/store/store";
import { MemoryDriver } from "./support/memory-driver";
import { destroyTestLabs, startTestLab, type TestLab } from "./support/lab";

let it: TestLab;

beforeEach(async () => {
  it = await startTestLab();
});

afterEach(async () => {
  await destroyTestLabs();
});

test("startLab() takes a device from nothing to active and away again", async () => {
  const project = await it.project();

  const created = await it.device(project, { hostname: "node-0" });
  await it.lab.settled(created.body.id);
  const active = await it.call("GET", `/metal/v1/devices/${created.body.id}`);
  const deleted = await it.call("DELETE", `/devices/${created.body.id}`);
  const gone = await it.call("GET", `/devices/${created.body.id}`);
  await it.lab.settled(created.body.id);

  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({ state: "queued", hostname: "node-0", ip_addresses: [] });
  expect(active.body.state).toBe("active");
  expect(active.body.ip_addresses).toHaveLength(3);
  expect(deleted).toMatchObject({ status: 204, text: "" });
  expect(gone).toMatchObject({ status: 404, body: { errors: ["Not found"] } });
  expect(it.driver.machines.size).toBe(0);
});

test("startLab() refuses a second server on the same folder", async () => {
  const second = startLab({ folder: it.folder, driver: new MemoryDriver() });

  await expect(second).rejects.toMatchObject({ code: "AS2402" });
});

test("startLab() that is refused leaves the journal of whoever runs alone", async () => {
  await it.project();
  const file = path.join(it.folder, STATE_FILE);
  // As a write looks to others while it is under way: whoever opens the journal would cut it off.
  await appendFile(file, '[["projects","half');
  const before = await readFile(file, "utf8");

  const others = Array.from({ length: 5 }, () =>
    startLab({ folder: it.folder, driver: new MemoryDriver() }),
  );

  for (const other of others) await expect(other).rejects.toMatchObject({ code: "AS2402" });
  expect(await readFile(file, "utf8")).toBe(before);
});

test("startLab() says which port is taken and gives everything back", async () => {
  const port = Number(new URL(it.lab.connection.endpoint).port);
  const folder = `${it.folder}-b`;

  const second = startLab({ folder, driver: new MemoryDriver(), port });

  await expect(second).rejects.toMatchObject({
    code: "AS2403",
    message: expect.stringContaining(`port ${port}`) as string,
  });
  const third = await startLab({ folder, driver: new MemoryDriver() });
  await third.destroy();
});

test("destroy() leaves no machine and no folder", async () => {
  const other = await startTestLab();
  await other.activeDevice(await other.project());

  await other.lab.destroy();

  expect(other.driver.machines.size).toBe(0);
  expect(existsSync(other.folder)).toBe(false);
});

test("startLab() again finds ids, states and tokens as they were", async () => {
  const project = await it.project();
  const id = await it.activeDevice(project);
  const { connection } = it.lab;
  const before = await it.call("GET", `/devices/${id}`);

  it = await it.restarted();
  const after = await it.call("GET", `/devices/${id}`);

  expect(after.body).toEqual(before.body);
  expect(it.lab.connection).toEqual(connection);
});

test("the status tells host keys without asking the driver, which would make a folder again", async () => {
  const id = await it.activeDevice(await it.project(), { hostname: "n" });
  const before = it.driver.calls.length;

  const { body } = await it.call("GET", "/_lab/status");

  expect(body.devices).toMatchObject([{ id, running: true, hostKey: "ssh-ed25519 AAAA" }]);
  expect(it.driver.calls).toHaveLength(before);
});
