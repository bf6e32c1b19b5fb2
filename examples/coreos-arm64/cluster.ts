/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate } from "armstead";
import type { Construct } from "constructs";

export function build(scope: Construct): ArmCluster {
  const cluster = new ArmCluster(scope, "coreos-arm64", {
    substrate: new MetalSubstrate({
      endpoint: "https://metal.example/metal/v1",
      project: "edge",
      metro: "da",
      capacity: ["c3.large.arm64"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.of("coreos", { ipxe: "https://boot.example/coreos.ipxe" }),
    deployment: Deployment.coreos({
      etcd: { members: { "members-0": "10.1.0.10" } },
      fleet: { metadata: { region: "lab" } },
    }),
  });
  cluster.addNodePool("members", { role: "etcd-member", count: 1 });
  cluster.addNodePool("proxies", { role: "etcd-proxy", count: 2 });
  return cluster;
}
