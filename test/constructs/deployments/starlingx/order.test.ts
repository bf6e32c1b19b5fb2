/** The order of steps: that of the installation guides word by word, and laws that hold of any cluster. */
import fc from "fast-check";
import {
  STARLINGX_NAMES,
  type StarlingxName,
} from "../../../../cluster/deployments/starlingx/kinds";
import { checkStarlingx } from "../../../../cluster/deployments/starlingx/rules";
import { type Host, sitesOf } from "../../../../cluster/deployments/starlingx/site";
import { ARM_OFFER } from "../../../../constructs/deployments/starlingx/arm-offer";
import { stagesOf } from "../../../../constructs/deployments/starlingx/steps/cluster-steps";
import { siteSteps } from "../../../../constructs/deployments/starlingx/steps/site-steps";
import { validCluster } from "../../../cluster/deployments/starlingx/valid-clusters";
import { randomCluster } from "./random-clusters";
import { VARIANTS } from "./variants";

const SECOND = [
  "power_on(controller-1)",
  "discover(controller-1)",
  "set_personality(controller-1)",
];
const C0 = ["bootstrap", "oam_if(controller-0)"];
const DUPLEX = [
  ...C0,
  "mgmt_if_c0",
  "ntp",
  "unlock(controller-0)",
  ...SECOND,
  "wait_installed(controller-1)",
  "oam_if(controller-1)",
  "cluster_host_if(controller-1)",
  "unlock(controller-1)",
];
const LATER = ["power_on", "discover", "set_personality", "wait_installed"];

/** What the guides say; hosts of one kind that are treated alike stand together. */
const ORDERS: Readonly<Record<Exclude<StarlingxName, "distributed-cloud">, readonly string[]>> = {
  "aio-sx": [...C0, "ntp", "unlock(controller-0)"],
  "aio-dx": DUPLEX,
  "aio-dx-workers": [
    ...DUPLEX,
    ...LATER.map((it) => `${it}(worker)`),
    "cluster_host_if(worker)",
    "unlock(worker)",
  ],
  "standard-controller-storage": [
    ...C0,
    "mgmt_if_c0",
    "ntp",
    "backend_ceph",
    "unlock(controller-0)",
    ...LATER.flatMap((it) => [`${it}(controller-1)`, `${it}(worker)`]),
    "oam_if(controller-1)",
    "cluster_host_if(controller-1)",
    "unlock(controller-1)",
    "ceph_mon_worker(worker)",
    "cluster_host_if(worker)",
    "unlock(worker)",
    "osd(controller-0)",
    "osd(controller-1)",
  ],
  "standard-dedicated-storage": [
    ...C0,
    "mgmt_if_c0",
    "ntp",
    "backend_ceph",
    "unlock(controller-0)",
    ...LATER.flatMap((it) => [`${it}(controller-1)`, `${it}(storage)`, `${it}(worker)`]),
    "oam_if(controller-1)",
    "cluster_host_if(controller-1)",
    "unlock(controller-1)",
    "cluster_host_if(storage)",
    "osd(storage)",
    "unlock(storage)",
    "cluster_host_if(worker)",
    "unlock(worker)",
  ],
};
/** What hands do, and what the guides leave to the site. */
const BESIDES = /^(installed|hardware|label|docker_fs|data_if|rook_mon)\b/;

test.each(Object.entries(ORDERS))(
  "steps of %s are those of its guide, in its order",
  (name, order) => {
    const [site] = sitesOf(validCluster(name as StarlingxName));
    const ids = site ? siteSteps(site).map(({ id }) => id) : [];
    const words = ids
      .filter((it) => !BESIDES.test(it))
      .map((it) => it.replace(/\((worker|storage)-\d+/, "($1").replace(/,[^)]*\)/, ")"));

    expect(words.filter((it, n) => it !== words[n - 1])).toEqual(order);
  },
);

test("a distributed cloud: the central site, its subclouds, their own steps and routes, and who manages them", () => {
  const stages = stagesOf(validCluster("distributed-cloud"));
  const shown = stages.map(({ name, steps }) => [name, steps.map(({ id, on }) => `${on}: ${id}`)]);

  expect(stages.map(({ name }) => name)).toEqual(["site", "add", "subclouds", "manage"]);
  expect(Object.fromEntries(shown)).toMatchObject({
    add: ["controller-0: subcloud_add(edge-1)", "controller-0: subcloud_add(edge-2)"],
    manage: [
      "controller-0: subcloud_online(edge-1)",
      "controller-0: subcloud_manage(edge-1)",
      "controller-0: subcloud_online(edge-2)",
      "controller-0: subcloud_manage(edge-2)",
    ],
  });
  const own = stages[2]?.steps.filter(({ on }) => on === "edge-1-controller-0").map(({ id }) => id);
  expect(own).toEqual([
    "installed",
    "hardware(controller-0)",
    "bootstrap",
    "oam_if(controller-0)",
    "mgmt_if_c0",
    "ntp",
    "unlock(controller-0)",
    "route(controller-0)",
  ]);
});

test("commands have the words of the client", () => {
  const words = (name: StarlingxName, id: string): unknown =>
    stagesOf(validCluster(name))
      .flatMap(({ steps }) => steps)
      .find((it) => it.id === id)
      ?.commands.map(({ argv }) => argv);

  expect(words("aio-dx", "oam_if(controller-0)")).toEqual([
    ["system", "host-if-modify", "controller-0", "enp1s0", "-c", "platform"],
    ["system", "interface-network-assign", "controller-0", "enp1s0", "oam"],
  ]);
  expect(words("aio-dx", "mgmt_if_c0")).toEqual([
    ["system", "host-if-modify", "controller-0", "lo", "-c", "none"],
    ["system", "interface-network-remove", { ref: "uuid" }],
    ["system", "host-if-modify", "controller-0", "enp2s0", "-c", "platform"],
    ["system", "interface-network-assign", "controller-0", "enp2s0", "mgmt"],
    ["system", "host-if-modify", "controller-0", "enp2s0", "-c", "platform"],
    ["system", "interface-network-assign", "controller-0", "enp2s0", "cluster-host"],
  ]);
  expect(words("standard-dedicated-storage", "backend_ceph")).toEqual([
    ["system", "storage-backend-add", "ceph", "--confirmed"],
  ]);
  expect(words("standard-controller-storage", "osd(controller-0,/dev/nvme1n1)")).toEqual([
    ["system", "host-stor-add", "controller-0", "osd", { ref: "disk_uuid" }],
  ]);
  expect(words("aio-dx-workers", "set_personality(worker-0)")).toEqual([
    ["system", "host-update", { ref: "host_id" }, "personality=worker", "hostname=worker-0"],
  ]);
  expect(words("aio-dx-workers", "cluster_host_if(worker-0)")).toEqual([
    ["system", "interface-network-assign", "worker-0", "mgmt0", "cluster-host"],
  ]);
  expect(words("distributed-cloud", "subcloud_add(edge-1)")).toEqual([
    [
      "dcmanager",
      "subcloud",
      "add",
      "--bootstrap-address",
      "10.20.41.10",
      "--bootstrap-values",
      "edge-1-bootstrap-values.yml",
      "--sysadmin-password",
      { secret: "sysadmin" },
    ],
  ]);
  expect(words("distributed-cloud", "route(controller-0)")).toEqual([
    ["system", "host-route-add", "controller-0", "enp2s0", "192.168.204.0", "24", "192.168.101.1"],
  ]);
});

test("a host that is told beforehand is told all that the client takes", () => {
  const cluster = VARIANTS["workers with a low-latency kernel are told so beforehand"];
  const steps = cluster ? stagesOf(cluster).flatMap((it) => it.steps) : [];

  expect(steps.find(({ id }) => id === "pre_add(worker-0)")?.commands[0]?.argv).toEqual([
    "system",
    "host-add",
    "-n",
    "worker-0",
    "-p",
    "worker",
    "-s",
    "lowlatency",
    "-m",
    "52:54:00:00:00:11",
  ]);
});

test("laws of every cluster that keeps the rules", () => {
  fc.assert(
    fc.property(randomCluster, (cluster) => {
      const found = checkStarlingx(cluster, ARM_OFFER).map(({ fault }) => fault);
      // Steps hold of pairs that nobody verified too.
      expect(found.filter(({ code }) => code !== "AS1364")).toEqual([]);
      const [site] = sitesOf(cluster);
      if (site === undefined) throw new Error("there is no site");
      const ids = siteSteps(site).map(({ id }) => id);
      for (const [before, after] of lawsOf(site.hosts, ids)) expectBefore(ids, before, after);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 200 },
  );
});

/** Pairs of steps: where both are, the first comes first. */
function lawsOf(hosts: readonly Host[], ids: readonly string[]): (readonly [string, string])[] {
  const others = hosts.slice(1).map(({ hostname }) => hostname);
  const storage = others.filter((it) => it.startsWith("storage-"));
  const osds = ids.filter((it) => it.startsWith("osd("));
  const backends = ids.filter((it) => it.startsWith("backend_"));
  return [
    ...ids
      .filter((it) => !/^(installed|hardware)/.test(it))
      .map((it) => ["bootstrap", it] as const),
    ["mgmt_if_c0", "unlock(controller-0)"],
    ...backends.flatMap((it) => [
      [it, "unlock(controller-0)"] as const,
      ...osds.map((osd) => [it, osd] as const),
    ]),
    ...hosts.flatMap(({ hostname: it }) => [
      [`oam_if(${it})`, `unlock(${it})`] as const,
      [`cluster_host_if(${it})`, `unlock(${it})`] as const,
      [`kernel(${it})`, `unlock(${it})`] as const,
      [`label(${it})`, `unlock(${it})`] as const,
      [`isolated_cpus(${it})`, `unlock(${it})`] as const,
      [`huge_pages(${it})`, `unlock(${it})`] as const,
    ]),
    ...others.flatMap((it) => [
      ["unlock(controller-0)", `power_on(${it})`] as const,
      [`pre_add(${it})`, `power_on(${it})`] as const,
      [`power_on(${it})`, `discover(${it})`] as const,
      [`discover(${it})`, `set_personality(${it})`] as const,
      [`set_personality(${it})`, `wait_installed(${it})`] as const,
      [`power_on(${it})`, `wait_installed(${it})`] as const,
      [`wait_installed(${it})`, `cluster_host_if(${it})`] as const,
      [`wait_installed(${it})`, `kernel(${it})`] as const,
      [`wait_installed(${it})`, `isolated_cpus(${it})`] as const,
      [`wait_installed(${it})`, `huge_pages(${it})`] as const,
    ]),
    // Two monitors, and an OSD: else a storage host is not unlocked.
    ...storage.flatMap((it, n) => [
      ["unlock(controller-1)", `unlock(${it})`] as const,
      ...osds
        .filter((osd) => osd.includes(`(${it},`))
        .map((osd) => [osd, `unlock(${it})`] as const),
      [`set_personality(${storage[n - 1] ?? it})`, `set_personality(${it})`] as const,
    ]),
    // A third monitor, before any OSD of Standard's controllers.
    ...osds.map((osd) => ["ceph_mon_worker(worker-0)", osd] as const),
  ];
}

function expectBefore(ids: readonly string[], before: string, after: string): void {
  const [first, second] = [ids.indexOf(before), ids.indexOf(after)];
  if (first < 0 || second < 0 || before === after) return;
  if (first > second) throw new Error(`${before} comes after ${after}`);
}

test("what a configuration must have is there in every cluster", () => {
  fc.assert(
    fc.property(randomCluster, (cluster) => {
      const [site] = sitesOf(cluster);
      if (site === undefined) throw new Error("there is no site");
      const ids = siteSteps(site).map(({ id }) => id);
      const unlocked = site.hosts.map(({ hostname }) => `unlock(${hostname})`);

      expect(ids).toEqual(
        expect.arrayContaining(["bootstrap", "oam_if(controller-0)", ...unlocked]),
      );
      if (site.configuration.storageModel === "storage-nodes")
        expect(ids).toContain("backend_ceph");
      if (site.configuration.name !== "aio-sx") expect(ids).toContain("mgmt_if_c0");
      for (const { hostname, kernel, tuned } of site.hosts) {
        expect(ids.includes(`kernel(${hostname})`)).toBe(kernel === "realtime");
        expect(ids.includes(`isolated_cpus(${hostname})`)).toBe(tuned !== undefined);
        expect(ids.includes(`huge_pages(${hostname})`)).toBe(tuned !== undefined);
      }
    }),
    { numRuns: 100 },
  );
});

test("every step says what it does, where, and asks before it acts", () => {
  for (const name of STARLINGX_NAMES) {
    for (const it of stagesOf(validCluster(name)).flatMap(({ steps }) => steps)) {
      expect(it.title).not.toBe("");
      expect([it.id, it.done.length > 0]).toEqual([it.id, true]);
    }
  }
});
