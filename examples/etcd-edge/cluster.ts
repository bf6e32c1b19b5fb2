/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate, RegistryMirrors } from "armstead";
import type { Construct } from "constructs";

export function build(scope: Construct): ArmCluster {
  const mirrors = new RegistryMirrors();
  mirrors.add("docker.io", { url: "http://mirror.example:5000", mode: "fallback" });
  mirrors.add("quay.io", { url: "https://mirror.example/quay", mode: "only" });
  const cluster = new ArmCluster(scope, "etcd-edge", {
    labels: { site: "edge" },
    substrate: new MetalSubstrate({
      project: "demo",
      metro: "da",
      capacity: ["c3.large.arm64", "c2.large.arm"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.debian({ release: "13" }),
    mirrors,
    deployment: Deployment.etcd({
      artifacts: {
        url: "http://lab:7118/artifacts/etcd-linux-{{ ansible_architecture }}.tar",
        checksum: "sha256:http://lab:7118/artifacts/SHA256SUMS",
      },
    }),
  });
  cluster.addNodePool("members", { role: "etcd-member", count: 3 });
  cluster.addNodePool("workers", {
    role: "worker",
    count: 1,
    kernel: "realtime",
    labels: { latency: "low" },
  });
  return cluster;
}
