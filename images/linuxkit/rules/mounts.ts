/** Rules of what is mounted into containers, and of volumes. Pure. */
import { normalisePlatform } from "../../references/platform";
import { type Found, found, type Parts, type Placed, type PlacedContainer } from "../parts";
import type { Volume } from "../schema/linuxkit-file";

/** Types that linuxkit takes from the source of a mount. */
const TYPED_SOURCES = ["mqueue", "devpts", "proc", "sysfs", "cgroup"];
/** Types with a place of their own. */
const DEFAULT_PLACES = ["proc", "devpts", "sysfs", "cgroup", "mqueue"];

/** See the header. */
export function checkMounts(parts: Parts): Found[] {
  return [
    ...parts.containers.flatMap((it) => [
      ...checkTyped(it, parts),
      ...(["binds", "binds.add"] as const).flatMap((key) => checkBinds(it, key, parts)),
      ...checkTmpfs(it),
    ]),
    ...checkVolumes(parts),
  ];
}

function checkTyped(it: PlacedContainer, parts: Parts): Found[] {
  return (it.value.mounts ?? []).flatMap(
    ({ type = "", source = "", destination = "", options = [] }, n): Found[] => {
      const refuse = (problem: string): Found[] => [
        found("AS1763", it, ["mounts", n], { problem }),
      ];
      const isTyped = type !== "" || TYPED_SOURCES.includes(source) || destination === "/dev";
      if (!isTyped) return refuse("the mount has no type");
      if (destination === "" && !DEFAULT_PLACES.includes(type === "" ? source : type)) {
        return refuse("the mount has no destination");
      }
      if (destination !== "" && !destination.startsWith("/")) {
        return refuse("the destination of a mount must be an absolute path");
      }
      if (type !== "bind" || source.startsWith("/")) return [];
      const isReadOnly = !options.includes("rw") && options.includes("ro");
      return checkVolume(it, ["mounts", n, "source"], source, isReadOnly, parts);
    },
  );
}

function checkBinds(it: PlacedContainer, key: "binds" | "binds.add", parts: Parts): Found[] {
  return (it.value[key] ?? []).flatMap((given, n): Found[] => {
    const [source = "", destination, options, ...rest] = given.split(":");
    if (destination?.startsWith("/") !== true || source === "" || rest.length > 0) {
      const problem = "a bind is source:/destination[:options], not";
      return [found("AS1763", it, [key, n], { problem, given })];
    }
    if (source.startsWith("/")) return [];
    // Upstream compares the whole of the options.
    return checkVolume(it, [key, n], source, options === "ro", parts);
  });
}

function checkVolume(
  it: PlacedContainer,
  below: readonly (string | number)[],
  given: string,
  isReadOnly: boolean,
  { volumes }: Parts,
): Found[] {
  const volume = volumes.find(({ value }) => value.name === given);
  if (!volume) {
    return [found("AS1756", it, below, { given, allowed: volumes.map(({ value }) => value.name) })];
  }
  if (volume.value.readonly !== true || isReadOnly) return [];
  return [found("AS1757", it, below, { given })];
}

function checkTmpfs(it: PlacedContainer): Found[] {
  return (it.value.tmpfs ?? []).flatMap((given, n): Found[] => {
    const [destination = "", , ...rest] = given.split(":");
    if (destination.startsWith("/") && rest.length === 0) return [];
    const problem = "a tmpfs is /destination[:options], not";
    return [found("AS1763", it, ["tmpfs", n], { problem, given })];
  });
}

function checkVolumes({ volumes }: Parts): Found[] {
  const seen = new Set<string>();
  return volumes.flatMap((it): Found[] => {
    const given = it.value.name;
    const isRepeated = seen.has(given);
    seen.add(given);
    return [
      ...(isRepeated ? [found("AS1755", it, ["name"], { given })] : []),
      ...checkPlatforms(it),
    ];
  });
}

function checkPlatforms(it: Placed<Volume>): Found[] {
  const { format, image = "", platforms } = it.value;
  const refuse = (problem: string, given?: string): Found =>
    found("AS1758", it, ["platforms"], { problem, ...(given === undefined ? {} : { given }) });
  if (platforms === undefined) {
    if (format !== "oci" || image !== "") return [];
    return [found("AS1758", it, ["format"], { problem: "a volume of format oci needs an image" })];
  }
  if (format !== "oci" || image === "")
    return [refuse("platforms belong to an image of format oci")];
  const malformed = platforms.find(
    (platform) => !/^[a-z0-9]+\/[a-z0-9_-]+(\/[a-z0-9.]+)?$/i.test(platform),
  );
  if (malformed !== undefined) return [refuse("a platform is os/architecture, not", malformed)];
  const isArm64 = platforms.some((platform) => {
    const [os = "", architecture = "", variant] = platform.split("/");
    const known = normalisePlatform({
      os,
      architecture,
      ...(variant === undefined ? {} : { variant }),
    });
    return known.os === "linux" && known.architecture === "arm64";
  });
  return isArm64 ? [] : [refuse("linux/arm64 is not among the platforms")];
}
