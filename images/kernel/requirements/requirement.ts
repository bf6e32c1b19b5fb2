/** The shape of what a kernel must have, and short words to write tables of it. Data only. */
import type { Architecture } from "../../../core/names";
import type { KernelVersion, VersionText } from "../kernel-version";
import { type OptionName, PURPOSES } from "./purposes";

/** Versions of the cgroup file system: 2 is the unified one. */
export const CGROUP_VERSIONS = [1, 2] as const;
/** 1 or 2. */
export type CgroupVersion = (typeof CGROUP_VERSIONS)[number];

/** Whether a set can be met without it. */
export type Need = "required" | "optional";

/** When a requirement is asked at all; all that is given must hold. */
export interface Condition {
  /** From this version of the kernel on. @default - from the first */
  readonly from?: VersionText;
  /** Up to the last version before this one. @default - for ever */
  readonly before?: VersionText;
  /** @default - both */
  readonly cgroup?: CgroupVersion;
  /** @default - all */
  readonly architecture?: Architecture;
  /** Not with an option that stands in for it, or forbids it. @default - none */
  readonly without?: { readonly option: string; readonly because: string };
}

/** An option that upstream's list still names although kernels have it no more: then it is not judged. */
export interface Obsolete {
  /** First version without the option. @default - no kernel has it */
  readonly from?: VersionText;
  readonly because: string;
}

/** What a requirement is judged by, beside the config. */
export interface KernelFacts {
  /** Of the kernel that runs, or will run. */
  readonly version: KernelVersion;
  readonly cgroup: CgroupVersion;
  /** Whether the running kernel itself says that it is a real-time one. @default - nobody asked it */
  readonly saysRealtime?: boolean;
}

interface Common {
  /** As tables show it; unique in its set. */
  readonly name: string;
  readonly need: Need;
  /** What it is for, in one clause. */
  readonly purpose: string;
  /** @default - always asked */
  readonly when?: Condition;
}

/** Met by options: one of the alternatives, with all that belong to it. */
export interface OptionRequirement extends Common {
  readonly kind: "options";
  /** Without `CONFIG_`; the first is the usual one. */
  readonly alternatives: readonly (readonly string[])[];
  /** @default - kernels have it */
  readonly obsolete?: Obsolete;
  /** Met without the config when this holds. @default - only the config counts */
  readonly orWhen?: (facts: KernelFacts) => boolean;
}

/** Met by what the node is, whatever its config says. */
export interface FactRequirement extends Common {
  readonly kind: "fact";
  readonly holds: (facts: KernelFacts) => boolean;
  /** What there must be, in words: `5.4, 5.10, 5.15, or 6.0 and later`. */
  readonly wanted: string;
}

/** One item of a set. */
export type Requirement = OptionRequirement | FactRequirement;

/** Sets, in the words of the command line. */
export const SET_NAMES = ["docker", "k8s", "k3s", "realtime"] as const;
/** One of {@link SET_NAMES}. */
export type SetName = (typeof SET_NAMES)[number];

/** What one kind of use asks of a kernel. */
export interface RequirementSet {
  readonly name: SetName;
  /** What it is for: `Docker Engine`. */
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

/** One requirement an option, each required. */
export function required(options: readonly OptionName[], when?: Condition): OptionRequirement[] {
  return options.map((it) => oneOf("required", [it], when));
}

/** One requirement an option, none of them required. */
export function optional(options: readonly OptionName[], when?: Condition): OptionRequirement[] {
  return options.map((it) => oneOf("optional", [it], when));
}

/** One requirement that any of the alternatives meets; its purpose is that of the first option. */
export function oneOf(
  need: Need,
  alternatives: readonly [OptionName, ...(OptionName | readonly OptionName[])[]],
  when?: Condition,
): OptionRequirement {
  const groups = alternatives.map((it) => (typeof it === "string" ? [it] : it));
  return {
    kind: "options",
    name: groups.map((it) => it.join(" and ")).join(" or "),
    need,
    purpose: PURPOSES[alternatives[0]],
    alternatives: groups,
    ...(when === undefined ? {} : { when }),
  };
}

/** An optional one that newer kernels cannot meet. */
export function obsolete(option: OptionName, why: Obsolete): OptionRequirement {
  return { ...oneOf("optional", [option]), obsolete: why };
}
