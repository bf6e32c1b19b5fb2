/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate, RegistryMirrors } from "armstead";
import type { Construct } from "constructs";

export function build(scope: Construct): ArmCluster {
  const cluster = new ArmCluster(scope, "starlingx-aio-sx", {
    substrate: new MetalSubstrate({
      project: "starlingx",
      metro: "da",
      capacity: ["c3.large.arm64", "c2.large.arm"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.of("starlingx", { release: "4" }),
    kernel: "realtime",
    mirrors: new RegistryMirrors({ rewrites: "arm64-defaults" }),
    deployment: Deployment.starlingx({
      configuration: "aio-sx",
      networks: {
        oam: { subnet: "10.20.30.0/24", gateway: "10.20.30.1", floating: "10.20.30.10" },
      },
      interfaces: {
        controller: [
          { port: "enp1s0", networks: ["oam"], driver: "mlx5_core" },
          { port: "enp2s0", class: "data", driver: "mlx5_core" },
        ],
      },
      storage: { backend: "ceph", osds: { controller: ["/dev/nvme1n1"] } },
      labels: { controller: { sriovdp: "enabled" } },
    }),
    bootstrap: { secretVars: ["starlingx_admin_password", "starlingx_sysadmin_password"] },
  });
  cluster.addNodePool("controller", { role: "controller", count: 1 });
  return cluster;
}
