/**
 * Examples that fit the lab are deployed as they are, but for the key, the name and where the lab has etcd. What StarlingX
 * becomes is in starlingx.test.ts, some of them on ARM64 machines are in examples-on-qemu.test.ts; etcd-edge is what the
 * demo deploys.
 */
import { exampleCluster } from "./support/example";
import { nodesOf, onNode } from "./support/on-node";
import { World } from "./support/world";

interface Example {
  readonly name: string;
  /** Keys of the deployment with the lab's etcd. */
  readonly deployment?: (artifacts: World["artifacts"]) => Readonly<Record<string, unknown>>;
  /** A command on a node, and what it says. */
  readonly proof: readonly [string, readonly string[], RegExp];
  readonly nodes: readonly string[];
}

const EXAMPLES: readonly Example[] = [
  {
    name: "coreos-plays",
    deployment: (artifacts) => ({ etcd: { artifacts } }),
    proof: ["workers-0", ["cat", "/etc/systemd/system/edge-clock.timer"], /OnCalendar=\*:0\/15/],
    nodes: ["members-0", "members-1", "members-2", "workers-0"],
  },
  {
    name: "docker-host",
    proof: ["hosts-1", ["cat", "/etc/docker/daemon.json"], /registry-mirrors/],
    nodes: ["hosts-0", "hosts-1"],
  },
  {
    name: "mixed-images",
    deployment: (artifacts) => ({ artifacts }),
    proof: ["tower-a", ["cat", "/etc/os-release"], /bookworm/],
    nodes: ["fast-0", "members-0", "old-0", "tower-a"],
  },
];

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(() => world.close());

test.each(EXAMPLES)("$name comes up, stays as it is, and goes", async (example) => {
  const own = example.deployment?.(world.artifacts);
  const terraform = await world.synth(exampleCluster(world, example.name, own));
  await terraform.apply();

  const { changes } = await terraform.plan();
  const nodes = (await nodesOf(terraform)).map(({ name }) => name);
  const [node, argv, said] = example.proof;
  const proof = await onNode({ world, terraform }, node, argv);
  await terraform.destroy();

  expect(changes).toEqual([]);
  expect(nodes.sort()).toEqual(example.nodes);
  expect(proof).toMatch(said);
  expect(await world.leftovers()).toEqual([]);
});
