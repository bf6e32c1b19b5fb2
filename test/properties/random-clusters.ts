/** Random cluster files that keep every rule, as plain values; JSON of them is YAML too. */
import fc from "fast-check";

/** A cluster file's content. */
export type ClusterFile = Readonly<Record<string, unknown>>;

const CHECKSUM = `sha256:${"a".repeat(64)}`;
const artifact = { url: "https://artifacts.example/x.tar", checksum: CHECKSUM };
const label = fc.constantFrom("a", "b-1", "zone", "rack", "team.example/x");
const labels = fc.dictionary(label, fc.constantFrom("", "1", "x_y", "A.b"), { maxKeys: 3 });

const tuning = fc.record(
  {
    isolatedCpus: fc.constantFrom("1", "2-31", "4,6,8-30"),
    hugePages: fc.constantFrom([{ size: "1G", count: 8 }], [{ size: "2M", count: 64 }]),
  },
  { requiredKeys: [] },
);

const mirror = fc.record({
  registry: fc.constantFrom("docker.io", "quay.io", "registry.example:5000"),
  endpoints: fc.constantFrom(
    [{ url: "https://mirror.example" }],
    [{ url: "http://10.0.2.2:5000", mode: "fallback" }],
    [
      { url: "https://a.example/x", mode: "only" },
      { url: "https://b.example", mode: "only" },
    ],
  ),
});
const registries = fc.record(
  {
    mirrors: fc.uniqueArray(mirror, { selector: ({ registry }) => registry, maxLength: 3 }),
    rewrites: fc.constantFrom("arm64-defaults", "none", {
      images: [{ from: "a/b:1", to: "c/d:1" }],
    }),
    images: fc.constantFrom([], ["quay.io/coreos/etcd:v3.5.16"], ["busybox", "a/b:1"]),
  },
  { requiredKeys: [] },
);

const text = fc.oneof(fc.string(), fc.constantFrom("${x}", "%{ y }", "{{ z }}", "a\nb", "ä"));
const variable = fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 3 }));

interface Kind {
  readonly deployment: ClusterFile | undefined;
  /** Roles of the first pool, with sizes that it may have, and of all others. */
  readonly first: readonly [string, readonly number[]];
  readonly others: readonly string[];
  readonly secretVars: readonly string[];
  /** What mirrors are for; each of these has a way of its own, so there is one mirror at most. */
  readonly runtime?: string;
}

const KINDS: readonly Kind[] = [
  { deployment: undefined, first: ["worker", [1, 2, 30]], others: ["storage"], secretVars: [] },
  {
    deployment: { kind: "etcd", artifacts: artifact },
    first: ["etcd-member", [1, 3, 5, 7]],
    others: ["worker", "etcd-proxy"],
    secretVars: [],
  },
  {
    deployment: { kind: "docker", engine: { ...artifact } },
    first: ["worker", [1, 4]],
    others: ["control-plane", "storage"],
    secretVars: [],
    runtime: "dockerd",
  },
  {
    deployment: {
      kind: "k3s",
      version: "v1.31.4+k3s1",
      binary: artifact,
      token: "t",
      endpoint: "k.example",
    },
    first: ["control-plane", [1, 3, 5]],
    others: ["worker"],
    secretVars: ["t"],
    runtime: "k3s",
  },
  {
    deployment: {
      ...{ kind: "kubeadm", version: "v1.34.2", kubeadm: artifact, kubelet: artifact },
      ...{ kubectl: artifact, runc: artifact, cniPlugins: artifact },
      ...{ containerd: { version: "2.1.4", ...artifact }, token: "t", certificateKey: "c" },
      controlPlaneEndpoint: "k.example",
    },
    first: ["control-plane", [1, 3]],
    others: ["worker"],
    secretVars: ["t", "c"],
    runtime: "containerd",
  },
];

const pool = fc.record(
  {
    kernel: fc.constantFrom("standard", "realtime"),
    image: fc.constantFrom({ family: "debian", release: "12" }, { family: "debian" }),
    devicePlan: fc.constantFrom("c3.large.arm64", "c2.large.arm"),
    labels,
    tuning,
  },
  { requiredKeys: [] },
);

/** See the header. Names of clusters are all the same. */
export const randomClusterFile: fc.Arbitrary<ClusterFile> = fc
  .constantFrom(...KINDS)
  .chain(({ deployment, first: [role, sizes], others, secretVars, runtime }) =>
    fc
      .record({
        first: fc.record({ size: fc.constantFrom(...sizes), settings: pool }),
        others: fc.array(
          fc.record({
            role: fc.constantFrom(...others),
            size: fc.integer({ min: 1, max: 40 }),
            settings: pool,
          }),
          { maxLength: 4 },
        ),
        named: fc.boolean(),
        kernel: fc.constantFrom("standard", "realtime"),
        labels,
        registries: runtime === undefined ? registries : mirrorFor(runtime),
        vars: fc.dictionary(fc.constantFrom("ntp", "x_1", "Y"), variable, {
          maxKeys: 2,
        }),
      })
      .map(({ first, others: more, named, kernel, labels: free, registries: own, vars }) => ({
        apiVersion: "armstead/v1",
        kind: "Cluster",
        metadata: { name: "edge", labels: free },
        substrate: {
          metal: {
            endpoint: "https://metal.example/v1",
            project: "edge",
            metro: "da",
            capacity: ["c3.large.arm64", "c2.large.arm"],
          },
        },
        access: { sshKeys: ["./key.pub"] },
        image: { family: "debian", release: "13" },
        kernel,
        pools: [
          { name: "first", role, count: first.size, ...first.settings },
          ...more.map(({ role: its, size, settings }, n) => ({
            name: `pool-${n}`,
            role: its,
            ...(named ? { names: namesOf(n, Math.min(size, 3)) } : { count: size }),
            ...settings,
          })),
        ],
        registries: own,
        ...(deployment ? { deployment } : {}),
        bootstrap: { vars, secretVars },
      })),
  );

function mirrorFor(runtime: string): fc.Arbitrary<ClusterFile> {
  const one = [{ registry: "docker.io", endpoints: [{ url: "https://mirror.example" }] }];
  return fc.constantFrom({}, { mirrors: one }, { runtimes: [runtime], mirrors: one });
}

function namesOf(pool: number, size: number): string[] {
  return Array.from({ length: size }, (_, n) => `tower-${pool}-${String.fromCharCode(97 + n)}`);
}
