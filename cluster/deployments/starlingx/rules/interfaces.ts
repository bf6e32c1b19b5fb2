/** Which port carries what: networks that a host needs, that it may not have, and that are given twice. Pure. */
import type { ClusterSpec } from "../../../config";
import type { Finding } from "../../../finding";
import { hasWorkerSubfunction, PERSONALITIES, type Personality } from "../configurations";
import type { InterfaceOptions, PlatformNetwork } from "../options/interfaces";
import type { Site } from "../site";
import { findingAt, type SiteRule } from "./site-finding";

const SOURCE = "host and interface APIs of starlingx/config";

/** All rules of interfaces. */
export const checkInterfaces: SiteRule = (site, cluster) => {
  const given = Object.entries(site.options.interfaces ?? {});
  return [
    ...checkMissingEntry(site, cluster),
    ...given.flatMap(([key, all]) => {
      const personality = personalityOf(site, key);
      if (personality === undefined) return [stranger(site, cluster, key)];
      const entry = { site, cluster, key, personality, all };
      return [
        ...checkNeeded(entry),
        ...all.flatMap((it, n) => checkInterface(entry, it, n)),
        ...checkTwice(entry),
      ];
    }),
  ];
};

interface Entry {
  readonly site: Site;
  readonly cluster: ClusterSpec;
  readonly key: string;
  readonly personality: Personality;
  readonly all: readonly InterfaceOptions[];
}

function personalityOf(site: Site, key: string): Personality | undefined {
  const pool = site.pools.find((it) => it.pool.name === key)?.pool;
  return PERSONALITIES.find((it) => it === (pool?.role ?? key) && has(site, it));
}

function has({ configuration }: Site, wanted: Personality): boolean {
  return configuration.hosts[wanted].max > 0;
}

function stranger(site: Site, cluster: ClusterSpec, given: string): Finding {
  const roles = PERSONALITIES.filter((it) => has(site, it));
  return findingAt("AS1360", site, ["interfaces", given], cluster, {
    key: true,
    problem: "no such role or pool at this site",
    given,
    allowed: [...new Set([...roles, ...site.pools.map(({ pool }) => pool.name)])],
  });
}

/** Networks that interfaces of a personality must carry by themselves. */
function neededBy(
  { configuration, subcloud, options }: Site,
  personality: Personality,
): PlatformNetwork[] {
  // Other hosts are installed over the network, which gives them mgmt0 with the management network.
  if (personality !== "controller") return [];
  const admin: PlatformNetwork[] =
    subcloud && options.networks?.admin?.subnet !== undefined ? ["admin"] : [];
  if (configuration.name !== "aio-sx") return ["oam", "mgmt", "cluster-host", ...admin];
  return subcloud ? ["oam", "mgmt", ...admin] : ["oam"];
}

function checkMissingEntry(site: Site, cluster: ClusterSpec): Finding[] {
  const given = Object.keys(site.options.interfaces ?? {});
  const pools = site.pools.filter(({ pool }) => pool.role === "controller");
  const isCovered =
    given.includes("controller") || pools.every(({ pool }) => given.includes(pool.name));
  if (isCovered && pools.length > 0) return [];
  if (pools.length === 0) return [];
  return [
    findingAt("AS1350", site, ["interfaces", "controller"], cluster, {
      problem: `no interface of the controllers carries ${neededBy(site, "controller").join(", ")} (${SOURCE})`,
      hint: "add interfaces.controller",
    }),
  ];
}

function checkNeeded({ site, cluster, key, personality, all }: Entry): Finding[] {
  const carried = all.flatMap((it) => it.networks ?? []);
  const needed = neededBy(site, personality);
  // Whoever names one of the two by hand has to name the other.
  const together: PlatformNetwork[] =
    personality !== "controller" && carried.includes("mgmt") ? ["cluster-host"] : [];
  return [...needed, ...together]
    .filter((it) => !carried.includes(it))
    .map((it) =>
      findingAt("AS1350", site, ["interfaces", key], cluster, {
        problem: `no interface of ${key} carries ${it}, without which the host is not unlocked (${SOURCE})`,
      }),
    );
}

function checkInterface(entry: Entry, it: InterfaceOptions, n: number): Finding[] {
  const { site, cluster, key, personality } = entry;
  const at = ["interfaces", key, n];
  const networks = it.networks ?? [];
  const misplaced = networks.flatMap((network, index) => {
    const why = reasonAgainst(network, site, personality);
    if (why === undefined) return [];
    const problem = `${why} (${SOURCE}); ${key} cannot carry`;
    return [
      findingAt("AS1351", site, [...at, "networks", index], cluster, { problem, given: network }),
    ];
  });
  const isCrowded = networks.includes("pxeboot") && networks.length > 1;
  const crowded = isCrowded
    ? [
        findingAt("AS1353", site, [...at, "networks"], cluster, {
          problem: `pxeboot shares its interface with no other network (${SOURCE}); networks cannot be`,
          given: networks,
        }),
      ]
    : [];
  return [...checkClass(entry, it, n), ...crowded, ...misplaced];
}

/** Class and networks agree, and data are carried where workloads run. */
function checkClass(
  { site, cluster, key, personality }: Entry,
  { class: given, networks = [] }: InterfaceOptions,
  n: number,
): Finding[] {
  const at = ["interfaces", key, n];
  const isPlatform = (given ?? (networks.length > 0 ? "platform" : "data")) === "platform";
  if (isPlatform !== networks.length > 0) {
    return [
      findingAt("AS1353", site, [...at, given === undefined ? "networks" : "class"], cluster, {
        problem: `platform networks and class platform go together (${SOURCE}), not class`,
        given: given ?? "data",
      }),
    ];
  }
  const carriesData = !isPlatform && given !== "none";
  if (!carriesData || hasWorkerSubfunction(site.configuration, personality)) return [];
  return [
    findingAt("AS1351", site, [...at, given === undefined ? "port" : "class"], cluster, {
      problem: `${personality} hosts run no workloads, so no interface carries data (${SOURCE}); class`,
      given: given ?? "data",
    }),
  ];
}

function reasonAgainst(
  network: PlatformNetwork,
  { configuration, subcloud, options }: Site,
  personality: Personality,
): string | undefined {
  if (network === "oam" && personality !== "controller") return "oam is the controllers' alone";
  if (network === "admin" && (personality !== "controller" || subcloud === undefined)) {
    return "admin is for controllers of subclouds";
  }
  if (network === "admin" && options.networks?.admin?.subnet === undefined) {
    return "networks.admin has no subnet";
  }
  if (configuration.name !== "aio-sx" || network === "oam" || network === "admin") return undefined;
  if (network === "mgmt") return subcloud ? undefined : "a single host keeps management on lo";
  return `a single host keeps ${network} on lo`;
}

function checkTwice({ site, cluster, key, all }: Entry): Finding[] {
  const ports = all.map(({ port }) => port);
  const carried = all.flatMap((it, n) =>
    (it.networks ?? []).map((network, index) => ({ network, at: [n, "networks", index] })),
  );
  return [
    ...ports.flatMap((given, n) =>
      ports.indexOf(given) < n
        ? [
            findingAt("AS1352", site, ["interfaces", key, n, "port"], cluster, {
              problem: "another interface of the host has the port",
              given,
            }),
          ]
        : [],
    ),
    ...carried.flatMap(({ network: given, at }, n) =>
      carried.findIndex(({ network }) => network === given) < n
        ? [
            findingAt("AS1352", site, ["interfaces", key, ...at], cluster, {
              problem: "another interface of the host carries the network",
              given,
            }),
          ]
        : [],
    ),
  ];
}
