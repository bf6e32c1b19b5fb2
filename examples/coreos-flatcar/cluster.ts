/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate } from "armstead";
import type { Construct } from "constructs";

const CHECKSUM = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

export function build(scope: Construct): ArmCluster {
  const cluster = new ArmCluster(scope, "coreos-flatcar", {
    substrate: new MetalSubstrate({
      endpoint: "https://metal.example/metal/v1",
      project: "edge",
      metro: "da",
      capacity: ["c3.large.arm64"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.of("flatcar", {
      release: "stable",
      ipxe: "https://boot.example/flatcar.ipxe",
    }),
    deployment: Deployment.coreos({
      etcd: {
        version: "3.5.16",
        artifacts: {
          url: "https://artifacts.example/etcd-v3.5.16-arm64.tar.gz",
          checksum: CHECKSUM,
        },
        members: { "members-0": "10.1.0.10", "members-1": "10.1.0.11", "members-2": "10.1.0.12" },
      },
      flannel: {
        network: "10.2.0.0/16",
        artifacts: {
          url: "https://artifacts.example/flannel-v0.25.5-arm64.tar.gz",
          checksum: CHECKSUM,
        },
      },
      update: { group: "stable", reboot: "off" },
    }),
  });
  cluster.addNodePool("members", { role: "etcd-member", count: 3 });
  cluster.addNodePool("workers", { role: "worker", count: 2, labels: { zone: "shop" } });
  return cluster;
}
