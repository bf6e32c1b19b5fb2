/** Nodes at named points of the right orders: each order is run once, and copied where a test wants it. */
import type { LabNode } from "./lab-node";
import { type Configuration, CONFIGURATIONS, orderOf } from "./orders";
import { nodeFor, runSteps } from "./run-steps";

/** A configuration and a point of its order. */
export type Point = readonly [Configuration, string];

/** See the header. */
export class Points {
  readonly #nodes = new Map<string, LabNode>();

  /** Runs the orders as far as the points are. */
  async reach(points: readonly Point[]): Promise<void> {
    await Promise.all(CONFIGURATIONS.map((it) => this.#run(it, points)));
  }

  /** A node at a point, which is the caller's to change and to remove. */
  async fork([configuration, point]: Point): Promise<LabNode> {
    const node = this.#nodes.get(`${configuration} ${point}`);
    if (node === undefined) throw new Error(`${configuration} has no point ${point}`);
    return await node.fork();
  }

  async remove(): Promise<void> {
    await Promise.all([...this.#nodes.values()].map((it) => it.remove()));
  }

  async #run(configuration: Configuration, points: readonly Point[]): Promise<void> {
    const wanted = new Set(points.filter(([it]) => it === configuration).map(([, it]) => it));
    if (wanted.size === 0) return;
    const order = orderOf(configuration);
    const last = order.findLastIndex(([word, it = ""]) => word === "at" && wanted.has(it));
    const node = await nodeFor(configuration);
    await runSteps(node, order.slice(0, last + 1), async (point) => {
      if (wanted.has(point)) this.#nodes.set(`${configuration} ${point}`, await node.fork());
    });
    await node.remove();
  }
}
