/** Ways to spoil a cluster file: each makes any valid one invalid. */
import fc from "fast-check";
import type { ClusterFile } from "./random-clusters";

type Path = readonly (string | number)[];

/** A file, and what was done to it. */
export interface Spoilt {
  readonly how: string;
  readonly file: ClusterFile;
}

/** Places whose value has to be a mapping with known keys. */
const MAPPINGS: readonly Path[] = [
  [],
  ["metadata"],
  ["substrate"],
  ["substrate", "metal"],
  ["access"],
  ["image"],
  ["pools", 0],
  ["bootstrap"],
];
const REQUIRED: readonly Path[] = [
  ["apiVersion"],
  ["kind"],
  ["metadata"],
  ["metadata", "name"],
  ["substrate"],
  ["substrate", "metal", "project"],
  ["substrate", "metal", "metro"],
  ["pools"],
  ["pools", 0, "name"],
  ["pools", 0, "role"],
  ["pools", 0, "count"],
];
const WRONG: readonly (readonly [Path, unknown])[] = [
  [["apiVersion"], "armstead/v2"],
  [["metadata", "name"], "Edge_A"],
  [["metadata", "labels"], { "no blanks": "x" }],
  [["substrate", "metal", "endpoint"], "ftp://x"],
  [["substrate", "metal", "dialect"], "other"],
  [["substrate", "metal", "capacity"], []],
  [["substrate", "metal", "capacity"], ["m3.large.x86"]],
  [["access", "sshKeys"], []],
  [["access", "sshKeys"], ["./lost.pub"]],
  [["access", "user"], "no such user"],
  [["image", "family"], "debain"],
  [["image", "release"], "11"],
  [["image", "release"], 13],
  [["kernel"], "rt"],
  [["pools", 0, "role"], "woker"],
  [["pools", 0, "role"], "controller"],
  [["pools", 0, "name"], "all"],
  [["pools", 0, "count"], 0],
  [["pools", 0, "count"], 501],
  [["pools", 0, "count"], "3"],
  [
    ["pools", 0, "names"],
    ["a", "a"],
  ],
  [["pools", 0, "kernel"], "lowlatency"],
  [["pools", 0, "tuning"], { isolatedCpus: "0-3" }],
  [["pools", 0, "devicePlan"], "c3.small.x86"],
  [["registries"], { mirrors: [{ registry: "https://x", endpoints: [{ url: "https://m" }] }] }],
  [["registries"], { mirrors: [{ registry: "x.io", endpoints: [] }] }],
  [["registries"], { images: ["k8s.gcr.io/defaultbackend-amd64:1.5"] }],
  [["registries"], { rewrites: "arm64-default" }],
  [["deployment"], { kind: "k8s" }],
  [["deployment"], { kind: "etcd", artifacts: { url: "x", checksum: "y" } }],
  [["bootstrap", "plays"], ["./lost.yml"]],
  [["bootstrap", "forks"], 0],
  [["bootstrap", "vars"], { "a-b": 1 }],
  [
    ["bootstrap", "secretVars"],
    ["s", "s"],
  ],
];

const spoil = fc.oneof(
  fc
    .record({
      at: fc.constantFrom(...MAPPINGS),
      key: fc.constantFrom("nmae", "x", "Kind", "__proto"),
    })
    .map(({ at, key }) => ({
      how: `unknown key ${[...at, key].join(".")}`,
      change: (file: ClusterFile) => withValue(file, [...at, key], true),
    })),
  fc.constantFrom(...REQUIRED).map((at) => ({
    how: `without ${at.join(".")}`,
    change: (file: ClusterFile) => withValue(file, at, undefined),
  })),
  fc.constantFrom(...WRONG).map(([at, value]) => ({
    how: `${at.join(".")} is ${JSON.stringify(value)}`,
    change: (file: ClusterFile) => withValue(file, at, value),
  })),
  fc
    .record({
      at: fc.constantFrom(...MAPPINGS.slice(1), ["pools"], ["metadata", "name"]),
      value: fc.constantFrom(null, 7, true, [[]], "text"),
    })
    .filter(({ at, value }) => !(at.at(-1) === "name" && value === "text"))
    .map(({ at, value }) => ({
      how: `${at.join(".")} is ${JSON.stringify(value)}`,
      change: (file: ClusterFile) => withValue(file, at, value),
    })),
);

/** One to three of them at once. */
export function spoilt(valid: fc.Arbitrary<ClusterFile>): fc.Arbitrary<Spoilt> {
  return fc
    .record({ valid, changes: fc.array(spoil, { minLength: 1, maxLength: 3 }) })
    .map(({ valid: file, changes }) => ({
      how: changes.map(({ how }) => how).join("; "),
      // The first one last: what another one took away does not hide it.
      file: [...changes].reverse().reduce((it, { change }) => change(it), file),
    }));
}

/** A copy with another value at a path; undefined takes the key away. Where the path does not lead, nothing changes. */
function withValue(value: unknown, at: Path, to: unknown): ClusterFile {
  const [key, ...rest] = at;
  if (key === undefined) return to as ClusterFile;
  const copy = (
    Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  ) as Record<string | number, unknown>;
  if (rest.length === 0 && to === undefined) {
    return Object.fromEntries(Object.entries(copy).filter(([it]) => it !== key));
  }
  copy[key] = rest.length === 0 ? to : withValue(copy[key], rest, to);
  return copy;
}
