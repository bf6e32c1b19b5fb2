/** Tokens of cdktf in what a program describes: they reach Terraform, or are refused by name. */
import path from "node:path";
import { Lazy, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { ArmCluster, type ArmClusterProps, Deployment, MetalSubstrate } from "../../constructs";
import { faultsOf } from "../support/faults-of";
import { clusterFolder, clusterText, loadText } from "../support/cluster-folder";
import { synth } from "../support/synth";

const key = path.join(clusterFolder(""), "key.pub");
const substrate = { project: "demo", metro: "da", capacity: ["c3.large.arm64"] };
const members = { role: "etcd-member", count: 3 } as const;

/** A cluster with one pool in a stack with the variable `v`. */
function cluster(
  stack: TerraformStack,
  props: (v: TerraformVariable) => Partial<ArmClusterProps>,
): ArmCluster {
  const v = new TerraformVariable(stack, "v", { type: "string" });
  const it = new ArmCluster(stack, "edge", {
    substrate: new MetalSubstrate(substrate),
    access: { sshKeys: [key] },
    ...props(v),
  });
  it.addNodePool("m", members);
  return it;
}

test("variables may hold tokens, alone and within text, at any depth; all other text stays what it is", () => {
  const { resource } = synth((stack) => {
    const other = new ArmCluster(stack, "other", {
      substrate: new MetalSubstrate(substrate),
      access: { sshKeys: [key] },
    });
    other.addNodePool("o", members);
    cluster(stack, (v) => ({
      bootstrap: {
        vars: {
          etcd: other.endpoint,
          text: `\${HOME} %{x} $${v.stringValue}\${`,
          nested: { list: [v.stringValue, "${plain}"], [`k-${v.stringValue}`]: null },
          number: v.numberValue,
          list: v.listValue,
          any: v.value as unknown,
        },
      },
    }));
  });

  expect(resource.armstead_playbook?.edge_bootstrap?.vars).toMatchObject({
    etcd: '${join(",", [for name, device in merge(armstead_device.other_o) : device.access_public_ipv4])}',
    text: '${"$\\u007bHOME\\u007d %\\u007bx\\u007d $"}${var.v}${"$\\u007b"}',
    nested: { list: ["${var.v}", "$${plain}"], "k-${var.v}": null },
    number: "${var.v}",
    list: "${var.v}",
    any: "${var.v}",
  });
});

test("what only Terraform needs may be a token: endpoint, project, metro, plans, forks, artifacts, the key's path", () => {
  const { provider, data, resource } = synth((stack) => {
    const it = cluster(stack, ({ stringValue: v, numberValue }) => ({
      substrate: new MetalSubstrate({
        endpoint: v,
        project: `p-${v}`,
        metro: v,
        capacity: [v, "c3.large.arm64"],
      }),
      access: { sshKeys: [key], privateKey: v },
      bootstrap: { forks: numberValue },
      deployment: Deployment.etcd({ artifacts: { url: `${v}/etcd.tar`, checksum: v } }),
    }));
    it.addNodePool("w", {
      role: "worker",
      count: 1,
      devicePlan: Lazy.stringValue({ produce: () => "c9" }),
    });
  });

  expect(provider.armstead[0]?.endpoint).toBe("${var.v}");
  expect(Object.values(data?.armstead_project ?? {})).toMatchObject([{ name: "p-${var.v}" }]);
  expect(resource.armstead_device?.edge_m).toMatchObject({
    metro: "${var.v}",
    plan: "${var.v}",
    fallback_plans: ["c3.large.arm64"],
  });
  expect(resource.armstead_device?.edge_w).toMatchObject({ plan: "c9" });
  expect(resource.armstead_playbook?.edge_bootstrap).toMatchObject({
    forks: "${var.v}",
    private_key_path: "${var.v}",
    vars: { etcd_artifact_url: "${var.v}/etcd.tar", etcd_artifact_checksum: "${var.v}" },
  });
});

const text = Token.asString({ resolve: () => "${var.v}", creationStack: [] });
const number = Token.asNumber({ resolve: () => "${var.v}", creationStack: [] });

test.each<[string, (stack: TerraformStack) => unknown]>([
  ["cluster", (stack) => new ArmCluster(stack, text, { substrate: new MetalSubstrate(substrate) })],
  ["access.sshKeys[0]", (stack) => cluster(stack, () => ({ access: { sshKeys: [text] } }))],
  ["bootstrap.plays", (stack) => cluster(stack, () => ({ bootstrap: { plays: [text] } }))],
  [
    'mirror "docker.io"',
    (stack) => cluster(stack, () => ({})).mirrors.add("docker.io", { url: "http://m", ca: text }),
  ],
  ["mirror", (stack) => cluster(stack, () => ({})).mirrors.add(text, { url: "http://m" })],
  [
    'mirror "docker.io"',
    (stack) => cluster(stack, () => ({})).mirrors.add("docker.io", { url: text }),
  ],
  [
    'pool "w"',
    (stack) => cluster(stack, () => ({})).addNodePool("w", { role: "worker", count: number }),
  ],
  [
    'pool "w" names',
    (stack) => cluster(stack, () => ({})).addNodePool("w", { role: "worker", names: [text, "a"] }),
  ],
  [
    'pool "w" labels',
    (stack) =>
      cluster(stack, () => ({})).addNodePool("w", {
        role: "worker",
        count: 1,
        labels: { a: text },
      }),
  ],
])("what synth needs may be no token: %s", (place, build) => {
  const faults = faultsOf(() => synth((stack) => void build(stack)));

  expect(faults).toMatchObject([{ code: "AS1604", path: place }]);
  expect(JSON.stringify(faults)).not.toContain("TfToken");
});

test("what synth needs of the whole cluster may be no token; all such faults are told at once", () => {
  const build = () =>
    synth((stack) => {
      cluster(stack, () => ({
        access: { sshKeys: [key], user: text, port: number },
        labels: { a: text },
      }));
    });

  expect(build).toThrow(
    /^(?=[^]*AS1604 {2}access: user must)(?=[^]*AS1604 {2}access: port must)(?=[^]*AS1604 {2}metadata.labels: a must)(?![^]*TfToken)(?![^]*e\+2)/,
  );
});

test("in a cluster file nothing is a token, whatever it looks like", () => {
  const stack = new TerraformStack(Testing.app(), "any");
  const known = new TerraformVariable(stack, "v", {}).stringValue;
  const list = Token.asList({ resolve: () => "${var.v}", creationStack: [] })[0] ?? "";
  const file = clusterText(
    `bootstrap: { vars: { a: ${JSON.stringify(known)}, b: { ${JSON.stringify(known)}: [${JSON.stringify(list)}] } } }`,
  ).replace("project: demo", `project: ${JSON.stringify(known)}`);

  const { resource } = synth((it) => ArmCluster.fromConfig(it, "edge", loadText(file).config));

  const data = known.replace("$", '${"$"}');
  expect(resource.armstead_playbook?.edge_bootstrap?.vars).toMatchObject({
    a: data,
    b: { [data]: [list.replace("#", '${"#"}')] },
  });
  expect(Object.values(resource.armstead_project ?? {})).toMatchObject([{ name: data }]);
});
