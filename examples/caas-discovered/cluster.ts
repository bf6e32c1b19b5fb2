/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate } from "armstead";
import type { Construct } from "constructs";

const SERVER = "http://172.20.0.250:5000";
const CHECKSUM = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

export function build(scope: Construct): ArmCluster {
  const cluster = new ArmCluster(scope, "caas-discovered", {
    substrate: new MetalSubstrate({
      endpoint: "https://metal.example/metal/v1",
      project: "edge",
      metro: "da",
      capacity: ["c3.large.arm64"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.of("flatcar", { release: "stable", ipxe: `${SERVER}/boot.ipxe` }),
    deployment: Deployment.caas({
      server: SERVER,
      client: { url: `${SERVER}/assets/discovery-arm64`, checksum: CHECKSUM },
      discovery: "./discovery.json",
      etcd: { artifacts: { url: `${SERVER}/assets/etcd-arm64.tar`, checksum: CHECKSUM } },
    }),
  });
  cluster.addNodePool("members", { role: "etcd-member", count: 3 });
  cluster.addNodePool("control", { role: "control-plane", count: 1 });
  cluster.addNodePool("workers", { role: "worker", count: 1 });
  return cluster;
}
