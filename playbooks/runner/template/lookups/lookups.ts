/** `lookup`, `query` and `with_…`: every lookup by its name, and those that are refused. */
import { TemplateFailure } from "../failure";
import type { LookupCall } from "../jinja/frame";
import { pythonBool, pythonStr } from "../python";
import { Undefined } from "../values";
import { DATA_LOOKUPS } from "./data";
import { FILE_LOOKUPS } from "./files";
import type { Lookup, LookupContext } from "./lookup";
import { VARIABLE_LOOKUPS } from "./variables";

/** The one that is there for some runs only. */
export const ENVIRONMENT_LOOKUP = "env";
const WITH_A_PLAN =
  "the digests of a plan cannot see the environment: give the value as a variable; armstead play has it";

/** Variables of the process that runs the plays; a name may have more words behind it, as in Ansible. */
const env: Lookup = {
  options: ["default"],
  run: (terms, { files: { environment }, options }) =>
    terms.map((term) => {
      if (!environment)
        throw new TemplateFailure("other", `the lookup env is refused: ${WITH_A_PLAN}`);
      const [name = ""] = pythonStr(term).trim().split(/\s+/);
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (value !== undefined) return value;
      const { default: other = "" } = options;
      if (other instanceof Undefined) throw other.failure();
      return other;
    }),
};

/** By name. */
export const LOOKUPS: ReadonlyMap<string, Lookup> = new Map(
  Object.entries({
    ...DATA_LOOKUPS,
    ...FILE_LOOKUPS,
    ...VARIABLE_LOOKUPS,
    [ENVIRONMENT_LOOKUP]: env,
  }),
);

/** What is refused, with the nearest form. */
export const REFUSED_LOOKUPS: ReadonlyMap<string, string> = new Map([
  [
    "pipe",
    "commands run on nodes, never here: register the output of a task with delegate_to, or give it as a variable",
  ],
  ["lines", "commands run on nodes, never here: register the output of a task with delegate_to"],
  ["url", "nothing is fetched while templates are rendered: use the module uri and register"],
  [
    "password",
    "nothing is written here and nothing is random: give the password as a secret variable",
  ],
  ["random_choice", "every run would differ: use the filter random with a seed"],
  [ENVIRONMENT_LOOKUP, WITH_A_PLAN],
  ["unvault", "use the lookup file: files are decrypted before they travel"],
  ["config", "there is no ansible.cfg: write the value"],
]);

/** What a call gives. @throws TemplateFailure unless its `errors` say otherwise */
export function lookupIn(
  { name, terms, options, asList, scope }: LookupCall,
  parts: Pick<LookupContext, "files" | "render" | "template">,
): unknown {
  const { wantlist, errors = "strict", ...own } = options;
  const listed = asList || (wantlist !== undefined && pythonBool(wantlist));
  needLookup(name);
  try {
    const found = runLookup(name, terms, { name, options: own, scope, ...parts });
    if (listed) return found;
    // A lone value is given as it is, texts are joined, and anything else stays a list.
    if (found.length === 0) return found;
    if (found.every((it) => typeof it === "string")) return found.join(",");
    return found.length === 1 ? found[0] : found;
  } catch (error) {
    const forgiving = errors === "ignore" || errors === "warn";
    if (!(error instanceof TemplateFailure) || error.kind === "withheld" || !forgiving) throw error;
    return listed ? [] : null;
  }
}

/** The list that a lookup gives. @throws TemplateFailure */
function runLookup(
  name: string,
  terms: readonly unknown[],
  context: LookupContext,
): readonly unknown[] {
  const lookup = needLookup(name);
  const unknown = Object.keys(context.options).find((it) => !lookup.options?.includes(it));
  if (unknown !== undefined) {
    throw new TemplateFailure("other", `the lookup ${name} takes no option ${unknown}`);
  }
  for (const it of terms) if (it instanceof Undefined) throw it.failure();
  return lookup.run(terms, context);
}

function needLookup(name: string): Lookup {
  const lookup = LOOKUPS.get(name);
  if (lookup) return lookup;
  const refusal = REFUSED_LOOKUPS.get(name);
  const problem = refusal === undefined ? "is unknown" : `is refused: ${refusal}`;
  throw new TemplateFailure("other", `the lookup ${name} ${problem}`);
}
