/** Five named etcd members; the middle one goes and comes back. The others' machines stay. */
import { etcdctl, nodesOf, onNode, takeTouched } from "./support/on-node";
import type { Terraform } from "./support/terraform";
import { World } from "./support/world";

let world: World;
let terraform: Terraform;

const ALL = ["alpha", "bravo", "charlie", "delta", "echo"];
const WITHOUT_MIDDLE = ALL.filter((it) => it !== "charlie");
const cluster = (names: readonly string[]): Record<string, unknown> =>
  world.cluster({
    pools: [
      { name: "members", role: "etcd-member", names },
      { name: "edge", role: "worker", names: ["tower"] },
    ],
    deployment: { kind: "etcd", artifacts: world.artifacts },
  });
const started = async (at: string): Promise<string[]> => {
  const list = await etcdctl({ world, terraform }, at, ["member", "list"]);
  return list
    .trim()
    .split("\n")
    .map((line) => line.split(", "))
    .filter(([, state]) => state === "started")
    .map(([, , name]) => name ?? "")
    .sort();
};
const pidOf = (name: string): Promise<string> =>
  onNode({ world, terraform }, name, ["pidof", "etcd"]);

beforeAll(async () => {
  world = await World.open();
  terraform = await world.synth(cluster(ALL));
  await terraform.apply();
  takeTouched(world);
}, 300_000);

afterAll(() => world.close());

test("taking away the middle member touches its device and the members' configuration, nothing else", async () => {
  const machines = new Map((await nodesOf(terraform)).map((it) => [it.name, it.address]));
  const pids = await Promise.all(WITHOUT_MIDDLE.map(pidOf));
  await etcdctl({ world, terraform }, "alpha", ["put", "kept", "yes"]);
  terraform = await world.synth(cluster(WITHOUT_MIDDLE));

  const { changes } = await terraform.plan();
  expect(changes.map(({ type, index, change }) => [type, index, change.actions])).toEqual([
    ["armstead_device", "charlie", ["delete"]],
    ["armstead_playbook", undefined, ["update"]],
  ]);
  takeTouched(world);
  await terraform.apply();

  expect(takeTouched(world).hosts).not.toContain("charlie");
  expect(await started("alpha")).toEqual(WITHOUT_MIDDLE);
  expect(await etcdctl({ world, terraform }, "echo", ["get", "--print-value-only", "kept"])).toBe(
    "yes\n",
  );
  expect(await Promise.all(WITHOUT_MIDDLE.map(pidOf))).toEqual(pids);
  for (const { name, address } of await nodesOf(terraform))
    expect(address).toBe(machines.get(name));
  expect((await terraform.plan()).changes).toEqual([]);
});

test("a member that comes back joins the living cluster", async () => {
  terraform = await world.synth(cluster(ALL));

  await terraform.apply();

  expect(await started("charlie")).toEqual(ALL);
  expect(
    await etcdctl({ world, terraform }, "charlie", ["get", "--print-value-only", "kept"]),
  ).toBe("yes\n");
  expect((await terraform.plan()).changes).toEqual([]);
});
