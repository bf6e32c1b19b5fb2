import { destroyTestLabs, startTestLab, type TestLab } from "../support/lab";
import { MemoryDriver } from "../support/memory-driver";

afterEach(destroyTestLabs);

async function stateOf(lab: TestLab, id: string): Promise<string> {
  await lab.lab.settled(id);
  return (await lab.call("GET", `/devices/${id}`)).body.state;
}

test("recover() finishes what was queued, provisioning, or under any action", async () => {
  const slow = new MemoryDriver("process", 60_000);
  const first = await startTestLab({ driver: slow });
  const project = await first.project();
  const quick = new MemoryDriver();
  const ids = await Promise.all([1, 2].map(async () => (await first.device(project)).body.id));
  await first.lab.stop();

  const second = await startTestLab({ folder: first.folder, driver: quick });

  expect(await Promise.all(ids.map((id) => stateOf(second, id)))).toEqual(["active", "active"]);
});

test("recover() waits for a machine that was started before, instead of installing it again", async () => {
  const driver = new MemoryDriver("process", 200);
  const first = await startTestLab({ driver });
  const { body } = await first.device(await first.project(), { hostname: "n" });
  while (!driver.calls.includes("start n disk")) await first.call("GET", "/user");

  const second = await first.restarted();

  expect(await stateOf(second, body.id)).toBe("active");
  expect(driver.calls.filter((call) => call.startsWith("install"))).toEqual(["install n"]);
});

test("recover() finishes deletions and removes folders that belong to no device", async () => {
  const first = await startTestLab();
  const id = await first.activeDevice(await first.project());
  first.driver.machines.set("leftover", { running: true, mode: "disk" });
  await first.lab.stop();
  const second = await startTestLab({ folder: first.folder, driver: first.driver });

  expect([...second.driver.machines.keys()]).toEqual([id]);
});

test("recover() sees that machines died while no server ran", async () => {
  const first = await startTestLab();
  const id = await first.activeDevice(await first.project());
  await first.lab.stop();
  first.driver.machines.clear();

  const second = await startTestLab({ folder: first.folder, driver: first.driver });

  expect(await stateOf(second, id)).toBe("inactive");
});

test("startLab() refuses another driver as long as there are devices", async () => {
  const first = await startTestLab();
  const id = await first.activeDevice(await first.project());
  await first.lab.stop();
  const folder = first.folder;

  const refused = startTestLab({ folder, driver: new MemoryDriver("qemu") });
  await expect(refused).rejects.toMatchObject({ code: "AS2408" });
  const again = await startTestLab({ folder, driver: first.driver });
  await again.call("DELETE", `/devices/${id}`);
  await again.lab.settled(id);
  await again.lab.stop();

  const other = await startTestLab({ folder, driver: new MemoryDriver("qemu") });
  expect(other.lab.connection.driver).toBe("qemu");
});
