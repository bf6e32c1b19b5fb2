/** Container images that nodes of a deployment pull, for whoever proves that each is there for arm64. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { readCluster } from "../../../stacks";
import { Deployment } from "../../../constructs";
import { clusterFolder } from "../../support/cluster-folder";

const CHECKSUM = `sha256:${"0".repeat(64)}`;
const HASH = "0123456789abcdef0123456789abcdef01234567";
const artifact = { url: "https://a.example/x", checksum: CHECKSUM };
const folder = clusterFolder(`apiVersion: armstead/v1
kind: Cluster
metadata: { name: edge }
substrate: { metal: { project: demo, metro: da, capacity: [c3.large.arm64] } }
access: { sshKeys: [./key.pub] }
pools: [{ name: w, role: worker, count: 1 }]
`);
const { config } = readCluster("cluster.yaml", { environment: {}, folder });
const spec = {
  ...config,
  access: { ...config.access, sshKeys: [], privateKey: undefined, bastion: undefined },
};

function imagesOf({ definition }: Deployment): readonly string[] {
  const deployment = { kind: definition.rules.kind, ...definition.options };
  const cluster = {
    ...spec,
    registries: { mirrors: [] },
    bootstrap: { plays: [], vars: {}, secretVars: [] },
    deployment,
  };
  return definition.rules.containerImages?.(cluster) ?? [];
}

function fileOf(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

test("docker: those of the compose file that are known before the nodes are", () => {
  const text =
    "services: { a: { image: 'nginx:1' }, b: { image: 'nginx:1' }, c: { image: '${X}' } }\n";

  const deployment = Deployment.docker({
    engine: "packages",
    composeFile: fileOf("compose.yml", text),
  });

  expect(imagesOf(deployment)).toEqual(["nginx:1"]);
  expect(imagesOf(Deployment.docker({ engine: "none" }))).toEqual([]);
});

test("linuxkit: all that the images of the pools' roles are built of", () => {
  const deployment = Deployment.linuxkit({
    image: fileOf(
      "edge.yml",
      `kernel: { image: "linuxkit/kernel:6.12.59" }\ninit: [linuxkit/init:${HASH}]\nvolumes: [{ name: v, image: "alpine:3.21" }]\n`,
    ),
    worker: fileOf(
      "worker.yml",
      `services: [{ name: a, image: "@pkg:./a" }, { name: b, image: "linuxkit/b:${HASH}" }]\n`,
    ),
    "control-plane": fileOf("c.yml", `services: [{ name: c, image: "linuxkit/c:${HASH}" }]\n`),
  });

  expect(imagesOf(deployment)).toEqual([
    "linuxkit/kernel:6.12.59",
    `linuxkit/init:${HASH}`,
    "alpine:3.21",
    `linuxkit/b:${HASH}`,
  ]);
});

test("kubeadm: those whose tags follow from the version, unless an archive has them", () => {
  const props = {
    version: "v1.34.2",
    kubeadm: artifact,
    kubelet: artifact,
    kubectl: artifact,
    runc: artifact,
    cniPlugins: artifact,
    containerd: { ...artifact, version: "2.1.5" },
    token: "t",
  };

  expect(imagesOf(Deployment.kubeadm(props))).toContain("registry.k8s.io/kube-proxy:v1.34.2");
  expect(imagesOf(Deployment.kubeadm(props))).toContain("registry.k8s.io/pause:3.10");
  expect(imagesOf(Deployment.kubeadm({ ...props, images: artifact }))).toEqual([]);
});
