/** Runs steps of orders.ts on a node, and finds what `{…}` in them stands for by asking the node. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { LabNode } from "./lab-node";
import { type Configuration, overridesOf, type Step, SUBCLOUD_VALUES } from "./orders";

/** A node with the files that a configuration's order needs, before the first step. */
export async function nodeFor(configuration: Configuration): Promise<LabNode> {
  const node = await LabNode.create();
  await node.writeOverrides(overridesOf(configuration));
  await writeFile(path.join(node.home, "subcloud-1.yml"), SUBCLOUD_VALUES);
  return node;
}

/** Runs steps, each of which must succeed. @param reached - is told each named point */
export async function runSteps(
  node: LabNode,
  steps: readonly Step[],
  reached: (point: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const step of steps) {
    const [word, ...rest] = step;
    if (word === "at") await reached(rest.join(" "));
    else if (word === "wait") node.now += Number(rest[0]);
    else if (word === "is") await expectState(node, rest);
    else await node.ok(...(await fillIn(node, step)));
  }
}

/** The step with what `{…}` stands for. */
export async function fillIn(node: LabNode, step: Step): Promise<string[]> {
  const words: string[] = [];
  for (const word of step) {
    const asked = /^\{(.*)\}$/.exec(word)?.[1]?.split(" ");
    words.push(asked === undefined ? word : await ask(node, asked));
  }
  return words;
}

async function ask(node: LabNode, [what, name = "", which]: readonly string[]): Promise<string> {
  if (what === "disk") {
    const disks = await node.rows("system", "host-disk-list", name);
    return found(disks.find((it) => it.device_node === which)?.uuid, what, name);
  }
  if (what === "network") {
    const networks = await node.rows("system", "interface-network-list", name);
    return found(networks.find((it) => it.ifname === which)?.uuid, what, name);
  }
  const columns = ["--column", "id", "--column", "mgmt_mac", "--format", "value"];
  const hosts = (await node.ok("system", "host-list", ...columns)).trim().split("\n");
  return found(hosts.find((it) => it.endsWith(` ${name}`))?.split(" ")[0], "host", name);
}

function found(value: string | undefined, ...what: readonly string[]): string {
  if (value === undefined) throw new Error(`there is no ${what.join(" ")}`);
  return value;
}

async function expectState(node: LabNode, [host = "", ...state]: readonly string[]): Promise<void> {
  const columns = ["administrative", "operational", "availability"].flatMap((it) => [
    "--column",
    it,
  ]);
  const shown = await node.ok("system", "host-show", host, ...columns, "--format", "value");
  if (shown.trim() !== state.join(" ")) throw new Error(`${host} is ${shown}`);
}
