/**
 * `npm run bench:synth`: clusters of 1 to 5,000 nodes are synthesized, beside cdktf alone with as many bare
 * resources, in turn and on the same machine. Ratios count, not seconds.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { describeError } from "../core/faults";
import { writeClusterFile } from "./cluster-file";
import { runProgram } from "./program";
import { formatRatio, formatSeconds, formatTable } from "./table";
import { newSshKeyPair } from "../core/ssh-key-pair";

const SIZES = [1, 100, 1_000, 5_000] as const;
/** Nodes that one pool may have. */
const POOL_SIZE = 500;
/** Odd, so that the median is one of them. */
const ROUNDS = 3;
const ROOT = path.join(__dirname, "..");

/** What one synth took. */
interface Taken {
  readonly seconds: number;
  readonly mebibytes: number;
}

type Variant = "bare" | "cluster" | "pools";

/** Words after `node -r ts-node/register`, and the environment. */
type Synth = readonly [readonly string[], Readonly<Record<string, string>>];

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-synth-"));
  const stop = new AbortController();
  process.once("SIGINT", () => {
    stop.abort(new Error("stopped by SIGINT"));
  });
  try {
    const [load = 0] = loadavg();
    const rows: string[][] = [];
    for (const size of SIZES) rows.push(await measure(size, folder, stop.signal));
    process.stdout.write(`${report(rows, load)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(size: number, folder: string, signal: AbortSignal): Promise<string[]> {
  const runs: Record<Variant, Taken[]> = { bare: [], cluster: [], pools: [] };
  const synths = synthsOf(size, folder);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [variant, synth] of Object.entries(synths) as [Variant, Synth][]) {
      process.stderr.write(`${size} nodes, ${variant}, round ${round + 1} of ${ROUNDS}\n`);
      runs[variant].push(await take(synth, folder, signal));
    }
  }
  const [bare, cluster, pools] = [runs.bare, runs.cluster, runs.pools].map(median);
  const cells = [bare, cluster, pools].flatMap((it, n) => [
    formatSeconds(it?.seconds ?? 0),
    ...(n === 0 ? [] : [formatRatio(it?.seconds ?? 0, bare?.seconds)]),
    (it?.mebibytes ?? 0).toFixed(0),
  ]);
  return [String(size), ...cells];
}

function synthsOf(size: number, folder: string): Readonly<Record<Variant, Synth>> {
  return {
    bare: [["bench/apps/bare.ts", String(size)], {}],
    cluster: [["main.ts"], { ARMSTEAD_CLUSTER: clusterFile(size, POOL_SIZE, folder) }],
    // The most that a description of so many nodes can be: ten to a pool, each pool with labels.
    pools: [["main.ts"], { ARMSTEAD_CLUSTER: clusterFile(size, 10, folder) }],
  };
}

async function take([words, own]: Synth, folder: string, signal: AbortSignal): Promise<Taken> {
  const outdir = path.join(folder, "out");
  const before = performance.now();
  const preload = ["-r", "ts-node/register", "-r", "./bench/apps/tell-peak.ts"];
  const said = await runProgram(process.execPath, [...preload, ...words], {
    folder: ROOT,
    environment: { ...process.env, ...own, CDKTF_OUTDIR: outdir },
    signal,
  });
  const seconds = (performance.now() - before) / 1_000;
  rmSync(outdir, { recursive: true, force: true });
  const kibibytes = Number(/^peak (\d+)$/m.exec(said)?.[1]);
  return { seconds, mebibytes: kibibytes / 1024 };
}

/** Writes a cluster file. @returns its path */
function clusterFile(nodes: number, poolSize: number, folder: string): string {
  const key = path.join(folder, "id_ed25519.pub");
  writeFileSync(key, `${newSshKeyPair().publicKey}\n`);
  const pools = Array.from({ length: Math.ceil(nodes / poolSize) }, (_, n) => ({
    name: `rack-${n}`,
    count: Math.min(poolSize, nodes - n * poolSize),
    labels: { rack: String(n) },
  }));
  const file = path.join(folder, `${nodes}-by-${poolSize}.yaml`);
  writeClusterFile(file, { publicKeyFile: key, pools });
  return file;
}

function median(all: readonly Taken[]): Taken {
  const sorted = [...all].sort((a, b) => a.seconds - b.seconds);
  return sorted[Math.floor(sorted.length / 2)] ?? { seconds: 0, mebibytes: 0 };
}

function report(rows: readonly (readonly string[])[], load: number): string {
  const table = formatTable([
    ["nodes", "bare s", "MiB", "cluster s", "ratio", "MiB", "pools of ten s", "ratio", "MiB"],
    ...rows,
  ]);
  const busy = load > 1 ? " - others work on this machine, so these figures are preliminary" : "";
  return [
    `synth, median of ${ROUNDS}, whole process; load before: ${load.toFixed(1)}${busy}`,
    "",
    table,
    "",
    "bare: cdktf alone, a null_resource construct for each node",
    `cluster: a cluster file with pools of at most ${POOL_SIZE} nodes, from YAML to Terraform JSON, provider included`,
    "pools of ten: the same nodes in pools of at most ten",
  ].join("\n");
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${describeError(error)}\n`);
});
