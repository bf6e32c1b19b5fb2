/** Kernels of tests: configs by their options. */
import { KernelConfig } from "../../../images/kernel/config/kernel-config";
import { type Verdict, judgeKernel } from "../../../images/kernel/judge";
import { tryParseVersion } from "../../../images/kernel/kernel-version";
import type {
  CgroupVersion,
  KernelFacts,
  SetName,
} from "../../../images/kernel/requirements/requirement";
import { REQUIREMENT_SETS } from "../../../images/kernel/requirements/sets";

/** A config that has these options, and no other. */
export function configOf(options: Readonly<Record<string, string>>): KernelConfig {
  return new KernelConfig(new Map(Object.entries(options)));
}

/** What the node is, with cgroup 2 unless told otherwise. */
export function factsOf(release: string, cgroup: CgroupVersion = 2): KernelFacts {
  const version = tryParseVersion(release);
  if (!version) throw new Error(`${release} is no version`);
  return { version, cgroup };
}

/** Names of a set's items that came to this. */
export function namesOf(
  set: SetName,
  verdict: Verdict,
  config: KernelConfig,
  facts: KernelFacts,
): string[] {
  const { items } = judgeKernel(REQUIREMENT_SETS[set], config, facts);
  return items.filter((it) => it.verdict === verdict).map(({ name }) => name);
}
