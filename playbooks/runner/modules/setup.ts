/** `ansible.builtin.setup` and `gather_facts`: gather facts anew. */
import { gatherFacts } from "../facts/gather-facts";
import { factsByFilter, factsOfSubsets, unknownSubset } from "../facts/subsets";
import { isMapping } from "../../../core/mapping";
import type { TaskContext, TaskResult } from "../module";
import { flag, textList, whole } from "./args/fields";
import { defineModule } from "./define-module";
import { TaskFailure } from "./task-failure";

const ARGS = {
  filter: textList().default([]),
  gather_subset: textList().default(["all"]),
  // All facts come in one round trip, which has the time of the connection.
  gather_timeout: whole().default(10),
};
const REFUSED = { fact_path: "read the files with slurp, and use set_fact" };

/** See the file's header. */
export const setupModule = defineModule({
  name: "setup",
  args: ARGS,
  refused: REFUSED,
  run: (context, { filter, gather_subset: subsets }) => gather(context, subsets, filter),
});

/** The same, in the form of a task. */
export const gatherFactsModule = defineModule({
  name: "gather_facts",
  args: { ...ARGS, parallel: flag().optional() },
  refused: REFUSED,
  run: (context, { filter, gather_subset: subsets }) => gather(context, subsets, filter),
});

async function gather(
  { host, signal }: TaskContext,
  subsets: readonly string[],
  filter: readonly string[],
): Promise<TaskResult> {
  const unknown = unknownSubset(subsets);
  if (unknown !== undefined) throw new TaskFailure(`Bad subset '${unknown}' given to Ansible.`);
  const { ansible_facts: all } = await gatherFacts(host, { signal });
  const { gather_subset: _, module_setup: __, ...facts } = isMapping(all) ? all : {};
  const told = factsByFilter(factsOfSubsets(facts, subsets), filter);
  const marks = { gather_subset: [...subsets], module_setup: true };
  const own = factsByFilter(marks, filter);
  const prefixed = Object.entries(told).map(([name, it]) => [`ansible_${name}`, it] as const);
  // What tells of the gathering itself has no prefix.
  const hostFacts = { ...Object.fromEntries(prefixed), ...own };
  return { changed: false, hostFacts, values: { ansible_facts: hostFacts } };
}
