/** What processors and memory of a lab host are for: kept as it was told, there after the unlock, refused elsewhere. */
import type { LabNode } from "./lab-node";
import { Points } from "./points";

const LOCKED = ["aio-sx", "before-unlock"] as const;
const STANDARD = ["standard-controller-storage", "before-unlock"] as const;

const points = new Points();

beforeAll(() => points.reach([LOCKED, STANDARD]));
afterAll(() => points.remove());

test("cores that are named are isolated, and the others keep their order", async () => {
  const node = await points.fork(LOCKED);

  await system(node, "host-cpu-modify -f application-isolated -c 1,4-6,9 controller-0");
  const isolated = await functions(node);
  await system(node, "host-cpu-modify -f platform -p0 3 controller-0");
  const more = await functions(node);

  expect(isolated).toBe("PIPAIIIAAIAAAAAA");
  expect(more).toBe("PIPPIIIAAIAAAAAA");
  await node.remove();
});

test("a core is for one thing, and isolated ones are not beside shared ones", async () => {
  const node = await points.fork(LOCKED);
  await system(node, "host-cpu-modify -f application-isolated -c 4-6 controller-0");

  const twice = await refused(node, "host-cpu-modify -f platform -c 0,4 controller-0");
  const shared = await refused(node, "host-cpu-modify -f shared -p0 1 controller-0");

  expect(twice).toContain("Some CPUs are specified for more than one function.");
  expect(shared).toContain(
    "Application-isolated cores can only be configured with Platform and Application core types.",
  );
  await node.remove();
});

test("machines have the cores and the memory that they were said to have", async () => {
  const node = await points.fork(LOCKED);
  await node.ok("starlingx-lab", "hardware", "controller-0", "cpus=80", "memory=262144");

  await system(node, "host-cpu-modify -f application-isolated -c 2-78 controller-0");
  await system(node, "host-memory-modify controller-0 0 -1G 200");

  expect(await functions(node)).toBe(`PP${"I".repeat(77)}A`);
  expect(await pages(node)).toBe("262144 0 None 0 200");
  await node.remove();
});

test("huge pages are pending until the host is unlocked", async () => {
  const node = await points.fork(LOCKED);
  await system(node, "host-memory-modify controller-0 0 -2M 512");
  const pending = await pages(node);
  await system(node, "host-unlock controller-0");
  node.now += 10;
  const taken = await pages(node);

  const late = await refused(node, "host-memory-modify controller-0 0 -2M 0");

  expect(pending).toBe("65536 0 512 0 None");
  expect(taken).toBe("65536 512 None 0 None");
  expect(late).toContain("Host must be locked.");
  await node.remove();
});

test("a host that runs no workloads has neither", async () => {
  const node = await points.fork(STANDARD);

  expect(await functions(node)).toBe("P".repeat(16));
  expect(
    await refused(node, "host-cpu-modify -f application-isolated -c 4 controller-0"),
  ).toContain("Can only modify worker node cores.");
  expect(await refused(node, "host-memory-modify controller-0 0 -1G 1")).toContain(
    "Hugepages memory configuration is not supported for this node.",
  );
  await node.remove();
});

function system(node: LabNode, text: string): Promise<string> {
  return node.ok("system", ...text.split(" "));
}

function refused(node: LabNode, text: string): Promise<string> {
  return node.refusal("system", ...text.split(" "));
}

/** A letter for each core, in their order: Platform, Isolated, Application. */
async function functions(node: LabNode): Promise<string> {
  const rows = await node.rows("system", "host-cpu-list", "--nowrap", "controller-0");
  return rows
    .map((it) => (it.assigned_function ?? "").replace("Application-isolated", "I").slice(0, 1))
    .join("");
}

/** Memory of the only processor, and its huge pages: there and pending. */
async function pages(node: LabNode): Promise<string> {
  const rows = await node.rows("system", "host-memory-list", "--nowrap", "controller-0");
  const columns = [
    "mem_total(MiB)",
    ...["2M", "1G"].flatMap((it) => [`app_hp_total_${it}`, `app_hp_pending_${it}`]),
  ];
  return rows.map((row) => columns.map((it) => row[it]).join(" ")).join();
}
