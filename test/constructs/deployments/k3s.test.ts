/** The k3s deployment in Terraform: what its play gets, where clients reach it, and where the token is not. */
import { TerraformOutput, TerraformVariable } from "cdktf";
import { ArmCluster, Deployment, MetalSubstrate } from "../../../constructs";
import { readCluster } from "../../../stacks";
import { clusterFolder } from "../../support/cluster-folder";
import { synth } from "../../support/synth";

const CHECKSUM = `sha256:${"0".repeat(64)}`;
const TEXT = `apiVersion: armstead/v1
kind: Cluster
metadata: { name: edge }
substrate: { metal: { project: demo, metro: da, capacity: [c3.large.arm64] } }
access: { sshKeys: [./key.pub] }
pools: [{ name: c, role: control-plane, count: 3 }, { name: w, role: worker, count: 1 }]
deployment:
  kind: k3s
  version: v1.31.4+k3s1
  binary: { url: "https://a.example/k3s-arm64", checksum: "${CHECKSUM}" }
  token: join_token
  disable: [traefik]
bootstrap: { secretVars: [join_token] }
`;

function fromFile(text = TEXT) {
  const folder = clusterFolder(text);
  const { config } = readCluster("cluster.yaml", { environment: {}, folder });
  const { resource, output } = synth((stack) => {
    const cluster = ArmCluster.fromConfig(stack, "edge", config);
    new TerraformOutput(stack, "api", { value: cluster.endpoint });
  });
  const playbook = resource.armstead_playbook?.edge_bootstrap;
  return { playbook, endpoint: output?.api?.value, text: JSON.stringify(resource) };
}

test("the play gets the networks, the parts that are left out, and the token by its name only", () => {
  const { playbook } = fromFile();

  expect(playbook?.vars).toMatchObject({
    k3s_version: "v1.31.4+k3s1",
    k3s_shared_token: "{{ join_token }}",
    k3s_server_config: {
      "cluster-cidr": "10.42.0.0/16",
      "cluster-dns": "10.43.0.10",
      "service-cidr": "10.43.0.0/16",
      disable: ["traefik"],
    },
  });
  expect(playbook?.secret_vars).toEqual({ join_token: "${var.join_token}" });
});

test("clients reach the first server, or the endpoint", () => {
  const own = fromFile();
  const given = fromFile(TEXT.replace("  token:", '  endpoint: "fd00::1"\n  token:'));

  expect(own.endpoint).toContain('format("https://%s:6443", [for name, device in merge(');
  expect(own.endpoint).toContain("device.access_public_ipv4][0])");
  expect(given.endpoint).toContain("https://[fd00::1]:6443");
});

test("code gives the same variables as a file", () => {
  const { resource } = synth((stack) => {
    const token = new TerraformVariable(stack, "join_token", { sensitive: true });
    const cluster = new ArmCluster(stack, "edge", {
      substrate: new MetalSubstrate({ project: "demo", metro: "da", capacity: ["c3.large.arm64"] }),
      deployment: Deployment.k3s({
        version: "v1.31.4+k3s1",
        binary: { url: "https://a.example/k3s-arm64", checksum: CHECKSUM },
        token: "join_token",
        disable: ["traefik"],
      }),
      access: { sshKeys: [`${clusterFolder(TEXT)}/key.pub`] },
      bootstrap: { secretVars: { join_token: token.stringValue } },
    });
    cluster.addNodePool("c", { role: "control-plane", count: 3 });
    cluster.addNodePool("w", { role: "worker", count: 1 });
  });

  expect(resource.armstead_playbook?.edge_bootstrap?.vars).toEqual(fromFile().playbook?.vars);
});
