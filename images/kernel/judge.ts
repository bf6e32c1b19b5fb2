/**
 * Judges a kernel item by item: its config, its version and its cgroups against sets of requirements.
 * Pure. To switch on an option never makes things worse: conditions on options only excuse.
 */
import type { KernelConfig } from "./config/kernel-config";
import { isBefore } from "./kernel-version";
import type {
  Condition,
  FactRequirement,
  KernelFacts,
  Need,
  OptionRequirement,
  Requirement,
  RequirementSet,
  SetName,
} from "./requirements/requirement";

/** `met` is what no option shows: the kernel's version, or what the running kernel says of itself. */
export type Verdict = "built-in" | "module" | "met" | "missing" | "not-applicable";

/** What became of one requirement. */
export interface JudgedItem {
  readonly name: string;
  readonly need: Need;
  readonly verdict: Verdict;
  /** For what it is needed, or why it is not asked. */
  readonly why: string;
  /** Options that were looked at → value as written; null for what the config does not name. */
  readonly options: Readonly<Record<string, string | null>>;
}

/** How many requirements of one need came to what. */
export interface Count {
  readonly met: number;
  readonly missing: number;
  readonly notApplicable: number;
}

/** What became of one set. */
export interface JudgedSet {
  readonly name: SetName;
  readonly title: string;
  /** Nothing that is required is missing. */
  readonly met: boolean;
  readonly required: Count;
  readonly optional: Count;
  /** In the order of the table. */
  readonly items: readonly JudgedItem[];
}

/** Judges one set. */
export function judgeKernel(
  set: RequirementSet,
  config: KernelConfig,
  facts: KernelFacts,
): JudgedSet {
  const items = set.requirements.map((it) => judgeRequirement(it, config, facts));
  const required = count(items, "required");
  return {
    name: set.name,
    title: set.title,
    met: required.missing === 0,
    required,
    optional: count(items, "optional"),
    items,
  };
}

/** Judges one requirement. */
export function judgeRequirement(
  requirement: Requirement,
  config: KernelConfig,
  facts: KernelFacts,
): JudgedItem {
  const { name, need, when } = requirement;
  const options = requirement.kind === "options" ? valuesOf(requirement, config) : {};
  const excuse = when && excuseOf(when, config, facts);
  if (excuse !== undefined) {
    return { name, need, verdict: "not-applicable", why: excuse, options };
  }
  const judged =
    requirement.kind === "options"
      ? judgeOptions(requirement, config, facts)
      : judgeFact(requirement, facts);
  return { name, need, ...judged, options };
}

type Judged = Pick<JudgedItem, "verdict" | "why">;

function judgeOptions(
  { alternatives, obsolete, orWhen, purpose }: OptionRequirement,
  config: KernelConfig,
  facts: KernelFacts,
): Judged {
  const states = alternatives.map((group) => group.map((it) => config.state(it)));
  const met = states.filter((group) => group.every((it) => it !== "n"));
  if (met.some((group) => group.every((it) => it === "y"))) {
    return { verdict: "built-in", why: purpose };
  }
  if (met.length > 0) return { verdict: "module", why: purpose };
  if (orWhen?.(facts) === true) {
    return { verdict: "met", why: `${purpose}: the running kernel says so` };
  }
  if (obsolete && !(obsolete.from !== undefined && isBefore(facts.version, obsolete.from))) {
    const since = obsolete.from === undefined ? "" : `from Linux ${obsolete.from} on: `;
    return { verdict: "not-applicable", why: `${since}${obsolete.because}` };
  }
  return { verdict: "missing", why: purpose };
}

function judgeFact({ holds, purpose, wanted }: FactRequirement, facts: KernelFacts): Judged {
  if (holds(facts)) return { verdict: "met", why: purpose };
  return { verdict: "missing", why: `wanted: ${wanted}; ${purpose}` };
}

/** Why the requirement is not asked here; undefined when it is. */
function excuseOf(
  { from, before, cgroup, architecture, without }: Condition,
  config: KernelConfig,
  facts: KernelFacts,
): string | undefined {
  if (from !== undefined && isBefore(facts.version, from)) return `only from Linux ${from} on`;
  if (before !== undefined && !isBefore(facts.version, before))
    return `only before Linux ${before}`;
  if (cgroup !== undefined && facts.cgroup !== cgroup) return `only with cgroup ${cgroup}`;
  if (architecture !== undefined && config.architecture !== architecture) {
    return `only on ${architecture}`;
  }
  if (without !== undefined && config.state(without.option) !== "n") {
    return `with ${without.option}: ${without.because}`;
  }
  return undefined;
}

function valuesOf(
  { alternatives }: OptionRequirement,
  config: KernelConfig,
): Record<string, string | null> {
  return Object.fromEntries(alternatives.flat().map((it) => [it, config.value(it) ?? null]));
}

function count(items: readonly JudgedItem[], need: Need): Count {
  const verdicts = items.filter((it) => it.need === need).map(({ verdict }) => verdict);
  const missing = verdicts.filter((it) => it === "missing").length;
  const notApplicable = verdicts.filter((it) => it === "not-applicable").length;
  return { met: verdicts.length - missing - notApplicable, missing, notApplicable };
}
