/**
 * The six examples of StarlingX, from their cluster files to systems that work, by the real terraform, on nodes of the process
 * driver with the scripted commands. They prove the way, not StarlingX.
 */
import { STARLINGX_NAMES } from "../../cluster/deployments/starlingx/kinds";
import { exampleCluster } from "./support/example";
import { nodesOf } from "./support/on-node";
import {
  askStarlingx,
  hostStates,
  STARLINGX_PASSWORD,
  STARLINGX_SECRETS,
} from "./support/starlingx-node";
import { Terraform } from "./support/terraform";
import { World } from "./support/world";

jest.setTimeout(600_000);

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(() => world.close());

test.each(STARLINGX_NAMES)(
  "%s is deployed, nothing is left to do, and it goes again",
  async (name) => {
    const { folder, env } = await world.synth(exampleCluster(world, `starlingx-${name}`));
    const terraform = new Terraform(folder, { ...env, ...STARLINGX_SECRETS });
    const at = { world, terraform };

    await terraform.must("apply", "-auto-approve", "-input=false");
    const nodes = await nodesOf(terraform);
    const first = nodes.filter(({ name: node }) => /(^|-)controller-0$/.test(node));
    const listed = [];
    for (const { name: node } of first) listed.push(...(await hostStates(at, node)));
    const state = await terraform.must("state", "pull");
    const again = await terraform.plan();

    expect(listed).toHaveLength(nodes.length);
    expect(listed.filter((it) => !it.endsWith(" unlocked enabled available"))).toEqual([]);
    expect(state).not.toContain(STARLINGX_PASSWORD);
    expect(again.changes).toEqual([]);
    if (name === "distributed-cloud") {
      const list = "dcmanager subcloud list -c name -c management -f value";
      expect(await askStarlingx(at, "controller-0", list)).toBe("edge-1 managed\nedge-2 managed\n");
    }
    await terraform.destroy();
    expect(await world.leftovers()).toEqual([]);
  },
);
