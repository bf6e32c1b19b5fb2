/** A valid cluster of each kind, as the rules see it. Tests change one thing at a time. */
import type { ClusterSpec, PoolSpec } from "../../../../cluster";
import type { StarlingxName } from "../../../../cluster/deployments/starlingx/kinds";

const OAM = {
  subnet: "10.20.30.0/24",
  gateway: "10.20.30.1",
  floating: "10.20.30.10",
};
const INTERFACES = {
  controller: [
    { port: "enp1s0", networks: ["oam"] },
    { port: "enp2s0", networks: ["mgmt", "cluster-host"] },
  ],
};

/** MAC addresses for hosts that are discovered. */
function hosts(...names: string[]): Record<string, { mac: string }> {
  return Object.fromEntries(
    names.map((name, n) => [name, { mac: `52:54:00:00:00:${String(n + 10)}` }]),
  );
}

function pool(name: string, role: PoolSpec["role"], count: number): PoolSpec {
  return { name, role, count, labels: {} };
}

function spec(kind: StarlingxName, pools: PoolSpec[], options: object): ClusterSpec {
  return {
    apiVersion: "armstead/v1",
    kind: "Cluster",
    metadata: { name: "edge", labels: {} },
    substrate: {
      metal: {
        endpoint: "lab",
        dialect: "packet",
        project: "demo",
        createProject: true,
        metro: "da",
        capacity: ["c3.large.arm64"],
      },
    },
    access: { user: "sysadmin", sshKeys: ["./key.pub"], port: 22, createKeys: true },
    image: { family: "starlingx", release: "4" },
    kernel: "standard",
    pools,
    registries: { mirrors: [], rewrites: { base: "arm64-defaults", images: [] } },
    deployment: { kind: `starlingx/${kind}`, ...options },
    bootstrap: {
      plays: [],
      vars: {},
      secretVars: ["starlingx_admin_password", "starlingx_sysadmin_password", "who", "word"],
    },
  };
}

/** See the header; a new one at each call. */
export function validCluster(kind: StarlingxName): ClusterSpec {
  const controllers = pool("controller", "controller", 2);
  const duplex = { networks: { oam: OAM }, interfaces: INTERFACES };
  switch (kind) {
    case "aio-sx":
      return spec(kind, [pool("controller", "controller", 1)], {
        networks: { oam: OAM },
        interfaces: { controller: [{ port: "enp1s0", networks: ["oam"] }] },
      });
    case "aio-dx":
      return spec(kind, [controllers], duplex);
    case "aio-dx-workers":
      return spec(kind, [controllers, pool("worker", "worker", 2)], {
        ...duplex,
        hosts: hosts("controller-1", "worker-0", "worker-1"),
      });
    case "standard-controller-storage":
      return spec(kind, [controllers, pool("worker", "worker", 2)], {
        ...duplex,
        hosts: hosts("controller-1", "worker-0", "worker-1"),
        storage: {
          backend: "ceph",
          monitor: "worker-0",
          osds: { controller: ["/dev/nvme1n1"] },
        },
      });
    case "standard-dedicated-storage":
      return spec(kind, [controllers, pool("storage", "storage", 2), pool("worker", "worker", 2)], {
        ...duplex,
        hosts: hosts("controller-1", "storage-0", "storage-1", "worker-0", "worker-1"),
        storage: { backend: "ceph", osds: { storage: ["/dev/nvme1n1"] } },
      });
    case "distributed-cloud":
      return spec(
        kind,
        [
          controllers,
          pool("edge-1-controller", "controller", 1),
          pool("edge-2-controller", "controller", 1),
        ],
        {
          ...duplex,
          networks: {
            oam: OAM,
            management: {
              subnet: "192.168.204.0/24",
              range: { start: "192.168.204.2", end: "192.168.204.50" },
            },
          },
          subclouds: [subcloud(1), subcloud(2)],
        },
      );
  }
}

function subcloud(n: number): object {
  return {
    name: `edge-${n}`,
    configuration: "aio-sx",
    pools: [`edge-${n}-controller`],
    systemControllerGateway: "192.168.204.101",
    networks: {
      oam: {
        subnet: `10.20.${40 + n}.0/24`,
        gateway: `10.20.${40 + n}.1`,
        floating: `10.20.${40 + n}.10`,
      },
      management: {
        subnet: `192.168.${100 + n}.0/24`,
        range: { start: `192.168.${100 + n}.2`, end: `192.168.${100 + n}.50` },
        gateway: `192.168.${100 + n}.1`,
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
