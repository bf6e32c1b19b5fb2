import { readFile } from "node:fs/promises";
import path from "node:path";
import type { LabNode } from "./lab-node";
import { type Configuration, CONFIGURATIONS, orderOf } from "./orders";
import { fillIn, nodeFor, runSteps } from "./run-steps";
import { TEN_WRONG_ORDERS, WRONG_ORDERS } from "./wrong-orders";

// Each order is run once; at every point that a wrong one leaves it, the node is copied.
const copies = new Map<string, Promise<LabNode>>();

beforeAll(async () => {
  await Promise.all(CONFIGURATIONS.map(runAndCopy));
});

afterAll(async () => {
  for (const copy of copies.values()) await (await copy).remove();
});

test.each(WRONG_ORDERS)("refused: $name", async ({ configuration, after, then, wrong, says }) => {
  const node = await (await copyOf(configuration, after)).fork();
  await runSteps(node, then ?? []);
  const argv = await fillIn(node, wrong);
  const state = await stateOf(node);

  const refusal = await node.refusal(...argv);

  expect(refusal).toContain(says);
  expect(await stateOf(node)).toBe(state);
  const last = (await node.log()).at(-1);
  expect(last).toMatchObject({ exit: 1, refused: refusal });
  expect(last?.argv.slice(0, 2)).toEqual(argv.slice(0, 2));
  await node.remove();
});

test("at least twenty wrong orders are known, and their names differ", () => {
  expect(new Set(WRONG_ORDERS.map(({ name }) => name)).size).toBe(WRONG_ORDERS.length);
  expect(WRONG_ORDERS.length).toBeGreaterThanOrEqual(20);
  expect(TEN_WRONG_ORDERS).toHaveLength(10);
});

/** Nothing of a refused command is kept. */
async function stateOf(node: LabNode): Promise<string> {
  const file = path.join(node.root, "var/lib/starlingx-lab/state");
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").sort().join("\n");
}

async function runAndCopy(configuration: Configuration): Promise<void> {
  const wanted = WRONG_ORDERS.filter((it) => it.configuration === configuration);
  const points = new Set(wanted.map(({ after }) => after));
  const node = await nodeFor(configuration);
  await runSteps(node, orderOf(configuration), async (point) => {
    if (points.has(point))
      copies.set(`${configuration} ${point}`, Promise.resolve(await node.fork()));
  });
  await node.remove();
}

async function copyOf(configuration: Configuration, point: string): Promise<LabNode> {
  const copy = copies.get(`${configuration} ${point}`);
  if (copy === undefined) throw new Error(`${configuration} has no point ${point}`);
  return await copy;
}
