/** Rules among registry mirrors. Pure. */
import { type Catalogue, type DeploymentRules, rulesOf } from "../catalogue";
import type { ClusterSpec, ContainerRuntime } from "../config";
import { finding, type Finding, type ValuePath } from "../finding";
import { type Mirrors, type UsedFeature, usedFeatures } from "../mirror-features";
import { judgedRuntimes } from "../mirror-runtimes";
import {
  MIRROR_FEATURES,
  type MirrorFeature,
  type NodeTarget,
  targetsWith,
} from "../mirror-targets";
import { repeated } from "./pools";

interface MirrorsOfRegistries {
  readonly mirrors: Mirrors;
}

type Cluster = Pick<ClusterSpec, "registries" | "bootstrap" | "deployment">;

/** Rules of the mirrors. */
export function checkMirrors(
  cluster: Cluster,
  catalogue: Pick<Catalogue, "deployments">,
): Finding[] {
  const { mirrors } = cluster.registries;
  const rules = rulesOf(cluster.deployment, catalogue);
  const found = mirrors.flatMap(({ endpoints }, index) => {
    const at: ValuePath = ["registries", "mirrors", index];
    const first = endpoints[0];
    const differing = endpoints.findIndex(({ mode }) => mode !== first?.mode);
    const twice = repeated(endpoints.map(({ url }, n) => ({ name: url, n })));
    return [
      ...(differing < 0
        ? []
        : [finding("AS1222", [...at, "endpoints", differing, "mode"], cluster, {})]),
      ...twice.map(({ name, n }) =>
        finding("AS1214", [...at, "endpoints", n, "url"], cluster, {
          problem: "another endpoint of the registry has the URL",
          given: name,
        }),
      ),
    ];
  });
  const registries = mirrors.map(({ registry: name }, index) => ({ name, index }));
  const repeats = repeated(registries).map(({ name, index }) =>
    finding("AS1214", ["registries", "mirrors", index, "registry"], cluster, {
      problem: "another entry mirrors the registry",
      given: name,
      hint: "list all its endpoints in one entry",
    }),
  );
  return [
    ...found,
    ...repeats,
    ...checkTargets(cluster.registries, [...new Set(judgedRuntimes(cluster.registries, rules))]),
    ...(rules === undefined ? [] : checkRuntimes(cluster, rules)),
    ...checkLogins(cluster),
  ];
}

/** Runtimes that are named are those of the deployment. */
function checkRuntimes(
  cluster: Cluster,
  { kind, runtime, otherRuntimes }: DeploymentRules,
): Finding[] {
  const { mirrors, runtimes } = cluster.registries;
  if (runtime === undefined || runtimes === undefined || mirrors.length === 0) return [];
  const at: ValuePath = ["registries", "runtimes"];
  const mayBe = (it: ContainerRuntime): boolean =>
    it === runtime || otherRuntimes?.includes(it) !== false;
  if (!runtimes.includes(runtime)) {
    const problem = `mirrors are not written for ${runtime}, which pulls the images here`;
    const named = [...runtimes.filter(mayBe), runtime].join(", ");
    const hint = `set registries.runtimes: [${named}], or leave it out`;
    return [finding("AS1256", at, cluster, { problem, hint })];
  }
  return runtimes.flatMap((given, n) => {
    if (mayBe(given)) return [];
    const problem = `deployment ${kind} has no use for runtime`;
    const allowed = [runtime, ...(otherRuntimes ?? [])];
    return [finding("AS1256", [...at, n], cluster, { problem, given, allowed })];
  });
}

/** A login that is written nowhere has to come from somewhere. */
function checkLogins({ registries, bootstrap }: Cluster): Finding[] {
  const allowed = bootstrap.secretVars;
  return registries.mirrors.flatMap(({ endpoints }, index) =>
    endpoints.flatMap(({ credentials }, n) =>
      (["username", "password"] as const).flatMap((key) => {
        const given = credentials?.[key];
        if (given === undefined || allowed.includes(given)) return [];
        const at = ["registries", "mirrors", index, "endpoints", n, "credentials", key];
        return [finding("AS1232", at, { registries }, { given, allowed })];
      }),
    ),
  );
}

/**
 * What some targets cannot express.
 * @param registries - their mirrors are looked at
 * @param targets - all of them must be able to use every mirror
 */
export function checkTargets(
  registries: MirrorsOfRegistries,
  targets: readonly NodeTarget[],
): Finding[] {
  const refused = targets.flatMap((target) => refusedBy(target, registries.mirrors));
  const byPlace = new Map<string, Refused[]>();
  for (const it of refused) {
    const key = JSON.stringify(it.at);
    byPlace.set(key, [...(byPlace.get(key) ?? []), it]);
  }
  return [...byPlace.values()].flatMap((all) => complaint(all, { registries }));
}

interface Refused extends UsedFeature {
  readonly target: NodeTarget;
  readonly reason: string;
}

function refusedBy(target: NodeTarget, mirrors: Mirrors): Refused[] {
  const refused = usedFeatures(mirrors).flatMap((it) => {
    const { cannot }: MirrorFeature = MIRROR_FEATURES[it.feature];
    const reason = cannot[target];
    return reason === undefined ? [] : [{ ...it, target, reason }];
  });
  const isWhole = ({ at }: Refused): boolean => at.at(-1) === "registry";
  // What a target has no word for at all needs no further complaint about its endpoints.
  const lost = new Set(refused.filter(isWhole).map(({ registry }) => registry));
  return refused.filter((it) => isWhole(it) || !lost.has(it.registry));
}

/** One finding a place: readers of files are told each place once. */
function complaint(all: readonly Refused[], root: unknown): Finding[] {
  const [first] = all;
  if (first === undefined) return [];
  const clauses = all.map(({ feature, registry, target, reason }) => {
    const { title }: MirrorFeature = MIRROR_FEATURES[feature];
    const others = targetsWith(feature).join(", ");
    return `${target} cannot express ${title} for ${registry}, as ${reason} (these can: ${others})`;
  });
  const at = ["registries", "mirrors", ...first.at];
  return [finding("AS1223", at, root, { problem: `${clauses.join("; ")}:`, given: first.given })];
}
