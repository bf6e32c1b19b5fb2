/** Systems of nodes that are well, and the same ones in another order. */
import fc from "fast-check";
import type { NodeSystem } from "../../../images/node-system/node-system";

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const text = fc.string({ maxLength: 20, unit: "grapheme" });
const CONTENTS = "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n";

/** What both Ignition and cloud-config can say. */
export const nodeSystems: fc.Arbitrary<NodeSystem> = fc.record(
  {
    hostname: word,
    files: uniqueBy("path", {
      path: word.map((it) => `/etc/files/${it}`),
      content: fc.record({ text }),
      mode: fc.constantFrom(0o644, 0o600, 0o755),
    }),
    units: uniqueBy("name", {
      name: word.map((it) => `${it}.service`),
      contents: fc.constant(CONTENTS),
      enabled: fc.boolean(),
    }),
    users: uniqueBy("name", { name: word }),
  },
  { requiredKeys: [] },
);

function uniqueBy<K extends string, T extends Record<K, string>>(
  key: K,
  parts: { readonly [P in keyof T]: fc.Arbitrary<T[P]> },
): fc.Arbitrary<T[]> {
  const item = fc.record(parts) as unknown as fc.Arbitrary<T>;
  return fc.uniqueArray(item, { maxLength: 5, selector: (it) => it[key] });
}

/** The same lists in an order that the numbers choose. */
export function shuffledWith(system: NodeSystem, numbers: Iterable<number>): NodeSystem {
  const next = numbers[Symbol.iterator]();
  const shuffle = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, rank: Number(next.next().value) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  return Object.fromEntries(
    Object.entries(system).map(([key, value]: [string, unknown]) => [
      key,
      Array.isArray(value) ? shuffle(value) : value,
    ]),
  );
}
