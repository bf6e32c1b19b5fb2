/** Kernel tuning: lists of CPUs that can be, on machines that have them, and images that take arguments. Pure. */
import { LAB_ENDPOINT } from "../../core/lab-defaults";
import { type Catalogue, type DeploymentRules, rulesOf } from "../catalogue";
import type { ClusterSpec, PoolSpec } from "../config";
import type { DevicePlanFacts } from "../device-plans";
import { finding, type Finding, type ValuePath } from "../finding";
import { smallestMachine } from "../pool-machine";
import { hugePageMemory, type KernelTuning, parseCpuList } from "../tuning";
import type { PoolsOfCluster } from "./pools";

/** A cluster, as far as its tuning depends on it. */
type Cluster = PoolsOfCluster & Pick<ClusterSpec, "deployment">;

/** What each pool's tuning is judged by. */
interface Place {
  readonly cluster: PoolsOfCluster;
  readonly pool: PoolSpec;
  readonly at: ValuePath;
  readonly tuning: KernelTuning;
  /** Of the smallest machine that the pool may get; undefined when none is known. */
  readonly machine: DevicePlanFacts | undefined;
}

/** Rules of the tuning of all pools. */
export function checkTuning(cluster: Cluster, catalogue: Catalogue): Finding[] {
  const rules = rulesOf(cluster.deployment, catalogue);
  return cluster.pools.flatMap((pool, index) => {
    const { tuning } = pool;
    if (tuning === undefined) return [];
    const at = ["pools", index, "tuning"];
    const place = { cluster, pool, at, tuning, machine: smallestMachine(cluster, pool) };
    return [
      ...checkImage(place, catalogue, rules),
      ...checkCpus(place, "isolatedCpus"),
      ...checkCpus(place, "nohzFull"),
      ...checkTicks(place),
      ...checkHugePages(place),
    ];
  });
}

/** Something has to hand the arguments to the kernel. */
function checkImage(
  { cluster, pool, at }: Place,
  { images }: Catalogue,
  rules: DeploymentRules | undefined,
): Finding[] {
  const { family } = pool.image ?? cluster.image;
  const offer = images.find((it) => it.family === family);
  const inLab = cluster.substrate.metal.endpoint === LAB_ENDPOINT;
  if (offer?.kernelArguments === "boot-loader" && inLab) {
    const problem = "machines of the lab have no boot loader that could be told";
    return [finding("AS1237", at, cluster, { problem })];
  }
  const where = offer?.kernelArguments ?? "boot-loader";
  if (where === "boot-loader") return [];
  if (where === "deployment") {
    if (rules?.tunesKernels === true) return [];
    const problem = `the kernel of image ${family} is told by commands of its deployment, and there is none`;
    return [finding("AS1237", at, cluster, { problem })];
  }
  const problem = `image ${family} takes kernel arguments from its ${where === "image-file" ? "own file" : "boot script"}`;
  return [finding("AS1237", at, cluster, { problem, hint: "write them there" })];
}

function checkCpus(
  { cluster, at, tuning, machine }: Place,
  key: "isolatedCpus" | "nohzFull",
): Finding[] {
  const given = tuning[key];
  const cpus = given === undefined ? [] : parseCpuList(given);
  const wrong = (problem: string): Finding[] => [
    finding("AS1238", [...at, key], cluster, { problem, given }),
  ];
  if (cpus === undefined) return wrong("not an ascending list of CPUs such as 2-7,10:");
  if (cpus.includes(0)) return wrong("CPU 0 does the kernel's own work and cannot be in");
  const most = machine?.cores ?? Number.POSITIVE_INFINITY;
  if (cpus.some((it) => it >= most)) return wrong(`the machines have CPUs 0-${most - 1}, not`);
  return [];
}

/** A tick that stops on a CPU which the scheduler still fills is a tick that never stops. */
function checkTicks({ cluster, at, tuning }: Place): Finding[] {
  const isolated = parseCpuList(tuning.isolatedCpus ?? "");
  const ticks = parseCpuList(tuning.nohzFull ?? "");
  const outside = ticks?.filter((it) => isolated?.includes(it) !== true) ?? [];
  if (outside.length === 0) return [];
  return [
    finding("AS1238", [...at, "nohzFull"], cluster, {
      severity: "warning",
      problem: `CPUs ${outside.join(",")} are not isolated, so their timer hardly ever stops:`,
      given: tuning.nohzFull,
      hint: "isolate them too",
    }),
  ];
}

function checkHugePages({ cluster, at, tuning, machine }: Place): Finding[] {
  const sizes = (tuning.hugePages ?? []).map(({ size }) => size);
  const twice = sizes.flatMap((given, n) =>
    sizes.indexOf(given) < n
      ? [
          finding("AS1214", [...at, "hugePages", n, "size"], cluster, {
            problem: "another entry has the size",
            given,
          }),
        ]
      : [],
  );
  const wanted = hugePageMemory(tuning) / 1024;
  const there = machine?.memoryGib ?? Number.POSITIVE_INFINITY;
  if (wanted < there) return twice;
  const problem = `huge pages of ${wanted} GiB on machines of ${there} GiB leave no memory`;
  return [...twice, finding("AS1238", [...at, "hugePages"], cluster, { problem })];
}
