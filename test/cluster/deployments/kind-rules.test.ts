/** Every rule of the deployments docker, k3s, kubeadm and linuxkit, with what it accepts and what it refuses: one file a rule. */
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Fault, UserFault } from "../../../core/faults";
import { readCluster } from "../../../stacks";
import { loadCases } from "../../support/cases";
import { clusterFolder } from "../../support/cluster-folder";

interface Given {
  /** Value of the key, on line 7. */
  readonly deployment: string;
  /** Value of the key, on line 6. */
  readonly pools?: string;
  /** Lines behind it. */
  readonly more?: readonly string[];
  /** Texts by name, beside the cluster file. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
}

interface Rule {
  readonly accepted: readonly Given[];
  /** `line:column severity code place`, in the order of the files. */
  readonly rejected: readonly (Given & { readonly faults: readonly string[] })[];
}

const folder = path.join(__dirname, "kinds");
const kinds = readdirSync(folder);
const rules = kinds.flatMap((kind) =>
  loadCases<Rule>(path.join(folder, kind)).map((it) => ({ ...it, kind })),
);
const accepted = rules.flatMap(({ kind, name, accepted: all }) =>
  all.map((it, n) => [`${kind}/${name}`, n, it] as const),
);
const rejected = rules.flatMap(({ kind, name, rejected: all }) =>
  all.map((it, n) => [`${kind}/${name}`, n, it] as const),
);

test.each(accepted)("%s accepts case %i", (_, __, given) => {
  expect(judge(given)).toEqual([]);
});

test.each(rejected)("%s refuses case %i", (_, __, given) => {
  expect(judge(given)).toEqual(given.faults);
});

test("every rule has a case that it accepts, and one that it refuses", () => {
  for (const it of rules) {
    const [code = ""] = it.name.split("-");
    expect([it.name, it.accepted.length > 0]).toEqual([it.name, true]);
    expect(it.rejected.flatMap(({ faults }) => faults).join()).toContain(code);
  }
});

const DEFAULT_POOLS = "[{ name: w, role: worker, count: 2 }]";

function judge({ deployment, pools = DEFAULT_POOLS, more = [], files = {} }: Given): string[] {
  const lines = [
    "apiVersion: armstead/v1",
    "kind: Cluster",
    "metadata: { name: edge }",
    "substrate: { metal: { project: demo, metro: da, capacity: [c3.large.arm64] } }",
    "access: { sshKeys: [./key.pub] }",
    `pools: ${pools}`,
    `deployment: ${deployment}`,
    ...more,
  ];
  const at = clusterFolder(`${lines.join("\n")}\n`);
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(at, name), `${text.join("\n")}\n`);
  }
  try {
    const { warnings } = readCluster("cluster.yaml", { environment: {}, folder: at });
    return warnings.map((it) => say(it, "warning"));
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    return error.faults.map((it) => say(it, "error"));
  }
}

function say({ position, code, path: place }: Fault, severity: string): string {
  const file = position?.file === "cluster.yaml" ? "" : `${position?.file ?? "?"}:`;
  return `${file}${position?.line}:${position?.column} ${severity} ${code} ${place}`.trim();
}
