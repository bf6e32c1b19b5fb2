import { readFile } from "node:fs/promises";
import path from "node:path";
import type { LabNode } from "./lab-node";
import { Points } from "./points";
import { fillIn, runSteps } from "./run-steps";
import { TEN_WRONG_ORDERS } from "./ten-wrong-orders";
import { WRONG_ORDERS } from "./wrong-orders";

const points = new Points();

beforeAll(async () => {
  await points.reach(WRONG_ORDERS.map(({ configuration, after }) => [configuration, after]));
});

afterAll(async () => {
  await points.remove();
});

test.each(WRONG_ORDERS)("refused: $name", async ({ configuration, after, then, wrong, says }) => {
  const node = await points.fork([configuration, after]);
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
