/** Clusters that differ from the plain ones in what their steps are: enrolment, storage, interfaces, IPv6. */
import type { ClusterSpec } from "../../../../cluster";
import type { StarlingxName } from "../../../../cluster/deployments/starlingx/kinds";
import { validCluster } from "../../../cluster/deployments/starlingx/valid-clusters";

/** See the header; by a sentence about each. */
export const VARIANTS: Readonly<Record<string, ClusterSpec>> = {
  "hosts are told beforehand, with their devices": change("standard-dedicated-storage", (it) => ({
    enrol: "pre-add",
    hosts: Object.fromEntries(
      Object.entries(it.hosts as object).map(([name, own]) => [
        name,
        { ...own, bootDevice: "nvme0n1", rootfsDevice: "nvme0n1" },
      ]),
    ),
  })),
  "workers with a low-latency kernel are told so beforehand": {
    ...change("aio-dx-workers", () => ({ enrol: "pre-add" })),
    kernel: "realtime",
  },
  "processors of controllers and workers are isolated, and huge pages set aside": tuned(),
  "controllers are joined without a switch": change("aio-dx", () => ({
    systemMode: "duplex-direct",
  })),
  "Ceph keeps three replicas on a single host": change("aio-sx", () => ({
    storage: {
      backend: "ceph",
      replication: 3,
      osds: { controller: ["/dev/sdb", "/dev/sdc", "/dev/sdd"] },
    },
  })),
  "Ceph keeps its data on both controllers": change("aio-dx", () => ({
    storage: { backend: "ceph", osds: { controller: ["/dev/nvme1n1"] } },
  })),
  "Rook Ceph keeps its data on workers": change("aio-dx-workers", () => ({
    storage: { backend: "ceph-rook", deployment: "dedicated", osds: { worker: ["/dev/sdb"] } },
  })),
  "Rook Ceph keeps its data on controllers of Standard": change(
    "standard-controller-storage",
    () => ({ storage: { backend: "ceph-rook", osds: { controller: ["/dev/sdb"] } } }),
  ),
  "three replicas on three storage hosts": threeReplicas(),
  "OAM, management and cluster-host share a port": change("aio-dx", () => ({
    interfaces: { controller: [{ port: "enp1s0", networks: ["mgmt", "oam", "cluster-host"] }] },
  })),
  "cluster-host and pxeboot have ports of their own, data too, and there are labels and room for images":
    change("aio-dx-workers", () => ({
      interfaces: {
        controller: [
          { port: "enp4s0", class: "data" },
          { port: "enp1s0", networks: ["oam"] },
          { port: "enp2s0", networks: ["mgmt"] },
          { port: "enp3s0", networks: ["cluster-host"] },
          { port: "enp5s0", networks: ["pxeboot"] },
        ],
        worker: [{ port: "enp5s0", class: "pci-sriov" }],
      },
      labels: { controller: { sriovdp: "enabled" }, worker: { latency: "low" } },
      dockerFsSize: 60,
    })),
  "IPv6 everywhere": change("aio-dx", () => ({
    networks: {
      oam: { subnet: "fd00:1::/64", gateway: "fd00:1::1", floating: "fd00:1::a" },
      management: { subnet: "fd00:2::/64" },
      clusterHost: { subnet: "fd00:3::/64" },
      pod: { subnet: "fd00:4::/64" },
      service: { subnet: "fd00:5::/112" },
      multicast: { subnet: "ff08::1:1:0/124" },
    },
    dns: ["fd00:1::53"],
  })),
  "registries, proxies and overrides are taken by the bootstrap": change("aio-sx", () => ({
    dockerRegistries: {
      "docker.io": { url: "mirror.example:5000/hub", username: "who", password: "word" },
      defaults: { url: "[fd00::1]:5000", secure: false },
    },
    additionalImages: ["docker.io/library/busybox:1.36"],
    proxy: { http: "http://proxy.example:3128", none: ["10.0.0.1", "m.example"] },
    timezone: "Europe/Berlin",
    ntp: ["time.example", "10.0.0.7"],
    overrides: { calico_mtu: 1500, apiserver_extra_args: { "event-ttl": "24h0m0s" } },
  })),
  "a subcloud of two hosts with an admin network": adminSubcloud(),
};

type Options = Readonly<Record<string, unknown>>;

function change(name: StarlingxName, options: (own: Options) => Options): ClusterSpec {
  const cluster = validCluster(name);
  const { kind, ...own } = cluster.deployment ?? { kind: "" };
  return { ...cluster, deployment: { kind, ...own, ...options(own) } };
}

function threeReplicas(): ClusterSpec {
  const cluster = change("standard-dedicated-storage", ({ hosts }) => ({
    storage: { replication: 3, osds: { storage: ["/dev/sdb", "/dev/sdc"] } },
    hosts: { ...(hosts as object), "storage-2": { mac: "52:54:00:00:00:99" } },
  }));
  const pools = cluster.pools.map((it) => (it.role === "storage" ? { ...it, count: 3 } : it));
  return { ...cluster, pools };
}

function adminSubcloud(): ClusterSpec {
  const cluster = change("distributed-cloud", ({ subclouds }) => {
    const [first, ...others] = subclouds as Options[];
    const networks = {
      ...(first?.networks as object),
      management: {
        subnet: "192.168.101.0/24",
        range: { start: "192.168.101.2", end: "192.168.101.50" },
      },
      admin: {
        subnet: "10.77.0.0/24",
        range: { start: "10.77.0.2", end: "10.77.0.9" },
        gateway: "10.77.0.1",
      },
    };
    const controller = [
      { port: "enp1s0", networks: ["oam"] },
      { port: "enp2s0", networks: ["mgmt", "cluster-host"] },
      { port: "enp3s0", networks: ["admin"] },
    ];
    const changed = { ...first, configuration: "aio-dx", networks, interfaces: { controller } };
    return { subclouds: [changed, ...others] };
  });
  const pools = cluster.pools.map((it) =>
    it.name === "edge-1-controller" ? { ...it, count: 2 } : it,
  );
  return { ...cluster, pools };
}

/** Both kernels, both sizes of pages. */
function tuned(): ClusterSpec {
  const policy = { "kube-cpu-mgr-policy": "static" };
  const cluster = change("aio-dx-workers", () => ({
    labels: { controller: policy, worker: policy },
  }));
  const [controller, worker] = cluster.pools;
  if (controller === undefined || worker === undefined) throw new Error("there are two pools");
  return {
    ...cluster,
    pools: [
      { ...controller, tuning: { isolatedCpus: "2-9", hugePages: [{ size: "1G", count: 8 }] } },
      {
        ...worker,
        kernel: "realtime",
        tuning: { isolatedCpus: "4,10-78", hugePages: [{ size: "2M", count: 512 }] },
      },
    ],
  };
}
