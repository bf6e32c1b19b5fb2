/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate } from "armstead";
import type { Construct } from "constructs";

export function build(scope: Construct): ArmCluster {
  const cluster = new ArmCluster(scope, "docker-host", {
    substrate: new MetalSubstrate({
      project: "demo",
      metro: "da",
      capacity: ["c3.large.arm64", "c2.large.arm"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.debian({ release: "13" }),
    deployment: Deployment.docker({
      engine: "none",
      options: ["--storage-driver=overlay2", "-D"],
      daemon: { "log-driver": "local" },
    }),
  });
  cluster.mirrors.add("docker.io", { url: "http://10.0.2.2:5000" });
  cluster.addNodePool("hosts", { role: "worker", count: 2 });
  return cluster;
}
