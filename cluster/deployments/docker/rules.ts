/** `docker`: every node, whatever its role, is a host of Docker Engine. */
import { NODE_ROLES } from "../../../core/names";
import type { DeploymentRules } from "../../catalogue";
import type { ClusterSpec } from "../../config";
import { finding, type Finding, type ValuePath } from "../../finding";
import { DAEMON_KEYS, KEY_OF_FLAG, REMOVED_FLAGS, REMOVED_STORAGE_DRIVERS } from "./daemon-keys";
import { type DockerOptions, dockerOptions } from "./options";

/** Keys that registries.mirrors has the last word on; as flags both of them, as they would stand twice. */
const OF_MIRRORS = {
  daemon: ["registry-mirrors"],
  flags: ["registry-mirrors", "insecure-registries"],
};

/** The rules of docker. */
export const dockerRules: DeploymentRules = {
  kind: "docker",
  doc: "Every node is a host of Docker Engine, with the engine's options, and the services of a compose file",
  roles: NODE_ROLES,
  runtime: "dockerd",
  options: dockerOptions,
  check: (cluster) => {
    const options = cluster.deployment as unknown as DockerOptions;
    const flags = options.options.map(flagOf);
    return [
      ...checkTwice(cluster, options, flags),
      ...checkMirrorKeys(cluster, options, flags),
      ...checkRemoved(cluster, options, flags),
      ...checkKnown(cluster, options),
      ...checkEngine(cluster, options),
    ];
  },
};

/** A flag taken apart: `--log-opt=max-size=1m`, `-D`. */
interface Flag {
  /** Without dashes: `log-opt`. */
  readonly name: string;
  /** What daemon.json calls it: `log-opts`. */
  readonly key: string;
  readonly value: string | undefined;
  readonly index: number;
}

function flagOf(text: string, index: number): Flag {
  const [, name = "", value] = /^--?([^=]+)(?:=(.*))?$/.exec(text) ?? [];
  return { name, key: KEY_OF_FLAG[name] ?? name, value, index };
}

function atFlag({ index }: Flag): ValuePath {
  return ["deployment", "options", index];
}

function atKey(key: string): ValuePath {
  return ["deployment", "daemon", key];
}

function checkTwice(
  cluster: ClusterSpec,
  { daemon }: DockerOptions,
  flags: readonly Flag[],
): Finding[] {
  return flags
    .filter(({ key }) => Object.hasOwn(daemon, key))
    .map((it) =>
      finding("AS1240", atFlag(it), cluster, {
        problem: `${it.key} stands in daemon already, so dockerd would not start with`,
        given: `--${it.name}`,
      }),
    );
}

function checkMirrorKeys(
  cluster: ClusterSpec,
  { daemon }: DockerOptions,
  flags: readonly Flag[],
): Finding[] {
  return [
    ...flags
      .filter(({ key }) => OF_MIRRORS.flags.includes(key))
      .map((it) => finding("AS1241", atFlag(it), cluster, { given: `--${it.name}` })),
    ...OF_MIRRORS.daemon
      .filter((key) => Object.hasOwn(daemon, key))
      .map((key) => finding("AS1241", atKey(key), cluster, { key: true, given: key })),
  ];
}

function checkRemoved(
  cluster: ClusterSpec,
  { daemon }: DockerOptions,
  flags: readonly Flag[],
): Finding[] {
  const driver = daemon["storage-driver"];
  return [
    ...flags.flatMap((it): Finding[] => {
      const hint =
        it.key === "storage-driver"
          ? ownOf(REMOVED_STORAGE_DRIVERS, it.value)
          : ownOf(REMOVED_FLAGS, it.name);
      if (hint === undefined) return [];
      return [finding("AS1242", atFlag(it), cluster, { given: it.value ?? it.name, hint })];
    }),
    ...Object.keys(daemon).flatMap((key): Finding[] => {
      const hint = ownOf(REMOVED_FLAGS, key);
      return hint === undefined
        ? []
        : [finding("AS1242", atKey(key), cluster, { key: true, given: key, hint })];
    }),
    ...(typeof driver === "string" && ownOf(REMOVED_STORAGE_DRIVERS, driver) !== undefined
      ? [
          finding("AS1242", atKey("storage-driver"), cluster, {
            given: driver,
            hint: REMOVED_STORAGE_DRIVERS[driver] ?? "",
          }),
        ]
      : []),
  ];
}

/** A word of the user's may be the name of something that every object has. */
function ownOf(
  table: Readonly<Record<string, string>>,
  key: string | undefined,
): string | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

function checkKnown(cluster: ClusterSpec, { daemon }: DockerOptions): Finding[] {
  const known = [...DAEMON_KEYS, ...OF_MIRRORS.daemon, ...Object.keys(REMOVED_FLAGS)];
  return Object.keys(daemon)
    .filter((key) => !known.includes(key))
    .map((given) =>
      finding("AS1247", atKey(given), cluster, {
        key: true,
        severity: "warning",
        given,
        ...suggest(given),
      }),
    );
}

/** A flag's spelling where the key is meant, which no likeness of letters finds. */
function suggest(given: string): { suggestion?: string; allowed?: readonly string[] } {
  const key = ownOf(KEY_OF_FLAG, given);
  return key === undefined ? {} : { suggestion: key };
}

function checkEngine(
  cluster: ClusterSpec,
  { engine, compose, composeFile }: DockerOptions,
): Finding[] {
  const needs = (key: "compose" | "composeFile"): Finding[] =>
    (key === "compose" ? compose : composeFile) === undefined
      ? []
      : [
          finding("AS1244", ["deployment", key], cluster, {
            key: true,
            problem: `${key} needs the engine`,
          }),
        ];
  if (engine === "none") return [...needs("compose"), ...needs("composeFile")];
  if (composeFile === undefined || compose !== undefined || engine === "packages") return [];
  return [finding("AS1243", ["deployment", "composeFile"], cluster, { key: true })];
}
