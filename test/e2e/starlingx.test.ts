/**
 * The six examples of StarlingX, from their cluster files to systems that work, by the real terraform, on nodes of the process
 * driver with the scripted commands. They prove the way, not StarlingX.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { STARLINGX_NAMES } from "../../cluster/deployments/starlingx/kinds";
import { nodesOf, onNode } from "./support/on-node";
import { Terraform } from "./support/terraform";
import { ROOT, World } from "./support/world";

jest.setTimeout(600_000);

const PASSWORD = "Li69nux*e2e";
const SECRETS = {
  TF_VAR_starlingx_admin_password: PASSWORD,
  TF_VAR_starlingx_sysadmin_password: PASSWORD,
};
const STATES = ["hostname", "administrative", "operational", "availability"];
const LIST = STATES.flatMap((it) => ["--column", it]).join(" ");

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(() => world.close());

test.each(STARLINGX_NAMES)(
  "%s is deployed, nothing is left to do, and it goes again",
  async (name) => {
    const cluster = clusterOf(name);
    const { folder, env } = await world.synth(cluster);
    const terraform = new Terraform(folder, { ...env, ...SECRETS });
    const at = { world, terraform };

    await terraform.must("apply", "-auto-approve", "-input=false");
    const nodes = await nodesOf(terraform);
    const first = nodes.filter(({ name: node }) => /(^|-)controller-0$/.test(node));
    const listed = [];
    for (const { name: node } of first) {
      const script = `. /etc/platform/openrc; system host-list ${LIST} --format value`;
      listed.push(...(await onNode(at, node, ["sh", "-c", script])).trim().split("\n"));
    }
    const state = await terraform.must("state", "pull");
    const again = await terraform.plan();

    expect(listed).toHaveLength(nodes.length);
    expect(listed.filter((it) => !it.endsWith(" unlocked enabled available"))).toEqual([]);
    expect(state).not.toContain(PASSWORD);
    expect(again.changes).toEqual([]);
    if (name === "distributed-cloud") {
      const script =
        ". /etc/platform/openrc; dcmanager subcloud list -c name -c management -f value";
      expect(await onNode(at, "controller-0", ["sh", "-c", script])).toBe(
        "edge-1 managed\nedge-2 managed\n",
      );
    }
    await terraform.destroy();
    expect(await world.leftovers()).toEqual([]);
  },
);

/** The example on this world's lab. */
function clusterOf(name: string): Record<string, unknown> {
  const file = path.join(ROOT, "examples", `starlingx-${name}`, "cluster.yaml");
  const { image, kernel, pools, deployment, registries, bootstrap } = parse(
    readFileSync(file, "utf8"),
  ) as Record<string, unknown>;
  const own = { image, pools, deployment, registries, bootstrap };
  return world.cluster(kernel === undefined ? own : { ...own, kernel });
}
