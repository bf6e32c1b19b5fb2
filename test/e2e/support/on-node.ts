/** Commands on the nodes of a deployed world, over SSH with the keys that Terraform pinned. */
import { Secret } from "../../../core/secret";
import { type DemoNode, openNode, readNodes } from "../../../demo/node";
import type { Terraform } from "./terraform";
import type { World } from "./world";

/** The nodes as the stack's outputs tell them. */
export async function nodesOf(terraform: Terraform): Promise<DemoNode[]> {
  return readNodes((await terraform.outputs()).nodes);
}

/** Runs a command on a node. @returns its stdout; throws when it fails */
export async function onNode(
  { world, terraform }: { readonly world: World; readonly terraform: Terraform },
  name: string,
  argv: readonly string[],
): Promise<string> {
  const node = (await nodesOf(terraform)).find((it) => it.name === name);
  if (!node) throw new Error(`no node ${name}`);
  const signal = AbortSignal.timeout(60_000);
  const host = await openNode(node, { key: new Secret(world.privateKey), signal });
  try {
    const { code, stdout, stderr } = await host.query({ argv }, { signal });
    if (code !== 0) throw new Error(`${argv.join(" ")}: ${stderr}`);
    return stdout;
  } finally {
    host.close();
  }
}

/** `etcdctl` on a node, against the node's own member or gateway. */
export async function etcdctl(
  at: { readonly world: World; readonly terraform: Terraform },
  name: string,
  words: readonly string[],
): Promise<string> {
  const node = (await nodesOf(at.terraform)).find((it) => it.name === name);
  const endpoint = `http://${node?.private_address ?? ""}:2379`;
  return onNode(at, name, ["etcdctl", "--endpoints", endpoint, ...words]);
}

/** Hosts on which a task changed something since the last call, and how many commands may have changed anything. */
export function takeTouched(world: World): { readonly hosts: string[]; readonly changes: number } {
  const ends = world.takeEvents().flatMap((it) => (it.event === "task.end" ? [it] : []));
  const changed = ends.filter(({ status }) => status === "changed").map(({ host }) => host);
  return {
    hosts: [...new Set(changed)].sort(),
    changes: ends.reduce((sum, it) => sum + it.changes, 0),
  };
}
