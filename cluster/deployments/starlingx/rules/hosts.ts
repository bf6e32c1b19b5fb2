/** How many hosts there are, what they are called, which kernel they may have, and what is said of single ones. Pure. */
import type { ClusterSpec } from "../../../config";
import { finding, type Finding, type ValuePath } from "../../../finding";
import { countNodes } from "../../../pool-nodes";
import { hasWorkerSubfunction, PERSONALITIES, type Personality } from "../configurations";
import { describeSite, type Host, hostsWith, type Site } from "../site";
import { findingAt, rangeText, type SiteRule } from "./site-finding";

/** Bounds of the installation guides. */
export const checkCounts: SiteRule = (site, cluster) =>
  PERSONALITIES.flatMap((it) => checkCount(site, cluster, it));

function checkCount(site: Site, cluster: ClusterSpec, personality: Personality): Finding[] {
  const { min, max, contested = [], advised } = site.configuration.hosts[personality];
  const count = hostsWith(site, personality).length;
  const at = placeOf(site, personality);
  const what = `${describeSite(site)} has ${rangeText(min, max)} ${personality} hosts`;
  const source = "the installation guides of StarlingX";
  if (count < min || count > max) {
    const problem = `${what}, says ${source}, not`;
    return [finding("AS1300", at, cluster, { problem, given: count })];
  }
  const lower = contested.find((it) => count > it.count);
  const warned = lower
    ? `${count} workers, but at most ${lower.count} by ${lower.source}`
    : advised && count < advised.min
      ? `${count} workers, but at least ${advised.min} by ${advised.source}`
      : undefined;
  if (warned === undefined) return [];
  return [finding("AS1301", at, cluster, { severity: "warning", problem: warned })];
}

function placeOf({ pools, subcloud, at }: Site, personality: Personality): ValuePath {
  const last = pools.findLast(({ pool }) => pool.role === personality);
  if (!last) return subcloud ? [...at, "pools"] : ["pools"];
  return ["pools", last.index, last.pool.names ? "names" : "count"];
}

/** Names that the system gives. */
export const checkHostnames: SiteRule = (site, cluster) => [
  ...(["controller", "storage"] as const).flatMap((personality) => {
    const hosts = hostsWith(site, personality);
    const wanted = hosts.map((_, n) => `${personality}-${n}`);
    return firstOfEachPlace(hosts.filter((it) => !wanted.includes(it.hostname))).map((it) =>
      finding("AS1303", it.at, cluster, {
        problem: `StarlingX itself names ${personality} hosts, so that node cannot be`,
        given: it.node,
        allowed: wanted.map((name) => nodeOf(site, name)),
      }),
    );
  }),
  ...checkWorkerNames(site, cluster),
];

function checkWorkerNames(site: Site, cluster: ClusterSpec): Finding[] {
  // StarlingX refuses any name of a worker that begins with storage (starlingx/config, hosts).
  const taken = /^(controller-\d+$|storage)/;
  const wrong = hostsWith(site, "worker").filter(
    ({ hostname, node }) => taken.test(hostname) || node !== nodeOf(site, hostname),
  );
  return firstOfEachPlace(wrong).map((it) =>
    finding("AS1303", it.at, cluster, {
      problem: taken.test(it.hostname)
        ? "a worker has the name of another personality's hosts:"
        : `names of nodes of ${describeSite(site)} begin with its name and a hyphen, not`,
      given: it.node,
    }),
  );
}

function nodeOf({ subcloud }: Site, hostname: string): string {
  return subcloud ? `${subcloud.name}-${hostname}` : hostname;
}

function firstOfEachPlace(hosts: readonly Host[]): Host[] {
  const seen = new Set<string>();
  return hosts.filter(({ at }) => {
    const key = at.join("/");
    return seen.has(key) ? false : seen.add(key);
  });
}

/** The low-latency kernel is for hosts with the worker subfunction. */
export const checkKernels: SiteRule = (site, cluster) =>
  site.pools.flatMap(({ pool, index }) => {
    const kernel = pool.kernel ?? cluster.kernel;
    const personality = PERSONALITIES.find((it) => it === pool.role);
    if (kernel !== "realtime" || personality === undefined || countNodes(pool) === 0) return [];
    if (hasWorkerSubfunction(site.configuration, personality)) return [];
    const at = pool.kernel === undefined ? ["pools", index, "role"] : ["pools", index, "kernel"];
    return [
      finding("AS1304", at, cluster, {
        problem: `${personality} hosts of ${describeSite(site)} lack the worker subfunction, by the kernel rules of starlingx/config; kernel`,
        given: kernel,
        allowed: ["standard"],
        hint: "give the pool kernel: standard",
      }),
    ];
  });

/** Settings of single hosts: MAC addresses, and names that exist. */
export const checkHostSettings: SiteRule = (site, cluster) => {
  const { hosts = {}, enrol = "discover" } = site.options;
  const known = site.hosts.map(({ node }) => node);
  const strangers = Object.keys(hosts).filter((it) => !known.includes(it));
  // The first controller is installed before anything else.
  const awaited = site.hosts.slice(1);
  const needed = enrol === "pre-add" || awaited.length > 1;
  const lacking = awaited.filter(({ node }) => needed && hosts[node]?.mac === undefined);
  const why = enrol === "pre-add" ? "it is added before power-on" : "several hosts are awaited";
  const macs = Object.entries(hosts).flatMap(([node, { mac }]) => (mac ? [{ node, mac }] : []));
  const twice = macs.filter(({ mac }, n) => macs.findIndex((it) => it.mac === mac) < n);
  return [
    ...strangers.map((given) =>
      findingAt("AS1360", site, ["hosts", given], cluster, {
        key: true,
        problem: "no such node",
        given,
        allowed: known,
      }),
    ),
    ...lacking.map(({ node }) =>
      findingAt("AS1361", site, hosts[node] ? ["hosts", node] : ["hosts"], cluster, {
        problem: `node ${JSON.stringify(node)} has no MAC address, and ${why} (host-add and discovery of starlingx/config)`,
        hint: `set hosts.${node}.mac`,
      }),
    ),
    ...twice.map(({ node, mac }) =>
      findingAt("AS1362", site, ["hosts", node, "mac"], cluster, { given: mac }),
    ),
  ];
};
