/** Findings of a site: paths count from the site's options, places from the whole file. Pure. */
import type { Code } from "../../../../core/faults";
import type { ClusterSpec } from "../../../config";
import { finding, type Finding, type FindingParts, type ValuePath } from "../../../finding";
import type { Site } from "../site";

/** A rule: everything that is wrong with a site. */
export type SiteRule = (site: Site, cluster: ClusterSpec) => readonly Finding[];

/** A finding at a place below the site's options. */
export function findingAt(
  code: Code,
  { at }: Pick<Site, "at">,
  below: ValuePath,
  cluster: ClusterSpec,
  parts: FindingParts,
): Finding {
  return finding(code, [...at, ...below], cluster, parts);
}

/** Numbers in words: `exactly 2`, `2 to 9`. */
export function rangeText(min: number, max: number): string {
  return min === max ? `exactly ${min}` : `${min} to ${max}`;
}
