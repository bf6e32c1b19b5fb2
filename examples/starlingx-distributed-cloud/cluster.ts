/** cluster.yaml in code: both give the same plan. */
import {
  ArmCluster,
  ClusterImage,
  Deployment,
  MetalSubstrate,
  RegistryMirrors,
  type StarlingxSubcloudProps,
} from "armstead";
import type { Construct } from "constructs";

/** Subclouds differ in their names and networks only. */
function subcloud(name: string, location: string, n: number): StarlingxSubcloudProps {
  const oam = `10.20.4${n}`;
  const management = `192.168.10${n}`;
  return {
    name,
    configuration: "aio-sx",
    pools: [`${name}-controller`],
    location,
    systemControllerGateway: "192.168.204.101",
    networks: {
      oam: { subnet: `${oam}.0/24`, gateway: `${oam}.1`, floating: `${oam}.10` },
      management: {
        subnet: `${management}.0/24`,
        range: { start: `${management}.2`, end: `${management}.50` },
        gateway: `${management}.1`,
      },
    },
    interfaces: {
      controller: [
        { port: "enp1s0", networks: ["oam"] },
        { port: "enp2s0", networks: ["mgmt"] },
      ],
    },
  };
}

export function build(scope: Construct): ArmCluster {
  const cluster = new ArmCluster(scope, "starlingx-distributed-cloud", {
    substrate: new MetalSubstrate({
      project: "starlingx",
      metro: "da",
      capacity: ["c3.large.arm64", "c2.large.arm"],
    }),
    access: { sshKeys: ["../../.armstead/demo/id_ed25519.pub"] },
    image: ClusterImage.of("starlingx", { release: "4" }),
    mirrors: new RegistryMirrors({ rewrites: "arm64-defaults" }),
    deployment: Deployment.starlingx({
      configuration: "distributed-cloud",
      central: "aio-dx",
      networks: {
        oam: { subnet: "10.20.30.0/24", gateway: "10.20.30.1", floating: "10.20.30.10" },
        management: {
          subnet: "192.168.204.0/24",
          range: { start: "192.168.204.2", end: "192.168.204.50" },
        },
      },
      interfaces: {
        controller: [
          { port: "enp1s0", networks: ["oam"] },
          { port: "enp2s0", networks: ["mgmt", "cluster-host"] },
        ],
      },
      hosts: { "controller-1": { mac: "52:54:00:20:00:11" } },
      subclouds: [subcloud("edge-1", "north", 1), subcloud("edge-2", "south", 2)],
    }),
    bootstrap: { secretVars: ["starlingx_admin_password", "starlingx_sysadmin_password"] },
  });
  cluster.addNodePool("controller", { role: "controller", count: 2 });
  cluster.addNodePool("edge-1-controller", { role: "controller", count: 1 });
  cluster.addNodePool("edge-2-controller", {
    role: "controller",
    count: 1,
    kernel: "realtime",
  });
  return cluster;
}
