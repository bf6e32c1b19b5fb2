/** `ansible.builtin.setup`: gathers facts anew. */
import { gatherFacts } from "../facts/gather-facts";
import { textList, whole } from "./args/fields";
import { defineModule } from "./define-module";

/** See the file's header. All facts come in one round trip, so subsets are accepted and not cut. */
export const setupModule = defineModule({
  name: "setup",
  args: {
    filter: textList().default([]),
    gather_subset: textList().default(["all"]),
    gather_timeout: whole().default(10),
  },
  async run({ host, signal }, { filter }) {
    const gathered = await gatherFacts(host, { signal });
    const facts = Object.fromEntries(
      Object.entries(gathered).filter(([name]) => name === "ansible_facts" || fits(name, filter)),
    );
    return { changed: false, facts, values: { ansible_facts: facts.ansible_facts } };
  },
});

/** Shell patterns, with or without the prefix. */
function fits(name: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((it) => {
    const source = it
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^(ansible_)?${source}$`).test(name);
  });
}
