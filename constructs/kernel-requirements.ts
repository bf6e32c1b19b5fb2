/**
 * What a kernel must have, as lines of text for the play kernel-requirements, which looks on the nodes: from the
 * same tables that `armstead kernel check` judges by. Pure.
 */
import type {
  OptionRequirement,
  Requirement,
  SetName,
} from "../images/kernel/requirements/requirement";
import { REQUIREMENT_SETS } from "../images/kernel/requirements/sets";
import type { DeploymentPlay } from "./deployment-play";
import { shippedPlay } from "./shipped-play";

/** The play that looks; it belongs in front of those that install something. */
export function kernelPlay(): DeploymentPlay {
  return shippedPlay("kernel-requirements");
}

/** Variables of the play. */
export function kernelVars(set: SetName): Readonly<Record<string, unknown>> {
  return {
    kernel_requirements_of: REQUIREMENT_SETS[set].title,
    kernel_requirements: requirementLines(set),
  };
}

/**
 * The required options of a set, one a line: `name|alternatives|from|before|cgroup`. Alternatives stand apart by
 * blanks, the options of one by commas. What no config shows is left to the tools that know the node better.
 */
export function requirementLines(set: SetName): string[] {
  return REQUIREMENT_SETS[set].requirements.filter(isAsked).map(lineOf);
}

function isAsked(it: Requirement): it is OptionRequirement {
  const isArm = it.when?.architecture === undefined || it.when.architecture === "arm64";
  return it.kind === "options" && it.need === "required" && isArm;
}

function lineOf({ name, alternatives, when }: OptionRequirement): string {
  const { from = "", before = "", cgroup = "" } = when ?? {};
  const options = alternatives.map((group) => group.join(",")).join(" ");
  return [name, options, from, before, cgroup].join("|");
}
