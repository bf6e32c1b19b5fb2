/** Rules of containers as such: names, whose user they run as, and keys that do nothing. Pure. */
import { type Found, found, type Parts, type Placed, type PlacedContainer } from "../parts";

/** Identifiers of containerd (its identifiers package). */
const IDENTIFIER = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;
const MAX_IDENTIFIER = 76;

/** See the header. */
export function checkContainers(parts: Parts): Found[] {
  return [
    ...checkNames(parts),
    ...[...parts.containers, ...parts.files].flatMap((it) => checkOwners(it, parts)),
    ...parts.containers.flatMap(checkKeys),
    ...parts.trust.map((it) =>
      found("AS1761", it, [], {
        key: true,
        severity: "warning",
        problem: "trust has no effect: linuxkit ignores it",
      }),
    ),
  ];
}

function checkNames({ containers }: Parts): Found[] {
  const seen = new Set<string>();
  return containers.flatMap((it): Found[] => {
    const given = it.value.name;
    if (!IDENTIFIER.test(given) || given.length > MAX_IDENTIFIER) {
      return [found("AS1754", it, ["name"], { given })];
    }
    // Containers that run one after the other may share a name.
    if (it.list !== "services") return [];
    const isRepeated = seen.has(given);
    seen.add(given);
    return isRepeated
      ? [found("AS1753", it, ["name"], { problem: "another service has the name", given })]
      : [];
  });
}

/** Numbers, `root`, or names of containers. */
function checkOwners(
  it: Placed<{ readonly uid?: unknown; readonly gid?: unknown; readonly additionalGids?: unknown }>,
  { names }: Parts,
): Found[] {
  const groups: unknown[] = Array.isArray(it.value.additionalGids) ? it.value.additionalGids : [];
  const given: [readonly (string | number)[], unknown][] = [
    [["uid"], it.value.uid],
    [["gid"], it.value.gid],
    ...groups.map((id, n): [readonly (string | number)[], unknown] => [["additionalGids", n], id]),
  ];
  return given.flatMap(([below, id]): Found[] => {
    if (typeof id !== "string" || id === "" || id === "root" || names.has(id)) return [];
    const hint = /^\d+$/.test(id)
      ? { hint: "write the number without quotes" }
      : { allowed: ["root", ...names] };
    return [found("AS1766", it, below, { given: id, ...hint })];
  });
}

const REPLACED = [
  ["capabilities.add", "capabilities"],
  ["binds.add", "binds"],
] as const;

function checkKeys(it: PlacedContainer): Found[] {
  const { value } = it;
  const ignored = REPLACED.filter(
    ([key, by]) => value[key] !== undefined && value[by] !== undefined,
  );
  return [
    ...ignored.map(([key, by]) =>
      found("AS1761", it, [key], {
        key: true,
        severity: "warning",
        problem: `${key} has no effect beside ${by}`,
      }),
    ),
    ...(value.runtime?.namespace !== undefined && it.list !== "services"
      ? [found("AS1767", it, ["runtime", "namespace"], { key: true })]
      : []),
    ...(value.resources?.hugepageLimits === undefined
      ? []
      : [found("AS1768", it, ["resources", "hugepageLimits"], { key: true })]),
  ];
}
