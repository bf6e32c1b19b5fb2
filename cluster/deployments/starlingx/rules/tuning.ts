/**
 * Kernel tuning as StarlingX has it: functions of processors, and huge pages. Pure. Source: starlingx/config (cpu, cpu_utils,
 * memory); docs.starlingx.io, "Isolate the CPU cores to enhance application performance", "Allocate host memory using the
 * CLI", "Kernel parameter nohz_full".
 */
import type { ClusterSpec, PoolSpec } from "../../../config";
import { finding, type Finding, type ValuePath } from "../../../finding";
import { smallestMachine } from "../../../pool-machine";
import { type KernelTuning, parseCpuList } from "../../../tuning";
import { hasWorkerSubfunction, PERSONALITIES } from "../configurations";
import { describeSite, type Site } from "../site";
import type { SiteRule } from "./site-finding";

/** Sizes of huge pages that host-memory-modify has an option for. */
const PAGE_SIZES: readonly string[] = ["2M", "1G"];
/** Processors that the platform keeps at least. */
const PLATFORM_CPUS = { controller: 2, worker: 1 } as const;
/** Label by which Kubernetes hands out isolated processors, and its value. */
const POLICY = { key: "kube-cpu-mgr-policy", value: "static" } as const;

interface Place {
  readonly site: Site;
  readonly cluster: ClusterSpec;
  readonly pool: PoolSpec;
  readonly at: ValuePath;
  readonly tuning: KernelTuning;
}

/** See the header. */
export const checkHostTuning: SiteRule = (site, cluster) =>
  site.pools.flatMap(({ pool, index }) => {
    const { tuning } = pool;
    if (tuning === undefined) return [];
    const place = { site, cluster, pool, at: ["pools", index, "tuning"], tuning };
    const personality = PERSONALITIES.find((it) => it === pool.role);
    if (personality === undefined) return [];
    if (!hasWorkerSubfunction(site.configuration, personality)) return [noWorker(place)];
    return [
      ...checkTicks(place),
      ...checkPages(place),
      ...checkShare(place, personality === "controller" ? "controller" : "worker"),
      ...checkPolicy(place),
    ];
  });

function noWorker({ site, cluster, pool, at }: Place): Finding {
  return finding("AS1355", at, cluster, {
    problem: `${pool.role} hosts of ${describeSite(site)} have no worker subfunction (starlingx/config, cpu)`,
  });
}

function checkTicks({ cluster, at, tuning }: Place): Finding[] {
  if (tuning.nohzFull === undefined) return [];
  return [
    finding("AS1356", [...at, "nohzFull"], cluster, {
      key: true,
      problem:
        "StarlingX stops the ticks of all but the platform's processors by itself (docs.starlingx.io, nohz_full):",
      given: tuning.nohzFull,
      hint: "remove nohzFull; label disable-nohz-full=enabled keeps the ticks, on the standard kernel",
    }),
  ];
}

function checkPages({ cluster, at, tuning }: Place): Finding[] {
  const pages = tuning.hugePages ?? [];
  const strange = pages.flatMap(({ size: given }, n) =>
    PAGE_SIZES.includes(given)
      ? []
      : [
          finding("AS1356", [...at, "hugePages", n, "size"], cluster, {
            problem: "host-memory-modify of starlingx/config has no huge pages of",
            given,
            allowed: PAGE_SIZES,
          }),
        ],
  );
  const sizes = pages.map(({ size }) => size).filter((it) => PAGE_SIZES.includes(it));
  const second = pages.findIndex(({ size }) => sizes.includes(size) && size !== sizes[0]);
  if (second < 0) return strange;
  const problem =
    "a host has huge pages of one size alone (starlingx/config, memory), and another entry has";
  const given = sizes[0];
  return [
    ...strange,
    finding("AS1356", [...at, "hugePages", second, "size"], cluster, { problem, given }),
  ];
}

function checkShare(
  { cluster, pool, at, tuning }: Place,
  role: keyof typeof PLATFORM_CPUS,
): Finding[] {
  const { isolatedCpus: given } = tuning;
  const cpus = parseCpuList(given ?? "") ?? [];
  const cores = smallestMachine(cluster, pool)?.cores;
  const kept = PLATFORM_CPUS[role];
  // That the machines have these processors at all is another rule's.
  if (cores === undefined || cpus.length + kept < cores || cpus.some((it) => it >= cores))
    return [];
  return [
    finding("AS1357", [...at, "isolatedCpus"], cluster, {
      problem: `the platform keeps ${kept} of ${cores} processors and one is for other workloads (starlingx/config, cpu_utils), which leaves ${cores - kept - 1}; there are ${cpus.length} in`,
      given,
    }),
  ];
}

function checkPolicy({ site, cluster, pool, at, tuning }: Place): Finding[] {
  const { labels = {} } = site.options;
  const own = { ...labels[pool.role], ...labels[pool.name] };
  if (tuning.isolatedCpus === undefined || own[POLICY.key] === POLICY.value) return [];
  return [
    finding("AS1358", [...at, "isolatedCpus"], cluster, {
      severity: "warning",
      problem: "no pod can ask for isolated processors (docs.starlingx.io, isolate the CPU cores):",
      given: tuning.isolatedCpus,
      hint: `set deployment.labels.${pool.role} to { ${POLICY.key}: ${POLICY.value} }`,
    }),
  ];
}
