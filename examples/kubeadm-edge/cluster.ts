/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate, RegistryMirrors } from "armstead";
import type { Construct } from "constructs";

const CHECKSUM = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

const from = (path: string) => ({
  url: `https://artifacts.example/${path}`,
  checksum: CHECKSUM,
});

export function build(scope: Construct): ArmCluster {
  const mirrors = new RegistryMirrors();
  mirrors.add("registry.k8s.io", { url: "https://artifacts.example/k8s", mode: "only" });
  const cluster = new ArmCluster(scope, "kubeadm-edge", {
    substrate: new MetalSubstrate({
      endpoint: "https://metal.example/metal/v1",
      project: "edge",
      metro: "da",
      capacity: ["c3.large.arm64"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.debian({ release: "13" }),
    mirrors,
    deployment: Deployment.kubeadm({
      version: "v1.34.2",
      kubeadm: from("v1.34.2/kubeadm"),
      kubelet: from("v1.34.2/kubelet"),
      kubectl: from("v1.34.2/kubectl"),
      runc: from("runc.arm64"),
      containerd: { version: "2.1.4", ...from("containerd-2.1.4-linux-arm64.tar.gz") },
      cniPlugins: from("cni-plugins-linux-arm64-v1.7.1.tgz"),
      token: "kubeadm_token",
      certificateKey: "kubeadm_certificate_key",
      controlPlaneEndpoint: "k8s.edge.example",
    }),
    bootstrap: { secretVars: ["kubeadm_token", "kubeadm_certificate_key"] },
  });
  cluster.addNodePool("control", { role: "control-plane", count: 3 });
  cluster.addNodePool("workers", { role: "worker", count: 4 });
  return cluster;
}
