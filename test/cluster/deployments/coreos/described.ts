/** Coreos clusters as loaded cluster files have them: a base for each family, and what a case changes of it. */
import type { ClusterSpec, PoolSpec } from "../../../../cluster";

const CHECKSUM = `sha256:${"a".repeat(64)}`;
const MEMBERS = { "m-0": "10.0.0.1", "m-1": "10.0.0.2", "m-2": "10.0.0.3" };
const BASES: Readonly<Record<string, { readonly release: string; readonly keys: object }>> = {
  debian: { release: "13", keys: { etcd: {} } },
  flatcar: {
    release: "stable",
    keys: {
      etcd: {
        members: MEMBERS,
        artifacts: { url: "https://files.example/etcd.tar", checksum: CHECKSUM },
      },
    },
  },
  coreos: { release: "2015.06", keys: { etcd: { members: MEMBERS } } },
};
const POOLS = [
  { name: "m", role: "etcd-member", count: 3 },
  { name: "w", role: "worker", count: 2 },
];

/** What a case says of its cluster. */
export interface Described {
  readonly family: string;
  /** Keys of the deployment that differ from the base; null takes one away. */
  readonly keys?: object;
  readonly pools?: readonly object[];
  /** @default lab */
  readonly endpoint?: string;
}

/** The cluster of a case. */
export function described({ family, keys, pools, endpoint }: Described): ClusterSpec {
  const base = BASES[family];
  if (base === undefined) throw new Error(`no base for ${family}`);
  return {
    apiVersion: "armstead/v1",
    kind: "Cluster",
    metadata: { name: "edge", labels: {} },
    substrate: {
      metal: {
        endpoint: endpoint ?? "lab",
        dialect: "packet",
        project: "demo",
        createProject: true,
        metro: "da",
        capacity: ["c3.large.arm64"],
      },
    },
    access: { user: "root", sshKeys: ["./key.pub"], port: 22, createKeys: true },
    image: { family, release: base.release, ipxe: "https://boot.example/boot.ipxe" },
    kernel: "standard",
    pools: (pools ?? POOLS).map((it) => ({ labels: {}, ...it }) as PoolSpec),
    registries: { mirrors: [] },
    deployment: { kind: "coreos", ...merge(base.keys, keys ?? {}) },
    bootstrap: { plays: [], vars: {}, secretVars: [] },
  };
}

function merge(base: object, changes: object): object {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes) as [string, unknown][]) {
    const before = merged[key];
    if (value === null) Reflect.deleteProperty(merged, key);
    else merged[key] = isPlain(before) && isPlain(value) ? merge(before, value) : value;
  }
  return merged;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
