/**
 * The main job on the process driver: deploy, no-op, growth, drift of three kinds, import, destroy.
 * Real terraform, the real provider, real sshd and real etcd; the tests of this file build on each other.
 */
import { etcdctl, nodesOf, onNode, takeTouched } from "./support/on-node";
import type { Terraform } from "./support/terraform";
import { World } from "./support/world";

let world: World;
let terraform: Terraform;

const MIRRORS = {
  mirrors: [
    { registry: "docker.io", endpoints: [{ url: "http://mirror.example:5000", mode: "fallback" }] },
  ],
};
const cluster = (workers: number): Record<string, unknown> =>
  world.cluster({
    pools: [
      { name: "members", role: "etcd-member", count: 3 },
      { name: "workers", role: "worker", count: workers, kernel: "realtime" },
    ],
    registries: MIRRORS,
    deployment: { kind: "etcd", artifacts: world.artifacts },
  });

const addresses = (changes: readonly { readonly address: string }[]): string[] =>
  changes.map(({ address }) => address.replace(/^[^[]*\./, "").replace(/.*\[/, "[")).sort();

const on = (name: string, argv: readonly string[]): Promise<string> =>
  onNode({ world, terraform }, name, argv);

beforeAll(async () => {
  world = await World.open();
  terraform = await world.synth(cluster(1));
}, 300_000);

afterAll(() => world.close());

test("a first deploy brings up every node, and etcd answers on each of them", async () => {
  await terraform.apply();

  const list = await etcdctl({ world, terraform }, "members-0", ["member", "list"]);
  expect(takeTouched(world).hosts).toEqual(["members-0", "members-1", "members-2", "workers-0"]);
  expect(list.split("started")).toHaveLength(4);
  expect(await on("workers-0", ["cat", "/etc/containerd/certs.d/docker.io/hosts.toml"])).toContain(
    "mirror.example:5000",
  );
});

test("a second plan has no changes, and no command that may change anything was sent", async () => {
  const { changes, text } = await terraform.plan();

  expect(changes).toEqual([]);
  expect(text).toContain("No changes");
  expect(takeTouched(world)).toEqual({ hosts: [], changes: 0 });
});

test("a mirror file edited on a node is in the next plan, on that node only, and mended by the next apply", async () => {
  const file = "/etc/containerd/certs.d/docker.io/hosts.toml";
  const before = await on("members-1", ["cat", file]);
  await on("members-1", ["sh", "-c", `echo '# edited' >> ${file}`]);
  world.takeEvents();

  const { text } = await terraform.plan();
  expect(text).toMatch(/members-1"\s*=\s*"drift: /);
  expect(text).not.toMatch(/members-0"\s*=\s*"drift: /);
  world.takeEvents();
  await terraform.apply();

  expect(takeTouched(world).hosts).toEqual(["members-1"]);
  expect(await on("members-1", ["cat", file])).toBe(before);
  expect((await terraform.plan()).changes).toEqual([]);
});

test("a worker more adds one device and touches no other host", async () => {
  terraform = await world.synth(cluster(2));
  const { changes, text } = await terraform.plan();
  const devices = changes.filter(({ type }) => type === "armstead_device");
  world.takeEvents();

  expect(devices.map(({ index, change }) => [index, change.actions])).toEqual([
    ["workers-1", ["create"]],
  ]);
  expect(text).toContain("1 to add, 1 to change, 0 to destroy");
  await terraform.apply();
  expect(takeTouched(world).hosts).toEqual(["workers-1"]);
  expect((await terraform.plan()).changes).toEqual([]);
});

test("a device deleted behind Terraform's back is made anew", async () => {
  const node = (await nodesOf(terraform)).find((it) => it.name === "workers-1");
  const [project] = await world.api.listProjects({}, {});
  const devices = await world.api.listDevices(project?.id ?? "", {}, {});
  const lost = devices.find((it) => it.hostname.includes("workers-1"));
  await world.api.deleteDevice(lost?.id ?? "", {}, {});
  await world.lab.reached(lost?.id ?? "");

  const { changes } = await terraform.plan();
  expect(addresses(changes.filter(({ type }) => type === "armstead_device"))).toEqual([
    '["workers-1"]',
  ]);
  world.takeEvents();
  await terraform.apply();

  expect(takeTouched(world).hosts).toEqual(["workers-1"]);
  expect(node?.address).toBeDefined();
  expect((await terraform.plan()).changes).toEqual([]);
});

test("a node that is powered off is in the next plan and powered on by the next apply", async () => {
  const [project] = await world.api.listProjects({}, {});
  const devices = await world.api.listDevices(project?.id ?? "", {}, {});
  const off = devices.find((it) => it.hostname.includes("members-2"));
  await world.api.actOnDevice(off?.id ?? "", { type: "power_off" }, {});
  await world.lab.reached(off?.id ?? "", "inactive");

  const { changes } = await terraform.plan();
  expect(addresses(changes.filter(({ type }) => type === "armstead_device"))).toEqual([
    '["members-2"]',
  ]);
  await terraform.apply();

  expect((await world.api.getDevice(off?.id ?? "", {})).state).toBe("active");
  expect((await terraform.plan()).changes).toEqual([]);
});

test("a device and a key that are imported need no change", async () => {
  const state = JSON.parse(await terraform.must("show", "-json")) as {
    values: {
      root_module: { resources: { address: string; type: string; values: { id: string } }[] };
    };
  };
  const all = state.values.root_module.resources;
  const chosen = [
    all.find((it) => it.type === "armstead_device" && it.address.includes("workers-0")),
    all.find((it) => it.type === "armstead_ssh_key"),
  ];

  for (const it of chosen) {
    await terraform.must("state", "rm", it?.address ?? "");
    await terraform.must("import", "-input=false", it?.address ?? "", it?.values.id ?? "");
  }

  expect((await terraform.plan()).text).toContain("No changes");
});

test("destroy leaves no device and no key", async () => {
  await terraform.destroy();

  expect(await world.leftovers()).toEqual([]);
});
