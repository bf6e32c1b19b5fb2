/** What a check of a cluster finds, in the words of cluster files. Constructs, which have no file, take the fault alone. */
import type { Code } from "../core/faults";
import {
  type Finding,
  findingIn,
  type FindingParts,
  type NamedLists,
  type ValuePath,
} from "../core/finding";

export {
  type Finding,
  type FindingParts,
  formatPath,
  valueAt,
  type ValuePath,
} from "../core/finding";

/** Lists whose items have a name by which people know them. */
const NAMED: NamedLists = {
  pools: { word: "pool", by: "name" },
  "registries.mirrors": { word: "mirror", by: "registry" },
};

/**
 * Makes a finding. The fault's path is what a person calls the place: `pool "workers"`.
 * @param root - the file's content, or an object of its shape: names are looked up in it
 */
export function finding(code: Code, at: ValuePath, root: unknown, parts: FindingParts): Finding {
  return findingIn(NAMED, code, at, root, parts);
}
