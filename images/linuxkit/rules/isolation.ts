/** Rules of what a container may do, and what it shares with its node. Pure. */
import { type Found, found, type Parts, type PlacedContainer } from "../parts";
import { CAPABILITIES, CAPABILITY_WORDS } from "../tables/capabilities";
import { RESOURCE_LIMITS } from "../tables/limits";

/** Words of each namespace; besides, an absolute path. */
const NAMESPACES = {
  net: ["host", "root", "none", "new"],
  pid: ["host", "root", "new"],
  ipc: ["host", "root", "new"],
  uts: ["host", "root", "new"],
  userns: ["host", "root", "new"],
} as const;
const BOUND_NAMESPACES = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"] as const;
/** Only what linuxkit splits at: an absolute path that no shell and no YAML reader changes. */
const ABSOLUTE = /^\/[^\0\n]*$/;
const DEVICE_TYPES = ["b", "c", "u", "p"];

/** See the header. */
export function checkIsolation({ containers }: Parts): Found[] {
  return containers.flatMap((it) => [
    ...(["capabilities", "capabilities.add", "ambient"] as const).flatMap((key) =>
      checkCapabilities(it, key),
    ),
    ...checkNamespaces(it),
    ...checkLimits(it),
    ...checkDevices(it),
  ]);
}

function checkCapabilities(
  it: PlacedContainer,
  key: "capabilities" | "capabilities.add" | "ambient",
): Found[] {
  const given = it.value[key] ?? [];
  return given.flatMap((name, n): Found[] => {
    if (CAPABILITIES.includes(name)) return [];
    const isWord = CAPABILITY_WORDS.includes(name.toLowerCase());
    // To a list of a label nothing but names can be added.
    if (isWord && given.length === 1 && key !== "capabilities.add") return [];
    const problem = isWord ? `${name.toLowerCase()} must stand alone in ${key}` : undefined;
    const suggestion = CAPABILITIES.find((known) => known === `CAP_${name.toUpperCase()}`);
    return [
      found("AS1760", it, [key, n], {
        given: name,
        ...(problem === undefined ? { allowed: "the names of capabilities(7)" } : { problem }),
        ...(suggestion === undefined ? {} : { suggestion }),
      }),
    ];
  });
}

function checkNamespaces(it: PlacedContainer): Found[] {
  const own = Object.entries(NAMESPACES).flatMap(([key, words]): Found[] => {
    const given = it.value[key as keyof typeof NAMESPACES];
    if (given === undefined || given === "" || (words as readonly string[]).includes(given))
      return [];
    return ABSOLUTE.test(given)
      ? []
      : [
          found("AS1762", it, [key], {
            problem: `${key} is no namespace`,
            given,
            allowed: [...words, "an absolute path"],
          }),
        ];
  });
  const bound = BOUND_NAMESPACES.flatMap((key): Found[] => {
    const given = it.value.runtime?.bindNS?.[key];
    if (given === undefined || given === "" || ABSOLUTE.test(given)) return [];
    return [
      found("AS1762", it, ["runtime", "bindNS", key], {
        problem: `the place of namespace ${key} must be an absolute path, not`,
        given,
      }),
    ];
  });
  return [...own, ...bound];
}

function checkLimits(it: PlacedContainer): Found[] {
  return (it.value.rlimits ?? []).flatMap((given, n): Found[] => {
    const problem = problemOfLimit(given);
    return problem === undefined ? [] : [found("AS1765", it, ["rlimits", n], { problem, given })];
  });
}

function problemOfLimit(given: string): string | undefined {
  const [name = "", soft, hard, ...rest] = given.split(",").map((it) => it.trim());
  if (soft === undefined || hard === undefined || rest.length > 0) return "not name,soft,hard";
  if (!RESOURCE_LIMITS.includes(name.toUpperCase().replace(/^RLIMIT_/, ""))) {
    return "there is no limit of the name";
  }
  const [low, high] = [soft, hard].map(numberOf);
  if (low === undefined || high === undefined) return "a limit is a whole number or unlimited";
  return low > high ? "the soft limit is above the hard one" : undefined;
}

function numberOf(text: string): number | undefined {
  if (text.toLowerCase() === "unlimited") return Infinity;
  return /^\d{1,19}$/.test(text) ? Number(text) : undefined;
}

function checkDevices(it: PlacedContainer): Found[] {
  return (it.value.devices ?? []).flatMap(({ path, type, mode }, n): Found[] => {
    const at = ["devices", n];
    const wrongType = (key: string, problem: string, given: unknown): Found =>
      found("AS1764", it, [...at, key], { problem, given });
    return [
      ...(path === "all" || (path !== undefined && ABSOLUTE.test(path))
        ? []
        : [wrongType("path", "the path of a device must be absolute, or all, not", path ?? "")]),
      ...(type !== undefined && (DEVICE_TYPES.includes(type) || (path === "all" && type === "a"))
        ? []
        : [wrongType("type", "the type of a device is b, c, u or p, not", type ?? "")]),
      ...(path === "all" || (mode !== undefined && /^[0-7]{1,4}$/.test(mode))
        ? []
        : [wrongType("mode", "the mode of a device must be octal, not", mode ?? "")]),
    ];
  });
}
