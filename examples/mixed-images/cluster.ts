/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate } from "armstead";
import type { Construct } from "constructs";

export function build(scope: Construct): ArmCluster {
  const bookworm = ClusterImage.debian({ release: "12" });
  const cluster = new ArmCluster(scope, "mixed-images", {
    substrate: new MetalSubstrate({
      project: "demo",
      metro: "da",
      capacity: ["c3.large.arm64", "c2.large.arm"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.debian({ release: "13" }),
    deployment: Deployment.etcd(),
  });
  cluster.addNodePool("members", { role: "etcd-member", count: 1 });
  cluster.addNodePool("old", { role: "worker", count: 1, image: bookworm });
  cluster.addNodePool("fast", { role: "worker", count: 1, kernel: "realtime" });
  cluster.addNodePool("tower", {
    role: "worker",
    names: ["tower-a"],
    image: bookworm,
    kernel: "realtime",
    devicePlan: "c2.large.arm",
  });
  return cluster;
}
