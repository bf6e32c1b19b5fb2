/** Whatever a file holds, loading ends with a cluster or with faults that say where. */
import path from "node:path";
import fc from "fast-check";
import { UserFault } from "../../core/faults";
import { readCluster } from "../../stacks";
import { clusterFolder } from "../support/cluster-folder";
import { loadCases } from "../support/cases";
import { writeFileSync } from "node:fs";

const texts = loadCases<{ yaml: string[] }>(path.join(__dirname, "load")).map(
  ({ yaml }) => `${yaml.join("\n")}\n`,
);
const folder = clusterFolder("");
const WEIRD = [
  "{",
  "}",
  "[",
  "]",
  ":",
  "- ",
  "\n",
  "\t",
  "&a",
  "*a",
  "!!binary",
  "|",
  ">",
  "? ",
  "'",
  '"',
  "~",
  "null",
  "-1",
  "1e999",
  ".inf",
  "0x10",
  "yes",
  "<<",
  "#",
  "---",
  "...",
  "%YAML 1.1",
  "\u0000",
  "\u2028",
  "é",
  "💥",
  "__proto__",
  "constructor",
  "${x}",
  "{{ x }}",
  "\\",
  "/",
  "count",
  "pools",
  "names: [a, a]",
];

const mutated = fc
  .record({
    text: fc.constantFrom(...texts),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat({ max: 12 }),
        put: fc.constantFrom("", ...WEIRD),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ text, edits }) =>
    edits.reduce((rest, { at, cut, put }) => {
      const from = Math.floor(at * rest.length);
      return rest.slice(0, from) + put + rest.slice(from + cut);
    }, text),
  );

test("loadCluster() answers any file with a cluster, or with faults at places in it", () => {
  fc.assert(
    fc.property(mutated, (text) => {
      const faults = load(text);

      const lines = text.split("\n").length;
      for (const { position, problem } of faults) {
        expect(problem).not.toBe("");
        expect(position?.line).toBeGreaterThanOrEqual(1);
        expect(position?.line).toBeLessThanOrEqual(lines);
        expect(position?.column).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: 600, seed: 11 },
  );
});

function load(text: string): UserFault["faults"] {
  writeFileSync(path.join(folder, "cluster.yaml"), text);
  try {
    readCluster("cluster.yaml", { environment: { HOME: "/nowhere" }, folder });
    return [];
  } catch (error) {
    if (error instanceof UserFault) return error.faults;
    throw error;
  }
}
