/**
 * A hundred random clusters that keep the rules are synthesized, and the real terraform takes them; a hundred that
 * were spoilt are refused, each with codes and positions.
 */
import fc from "fast-check";
import { ArmCluster } from "../../constructs";
import { UserFault } from "../../core/faults";
import { loadText } from "../support/cluster-folder";
import { validate } from "../support/validated";
import { randomClusterFile } from "./random-clusters";
import { spoilt } from "./mutations";

const RUNS = 100;
/** The same ones every time: a new one that fails is to be found by who changes something, not by who comes next. */
const SEED = 20261121;

test("a hundred random clusters are one valid Terraform configuration", () => {
  const files = fc.sample(randomClusterFile, { numRuns: RUNS, seed: SEED });

  const validated = validate((stack) => {
    for (const [n, file] of files.entries()) {
      const { config } = loadText(JSON.stringify(file));
      ArmCluster.fromConfig(stack, `edge-${n}`, config);
    }
  });

  expect(files).toHaveLength(RUNS);
  expect(validated).toMatchObject({ valid: true, diagnostics: [] });
});

test("a hundred spoilt ones are refused with a code and a position, and no other error", () => {
  fc.assert(
    fc.property(spoilt(randomClusterFile), ({ how, file }) => {
      const faults = faultsOf(JSON.stringify(file, undefined, 1));

      expect({ how, count: faults.length }).not.toEqual({ how, count: 0 });
      for (const { code, position } of faults) {
        expect(code).toMatch(/^AS1\d{3}$/);
        expect(position?.file).toBe("cluster.yaml");
        expect(position?.line).toBeGreaterThan(0);
        expect(position?.column).toBeGreaterThan(0);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

function faultsOf(text: string): UserFault["faults"] {
  try {
    loadText(text);
    return [];
  } catch (error) {
    if (error instanceof UserFault) return error.faults;
    throw error;
  }
}
