/** cluster.yaml in code: both give the same plan. */
import { ArmCluster, ClusterImage, Deployment, MetalSubstrate, RegistryMirrors } from "armstead";
import type { Construct } from "constructs";

export function build(scope: Construct): ArmCluster {
  const cluster = new ArmCluster(scope, "starlingx-standard-controller-storage", {
    substrate: new MetalSubstrate({
      project: "starlingx",
      metro: "da",
      capacity: ["c3.large.arm64", "c2.large.arm"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.of("starlingx", { release: "4" }),
    mirrors: new RegistryMirrors({ rewrites: "arm64-defaults" }),
    deployment: Deployment.starlingx({
      configuration: "standard-controller-storage",
      networks: {
        oam: { subnet: "10.20.30.0/24", gateway: "10.20.30.1", floating: "10.20.30.10" },
      },
      interfaces: {
        controller: [
          { port: "enp1s0", networks: ["oam"] },
          { port: "enp2s0", networks: ["mgmt", "cluster-host"] },
        ],
      },
      storage: { backend: "ceph", monitor: "worker-0", osds: { controller: ["/dev/nvme1n1"] } },
      hosts: {
        "controller-1": { mac: "52:54:00:20:00:11" },
        "worker-0": { mac: "52:54:00:20:00:20" },
        "worker-1": { mac: "52:54:00:20:00:21" },
      },
    }),
    bootstrap: { secretVars: ["starlingx_admin_password", "starlingx_sysadmin_password"] },
  });
  cluster.addNodePool("controller", { role: "controller", count: 2 });
  cluster.addNodePool("worker", { role: "worker", count: 2 });
  return cluster;
}
