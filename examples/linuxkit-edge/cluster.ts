/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate } from "armstead";
import type { Construct } from "constructs";

export function build(scope: Construct): ArmCluster {
  const cluster = new ArmCluster(scope, "linuxkit-edge", {
    substrate: new MetalSubstrate({
      endpoint: "https://metal.example/metal/v1",
      project: "edge",
      metro: "da",
      capacity: ["c3.large.arm64"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.of("linuxkit", { ipxe: "https://boot.example/linuxkit.ipxe" }),
    deployment: Deployment.linuxkit({
      image: "./edge.yml",
      worker: "./worker.yml",
      metadata: { site: { content: "edge" } },
    }),
  });
  cluster.addNodePool("control", { role: "control-plane", count: 1 });
  cluster.addNodePool("workers", { role: "worker", count: 3 });
  return cluster;
}
