/**
 * What mirrors can be rendered for, and what each of these cannot express. Data only: the checks of cluster files
 * and docs/registries.md both come from this table. Sources: containerd docs/hosts.md, moby registry/config.go,
 * containers-registries.conf(5), k3s' private registry page, StarlingX' bootstrap variables.
 */

/** Targets on nodes. */
export const NODE_TARGETS = [
  "containerd",
  "dockerd",
  "podman",
  "crio",
  "k3s",
  "starlingx",
] as const;
/** A target on nodes. */
export type NodeTarget = (typeof NODE_TARGETS)[number];
/** Targets of cluster files that name none, each with what it can express. */
export const DEFAULT_TARGETS: readonly NodeTarget[] = ["containerd", "dockerd"];

/** The one registry that dockerd knows mirrors of. */
export const DOCKER_HUB = "docker.io";
/** Registries that StarlingX can replace; `*` stands for all that are not named (`defaults`). */
export const STARLINGX_REGISTRIES: readonly string[] = [
  "k8s.gcr.io",
  "gcr.io",
  "quay.io",
  "docker.io",
  "docker.elastic.co",
  "ghcr.io",
  "registry.k8s.io",
  "icr.io",
  "*",
];

/** Something that a description of mirrors may ask for. */
export interface MirrorFeature {
  /** As a clause behind "cannot express". */
  readonly title: string;
  /** Why a target cannot; a target that is not here can. */
  readonly cannot: Readonly<Partial<Record<NodeTarget, string>>>;
}

/** See the header. */
export const MIRROR_FEATURES = {
  otherRegistry: {
    title: "a mirror of another registry than docker.io",
    cannot: { dockerd: "it mirrors docker.io only" },
  },
  unlistedRegistry: {
    title: "a mirror of a registry that StarlingX does not list",
    cannot: { starlingx: `it knows ${STARLINGX_REGISTRIES.join(", ")}` },
  },
  allRegistries: {
    title: "a mirror of all registries (*)",
    cannot: {
      dockerd: "it mirrors docker.io only",
      podman: "registries.conf has one table a registry",
      crio: "registries.conf has one table a registry",
    },
  },
  fallback: {
    title: "mode fallback",
    cannot: { starlingx: "it asks the given registry only" },
  },
  only: {
    title: "mode only",
    cannot: { dockerd: "it always falls back to docker.io" },
  },
  onlyBesideFallback: {
    title: "mode only for one registry, fallback for another",
    cannot: { k3s: "it falls back for all registries or for none" },
  },
  severalEndpoints: {
    title: "several endpoints of one registry",
    cannot: { starlingx: "it takes one URL a registry" },
  },
  pathPrefix: {
    title: "a path in an endpoint's URL",
    cannot: { dockerd: "it takes a mirror's host only" },
  },
  differingPaths: {
    title: "endpoints of one registry with different paths",
    cannot: { k3s: "it has one rewrite rule a registry" },
  },
  plainHttp: { title: "an http endpoint", cannot: {} },
  uncheckedTls: {
    title: "an https endpoint whose certificate goes unchecked",
    cannot: { starlingx: "it always checks certificates; give it the CA" },
  },
  differingTls: {
    title: "endpoints of one host that differ in being checked",
    cannot: {
      dockerd: "insecure-registries holds for a whole host",
      k3s: "its settings hold for a whole host",
    },
  },
  certificates: { title: "CA certificates of an endpoint", cannot: {} },
  credentials: {
    title: "a login",
    cannot: {
      containerd: "hosts.toml has no login; use imagePullSecrets",
      dockerd: "it logs in to docker.io, never to a mirror",
    },
  },
  localName: {
    title: "a host whose name ends in .local",
    cannot: { starlingx: "it keeps .local for itself" },
  },
} as const satisfies Readonly<Record<string, MirrorFeature>>;
/** Name of a feature. */
export type MirrorFeatureName = keyof typeof MIRROR_FEATURES;

/** Targets that can express a feature. */
export function targetsWith(name: MirrorFeatureName): NodeTarget[] {
  const { cannot }: MirrorFeature = MIRROR_FEATURES[name];
  return NODE_TARGETS.filter((it) => cannot[it] === undefined);
}
