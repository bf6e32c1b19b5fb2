/**
 * Which group a machine belongs to: the one with the most selectors that all match. Source: poseidon/matchbox
 * v0.11.0, matchbox/server/server.go and matchbox/storage/storagepb/group.go. Pure.
 */
import type { BootFiles, BootGroup, BootProfile } from "./boot-files";
import { tryNormalizeMac } from "./mac";

/** What a machine says of itself: `mac`, `uuid`, `hostname`, `serial`, `arch`, … */
export type Labels = Readonly<Record<string, string>>;

const MAC = "mac";

/** The labels of a request; an address that is none is dropped, as if it had not been sent. */
export function labelsOf(query: Labels): Labels {
  return Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => {
      const normal = key.toLowerCase() === MAC ? tryNormalizeMac(value) : value;
      return normal === undefined ? [] : [[key, normal]];
    }),
  );
}

/**
 * The group of a machine; undefined when none matches. Groups of equally many selectors are asked in falling
 * order of their `key=value` text, as upstream does, though its comment says rising.
 */
export function selectGroup(groups: readonly BootGroup[], query: Labels): BootGroup | undefined {
  const labels = labelsOf(query);
  return [...groups].sort(byWeight).find((it) => matches(it, labels));
}

/** The group of a machine and its profile. */
export function selectBoot(
  { profiles, groups }: BootFiles,
  query: Labels,
): { readonly group: BootGroup; readonly profile: BootProfile } | undefined {
  const group = selectGroup(groups, query);
  const profile = profiles.find(({ id }) => id === group?.profile);
  return group && profile ? { group, profile } : undefined;
}

/** A group's selectors as text, by which ties are settled and equal groups are found. */
export function selectorText({ selector }: Pick<BootGroup, "selector">): string {
  return entriesOf(selector)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(",");
}

function matches({ selector }: BootGroup, labels: Labels): boolean {
  return entriesOf(selector).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}

/** A MAC address is compared in one spelling, whatever the case of its key. */
function entriesOf(selector: BootGroup["selector"]): [string, string][] {
  return Object.entries(selector).map(([key, value]) => [
    key,
    key.toLowerCase() === MAC ? (tryNormalizeMac(value) ?? value) : value,
  ]);
}

function byWeight(left: BootGroup, right: BootGroup): number {
  const difference = Object.keys(right.selector).length - Object.keys(left.selector).length;
  if (difference !== 0) return difference;
  const [a, b] = [selectorText(left), selectorText(right)];
  return a < b ? 1 : a > b ? -1 : 0;
}
