/**
 * What the three ways to set up a CoreOS cluster have. Sources: "CoreOS ARM64 QEMU image" (2015-06-01) for coreos;
 * flatcar.org/docs/latest for flatcar, where what Container Linux dropped in 2018 is gone too; the etcd, docker and
 * coreos plays of this package for debian.
 */

/** A family that a coreos deployment runs on. */
export const COREOS_FAMILIES = ["debian", "flatcar", "coreos"] as const;
/** `debian`: by plays; `flatcar`: by Ignition; `coreos`: by cloud-config. */
export type CoreosFamily = (typeof COREOS_FAMILIES)[number];

/** What a family has, and asks for. */
export interface FamilyTraits {
  /** How its nodes are told what to be. */
  readonly by: "plays" | "ignition" | "cloud-config";
  /** Programs that its image has. */
  readonly brings: readonly ("etcd" | "docker" | "flannel" | "fleet")[];
  /** Lines of etcd that run on it: `3`, `2`, `0.4`. The first is the default. */
  readonly etcdLines: readonly [string, ...string[]];
  /** Units that guides for CoreOS name and that it does not have → what to name instead. */
  readonly goneUnits: Readonly<Record<string, string>>;
  /** Channels of updates. */
  readonly channels: readonly string[];
  /** Whether ports of etcd may be chosen. */
  readonly hasPorts: boolean;
}

const GONE = {
  "etcd.service": "etcd-member.service",
  "etcd2.service": "etcd-member.service",
  "fleet.service": "systemd's own units, or Kubernetes",
  "fleet.socket": "systemd's own units, or Kubernetes",
  "early-docker.service": "docker.service",
  "rkt-metadata.service": "docker.service",
} as const;

/** See the header. */
export const FAMILY_TRAITS: Readonly<Record<CoreosFamily, FamilyTraits>> = {
  debian: {
    by: "plays",
    brings: [],
    etcdLines: ["3"],
    goneUnits: {
      "etcd2.service": "etcd.service",
      "etcd-member.service": "etcd.service",
      "fleet.service": GONE["fleet.service"],
      "fleet.socket": GONE["fleet.socket"],
    },
    channels: [],
    hasPorts: false,
  },
  flatcar: {
    by: "ignition",
    brings: ["docker"],
    etcdLines: ["3"],
    goneUnits: GONE,
    channels: ["alpha", "beta", "stable", "lts"],
    hasPorts: true,
  },
  coreos: {
    by: "cloud-config",
    brings: ["etcd", "docker", "flannel", "fleet"],
    etcdLines: ["2", "0.4"],
    goneUnits: { "etcd-member.service": "etcd2.service" },
    channels: ["alpha", "beta", "stable"],
    hasPorts: true,
  },
};

/** Ports of etcd by its line: for clients, and for other members. */
export const ETCD_PORTS: Readonly<
  Record<string, { readonly client: number; readonly peer: number }>
> = {
  "0.4": { client: 4001, peer: 7001 },
  "2": { client: 2379, peer: 2380 },
  "3": { client: 2379, peer: 2380 },
};

/** Whether a name is that of a family that a coreos deployment runs on. */
export function isCoreosFamily(name: string): name is CoreosFamily {
  return (COREOS_FAMILIES as readonly string[]).includes(name);
}

/** The line of a version of etcd: `0.4` of 0.4.9, `3` of v3.5.16. */
export function etcdLine(version: string): string {
  const [major = "", minor = ""] = version.replace(/^v/, "").split(".");
  return major === "0" ? `${major}.${minor}` : major;
}
