/** The kubeadm deployment in Terraform: what its play gets, where clients reach it, and where secrets are not. */
import { TerraformOutput } from "cdktf";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { ArmCluster } from "../../../constructs";
import { readCluster } from "../../../stacks";
import { clusterFolder } from "../../support/cluster-folder";
import { synth } from "../../support/synth";

const CHECKSUM = `sha256:${"0".repeat(64)}`;
const MANIFEST = "kind: ConfigMap\ndata: { a: '{{ x }} ${y}' }\n";
const artifact = (name: string) => `{ url: "https://a.example/${name}", checksum: "${CHECKSUM}" }`;
const TEXT = `apiVersion: armstead/v1
kind: Cluster
metadata: { name: edge }
substrate: { metal: { project: demo, metro: da, capacity: [c3.large.arm64] } }
access: { sshKeys: [./key.pub] }
pools: [{ name: c, role: control-plane, count: 1 }, { name: w, role: worker, count: 1 }]
deployment:
  kind: kubeadm
  version: v1.34.2
  kubeletVersion: v1.33.6
  kubeadm: ${artifact("kubeadm")}
  kubelet: ${artifact("kubelet")}
  kubectl: ${artifact("kubectl")}
  runc: ${artifact("runc")}
  cniPlugins: ${artifact("cni.tgz")}
  containerd: { url: "https://a.example/containerd.tgz", checksum: "${CHECKSUM}", version: v2.1.5 }
  manifest: ./cni.yaml
  token: join_token
bootstrap: { secretVars: [join_token] }
`;

function fromFile(text = TEXT) {
  const folder = clusterFolder(text);
  writeFileSync(path.join(folder, "cni.yaml"), MANIFEST);
  const { config } = readCluster("cluster.yaml", { environment: {}, folder });
  const { resource, output } = synth((stack) => {
    const cluster = ArmCluster.fromConfig(stack, "edge", config);
    new TerraformOutput(stack, "api", { value: cluster.endpoint });
  });
  return { playbook: resource.armstead_playbook?.edge_bootstrap, endpoint: output?.api?.value };
}

test("the play gets programs with their versions, networks, manifests, and secrets by name only", () => {
  const { vars, secret_vars: secrets } = fromFile().playbook as {
    vars: Record<string, unknown>;
    secret_vars: unknown;
  };

  expect(vars).toMatchObject({
    kubeadm_version: "v1.34.2",
    kubeadm_programs: [
      { name: "kubeadm", version: "v1.34.2" },
      { name: "kubelet", version: "v1.33.6" },
      { name: "kubectl", version: "v1.34.2" },
      { name: "runc" },
    ],
    kubeadm_containerd: { version: "2.1.5" },
    kubeadm_images: { url: "" },
    kubeadm_endpoint: "",
    kubeadm_pod_cidr: "10.244.0.0/16",
    kubeadm_dns_address: "10.96.0.10",
    kubeadm_pause_image: "registry.k8s.io/pause:3.10",
    kubeadm_shared_token: "{{ join_token }}",
    kubeadm_certificate_key: "",
  });
  expect(Buffer.from(String(vars.kubeadm_manifest), "base64").toString()).toBe(MANIFEST);
  expect(secrets).toEqual({ join_token: "${var.join_token}" });
});

test.each([
  ["api.example", "https://api.example:6443"],
  ["api.example:443", "https://api.example:443"],
  ["'[fd00::1]'", "https://[fd00::1]:6443"],
])("clients reach endpoint %s at %s", (given, expected) => {
  const { playbook, endpoint } = fromFile(
    TEXT.replace("  token:", `  controlPlaneEndpoint: ${given}\n  token:`),
  );

  expect(endpoint).toContain(expected);
  expect(playbook?.vars).toMatchObject({ kubeadm_endpoint: expected.slice("https://".length) });
});

test("without an endpoint clients reach the only control-plane node", () => {
  expect(fromFile().endpoint).toContain('format("https://%s:6443", [for name, device in merge(');
});
