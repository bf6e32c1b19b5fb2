import type { LabNode } from "./lab-node";
import { MAC, type Step } from "./orders";
import { Points, type Point } from "./points";
import { fillIn, runSteps } from "./run-steps";

const BEFORE_UNLOCK = ["aio-sx", "before-unlock"] as const;
const SIMPLEX = ["aio-sx", "controller-0 unlocked"] as const;
const BARE = ["aio-sx", "bootstrapped"] as const;
const DISCOVERED = ["aio-dx-workers", "worker-0 discovered"] as const;
const WORKER = ["aio-dx-workers", "worker-0 online"] as const;
const STANDARD = ["standard-controller-storage", "no-backend"] as const;
const MONITOR = ["standard-controller-storage", "third-monitor"] as const;
const ALL: readonly Point[] = [BEFORE_UNLOCK, SIMPLEX, BARE, DISCOVERED, WORKER, STANDARD, MONITOR];

const points = new Points();

beforeAll(async () => {
  await points.reach(ALL);
});

afterAll(async () => {
  await points.remove();
});

test("controller-0 reboots when it is unlocked: nobody answers, then it tests itself, then it is there", async () => {
  const node = await points.fork(BEFORE_UNLOCK);
  await node.ok("system", "host-unlock", "controller-0");

  const down = await node.refusal("system", "host-list");
  node.now += 1;
  const booting = await stateOf(node, "controller-0");
  node.now += 1;

  expect(down).toContain("the controller is rebooting");
  expect(booting).toBe("unlocked disabled intest Booting");
  expect(await stateOf(node, "controller-0")).toBe("unlocked enabled available None");
  await node.remove();
});

test("a host is offline without a personality, installs, and is online and inventoried then", async () => {
  const node = await points.fork(DISCOVERED);
  const id = await hostId(node, MAC["worker-0"]);
  const before = await stateOf(node, id);
  await node.ok("system", "host-update", id, "personality=worker", "hostname=edge");
  const during = await stateOf(node, "edge");
  node.now += 1;

  expect([before, during]).toEqual([
    "locked disabled offline None",
    "locked disabled offline None",
  ]);
  expect(await stateOf(node, "edge")).toBe("locked disabled online None");
  const networks = await node.rows("system", "interface-network-list", "edge");
  expect(networks).toEqual([expect.objectContaining({ ifname: "mgmt0", network_name: "mgmt" })]);
  await node.remove();
});

test("a host that was told before installs when it is switched on, no earlier", async () => {
  const node = await points.fork(DISCOVERED);
  await node.ok("system", "host-add", "-n", "edge", "-p", "worker", "-m", "52:54:00:00:00:77");
  node.now += 5;
  const off = await stateOf(node, "edge");
  await node.ok("starlingx-lab", "power-on", "52:54:00:00:00:77");
  node.now += 1;

  expect(off).toBe("locked disabled offline None");
  expect(await stateOf(node, "edge")).toBe("locked disabled online None");
  await node.remove();
});

test("a worker is unlocked without a reboot of the controller, and locked again", async () => {
  const node = await points.fork(WORKER);
  const states: string[] = [];
  await node.ok("system", "interface-network-assign", "worker-0", "mgmt0", "cluster-host");
  await node.ok("system", "host-unlock", "worker-0");
  for (const _ of [0, 1, 2]) states.push(await stateAndTick(node, "worker-0"));
  await node.ok("system", "host-lock", "worker-0");
  for (const _ of [0, 1]) states.push(await stateAndTick(node, "worker-0"));

  expect(states).toEqual([
    "locked disabled online Unlocking",
    "unlocked disabled intest Booting",
    "unlocked enabled available None",
    "unlocked enabled available Locking",
    "locked disabled online None",
  ]);
  await node.remove();
});

test("a kernel runs after the next unlock only", async () => {
  const node = await points.fork(BARE);
  const shown = async (): Promise<string> =>
    (await node.ok("system", "host-kernel-show", "1", "--format", "value")).trim();
  await node.ok("system", "host-kernel-modify", "controller-0", "lowlatency");
  const chosen = await shown();
  node.now += 1;
  await runSteps(node, [
    ["system", "interface-network-assign", "controller-0", "enp1s0", "oam"],
    ["system", "host-unlock", "controller-0"],
    ["wait", "2"],
  ]);

  expect(chosen).toBe("controller-0 lowlatency standard");
  expect(await shown()).toBe("controller-0 lowlatency lowlatency");
  await node.remove();
});

test("an OSD waits for the unlock on a locked host, and is configured at once on one that runs", async () => {
  const node = await points.fork(SIMPLEX);
  const add: Step = ["system", "host-stor-add", "1", "osd", "{disk controller-0 /dev/sdc}"];
  await node.ok(...(await fillIn(node, add)));
  const states = [await osdStates(node)];
  node.now += 1;
  states.push(await osdStates(node));

  expect(states).toEqual([
    ["configured", "configuring"],
    ["configured", "configured"],
  ]);
  await node.remove();
});

test("a backend that comes after the unlock is done on All-in-one, on Standard never", async () => {
  const states: (string | undefined)[] = [];
  for (const [point, ...before] of [
    [BARE, ["system", "interface-network-assign", "controller-0", "enp1s0", "oam"]],
    [STANDARD],
  ] as const) {
    const node = await points.fork(point);
    await runSteps(node, [...before, ["system", "host-unlock", "controller-0"], ["wait", "2"]]);
    await node.ok("system", "storage-backend-add", "ceph", "--confirmed");
    node.now += 100;
    const [backend] = await node.rows("system", "storage-backend-list");
    states.push(backend?.state);
    await node.remove();
  }

  expect(states).toEqual(["configured", "configuring"]);
});

test("the third monitor waits for the unlock of its worker, and is the only third one", async () => {
  const node = await points.fork(MONITOR);
  const monitors = await node.rows("system", "ceph-mon-list");
  const second = await node.refusal("system", "ceph-mon-add", "worker-0");

  expect(monitors.map(({ hostname, state }) => `${hostname ?? ""} ${state ?? ""}`)).toEqual([
    "controller-0 configured",
    "controller-1 configured",
    "worker-0 configuring-on-unlock",
  ]);
  expect(second).toBe("Ceph monitor already configured for host 'worker-0'.");
  await node.remove();
});

test("how long a change takes is set by the environment, else by the lab's command", async () => {
  const node = await points.fork(WORKER);
  await node.ok("starlingx-lab", "step", "0");
  await node.ok("system", "interface-network-assign", "worker-0", "mgmt0", "cluster-host");
  const slow = { STARLINGX_LAB_STEP_SECONDS: "50" };
  await node.run(["system", "host-unlock", "worker-0"], slow);
  node.now += 99;
  const early = await stateOf(node, "worker-0");
  node.now += 1;
  const late = await stateOf(node, "worker-0");
  await node.ok("system", "host-lock", "worker-0");

  expect([early, late]).toEqual([
    "unlocked disabled intest Booting",
    "unlocked enabled available None",
  ]);
  expect(await stateOf(node, "worker-0")).toBe("locked disabled online None");
  await node.remove();
});

async function stateOf(node: LabNode, host: string): Promise<string> {
  const names = ["administrative", "operational", "availability", "task"];
  const columns = names.flatMap((it) => ["--column", it]);
  return (await node.ok("system", "host-show", host, ...columns, "--format", "value")).trim();
}

async function stateAndTick(node: LabNode, host: string): Promise<string> {
  const state = await stateOf(node, host);
  node.now += 1;
  return state;
}

async function osdStates(node: LabNode): Promise<(string | undefined)[]> {
  const rows = await node.rows("system", "host-stor-list", "controller-0");
  return rows.map(({ state }) => state);
}

async function hostId(node: LabNode, mac: string): Promise<string> {
  const [, , id = ""] = await fillIn(node, ["system", "host-show", `{id ${mac}}`]);
  return id;
}
