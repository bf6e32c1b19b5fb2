/** Bastions of clusters: from files and from code, in every resource that reaches nodes. */
import path from "node:path";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { ArmCluster, type ArmClusterProps, Deployment, MetalSubstrate } from "../../constructs";
import { clusterFolder, clusterText, loadText } from "../support/cluster-folder";
import { synth, synthConfig, type Synthesized } from "../support/synth";

const HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKeyOfTheBastionInThisTest";
const BASTION = `bastion: { address: gate.example, port: 2200, user: ops, hostKeys: ["${HOST_KEY}"] }`;
const text = (bastion: string, more = ""): string =>
  clusterText(more).replace("[./key.pub]", `[./key.pub], ${bastion}`);
const PLACE = { address: "gate.example", port: 2200, user: "ops", host_keys: [HOST_KEY] };

function fromFile(yaml: string): Synthesized {
  const { config } = loadText(yaml);
  return synth((stack) => ArmCluster.fromConfig(stack, "edge", config));
}

function fromCode(stack: TerraformStack, access: ArmClusterProps["access"]): ArmCluster {
  const cluster = new ArmCluster(stack, "edge", {
    substrate: new MetalSubstrate({ project: "demo", metro: "da", capacity: ["c3.large.arm64"] }),
    access: { sshKeys: [path.join(clusterFolder(""), "key.pub")], ...access },
    deployment: Deployment.etcd(),
  });
  cluster.addNodePool("members", { role: "etcd-member", count: 3 });
  return cluster;
}

test("devices are waited for and plays run through the bastion, with the nodes' key where it has none", () => {
  const { resource } = fromFile(text(BASTION));
  const playbook = resource.armstead_playbook?.edge_bootstrap;
  const key = playbook?.private_key_path;

  expect(key).toMatch(/key$/);
  for (const it of [playbook, ...Object.values(resource.armstead_device ?? {})]) {
    expect(it?.bastion).toEqual({ ...PLACE, private_key_path: key });
  }
  expect(playbook?.hosts).toContain(
    '"address" = device.access_public_ipv4 == null ? device.access_private_ipv4 : device.access_public_ipv4',
  );
});

test.each([
  ["a key of its own", ", privateKey: ~/.ssh/gate }", "~/.ssh/gate"],
  ["an agent", ", privateKey: agent }", undefined],
])("a bastion may have %s", (_, more, expected) => {
  const { resource } = fromFile(text(BASTION.replace(" }", more)));

  const { bastion } = resource.armstead_playbook?.edge_bootstrap ?? {};
  expect(bastion).toEqual({ ...PLACE, private_key_path: expected });
});

test("without a bastion nothing of one is there", () => {
  const found = JSON.stringify(fromFile(clusterText()));

  expect(found).not.toContain("bastion");
  expect(found).not.toContain("device.access_public_ipv4 ==");
});

test("a file and code give the same bytes", () => {
  const { config } = loadText(text(BASTION.replace(" }", ", privateKey: ~/.ssh/gate }")));
  const file = synth((stack) => ArmCluster.fromConfig(stack, "edge", config));
  const code = synth((stack) => {
    const cluster = new ArmCluster(stack, "edge", {
      substrate: new MetalSubstrate({
        project: "demo",
        metro: "da",
        capacity: ["c3.large.arm64", "c2.large.arm"],
      }),
      access: {
        sshKeys: config.access.sshKeys,
        bastion: {
          ...{ address: "gate.example", port: 2200, user: "ops", hostKeys: [HOST_KEY] },
          privateKey: "~/.ssh/gate",
        },
      },
      deployment: Deployment.etcd(),
    });
    const labels = { latency: "low" };
    cluster.addNodePool("members", { role: "etcd-member", count: 3 });
    cluster.addNodePool("workers", { role: "worker", count: 2, kernel: "realtime", labels });
  });

  expect(JSON.stringify(code)).toBe(JSON.stringify(file));
});

test("a null resource hands the bastion over in its inputs, and runs anew when it changes", () => {
  const json = synthConfig(loadText(text(BASTION, "bootstrap: { via: null-provider }\n")).config);
  const { locals, resource } = JSON.parse(json) as Synthesized & {
    readonly locals: Readonly<Record<string, unknown>>;
  };

  expect(locals.edge_bootstrap_bastion).toMatchObject(PLACE);
  const { triggers } = resource.null_resource?.edge_bootstrap ?? {};
  expect(triggers).toContain(", bastion = local.edge_bootstrap_bastion }");
});

test("a bastion may be what only Terraform knows, and text in it is data", () => {
  const { resource } = synth((stack) => {
    const v = new TerraformVariable(stack, "v", { type: "string" });
    const keys = new TerraformVariable(stack, "keys", { type: "list(string)" });
    const bastion = { address: v.stringValue, user: "ops", hostKeys: keys.listValue };
    fromCode(stack, { bastion: { ...bastion, privateKey: v.stringValue } });
  });

  expect(resource.armstead_playbook?.edge_bootstrap?.bastion).toEqual({
    ...{ address: "${var.v}", port: 22, user: "ops", host_keys: "${var.keys}" },
    private_key_path: "${var.v}",
  });
});

test("code may give no bastion that a file may not", () => {
  const bastion = { address: "${x}", port: 0, hostKeys: [] };

  expect(() => synth((stack) => fromCode(stack, { bastion }))).toThrow(
    /access\.bastion: malformed address[\s\S]*port must be[\s\S]*hostKeys must not be empty/,
  );
});
