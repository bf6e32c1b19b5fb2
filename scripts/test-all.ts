/**
 * `npm test`: types, format, lint, then the tests in stages. Every stage runs even when an earlier
 * one failed; the last line is `N passed, N failed`. `npm test -- unit e2e` runs only those stages.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, setPriority, tmpdir } from "node:os";
import path from "node:path";

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Jest stages are counted test by test, the others count as one. */
  readonly jest?: boolean;
  /** Stages of one lane run one after the other, lanes side by side. */
  readonly lane: Lane;
  /** After so many a stage is ended, as failed: several times what two cores need. */
  readonly minutes: number;
}

type Lane = "checks" | "machines" | "terraform";

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const APART = ["test/e2e/", "test/contract/", "test/differential/"];
const UNIT = ["jest", "--testPathIgnorePatterns", ...APART];
const E2E = ["jest", "--config", "jest.e2e.config.js", "--runInBand"];
const QEMU = "test/e2e/qemu/";
/** These install packages and compile, and leave terraform to others for most of the time. */
const PACKAGES = ["test/e2e/package.test.ts", "test/e2e/cdktn.test.ts"];
const STAGES: readonly Stage[] = [
  { name: "types", command: ["npm", "run", "--silent", "typecheck"], lane: "checks", minutes: 15 },
  {
    name: "format",
    command: ["prettier", "--check", "--log-level", "warn", "."],
    lane: "checks",
    minutes: 15,
  },
  { name: "lint", command: ["npm", "run", "--silent", "lint"], lane: "checks", minutes: 15 },
  {
    name: "unit",
    // Jest leaves a core to others, which on two cores leaves one: these tests mostly wait for programs.
    command: [...UNIT, "--maxWorkers", String(Math.max(2, availableParallelism() - 1))],
    lane: "checks",
    jest: true,
    minutes: 30,
  },
  {
    name: "contract",
    command: ["jest", "--runInBand", "test/contract"],
    lane: "checks",
    jest: true,
    minutes: 10,
  },
  {
    name: "differential",
    command: ["jest", "--runInBand", "test/differential"],
    lane: "machines",
    jest: true,
    minutes: 20,
  },
  {
    name: "qemu",
    command: [...E2E, QEMU],
    lane: "machines",
    jest: true,
    minutes: 30,
  },
  {
    name: "package",
    command: [...E2E, ...PACKAGES],
    // Here for the balance: the lane of machines is free long before that of terraform.
    lane: "machines",
    jest: true,
    minutes: 20,
  },
  {
    name: "e2e",
    command: [...E2E, "--testPathIgnorePatterns", QEMU, ...PACKAGES],
    lane: "terraform",
    jest: true,
    minutes: 40,
  },
];

/** Nicer than usual, by so much that it still gets half of what others get. */
const GIVES_WAY = 3;

async function runStage(stage: Stage, folder: string): Promise<Count> {
  const { name, command, jest } = stage;
  const report = path.join(folder, `${name}.json`);
  const started = Date.now();
  process.stdout.write(`\n=== ${name}\n`);
  const words = jest ? [...command, "--json", "--outputFile", report] : [...command];
  const { status, cpuSeconds } = await runToEnd(words, stage);
  const count = jest
    ? readCount(report, status)
    : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `=== ${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped, ` +
      `${seconds} s, ${cpuSeconds.toFixed(0)} s of processors\n`,
  );
  return count;
}

interface Ended {
  /** Exit code; null when it was ended. */
  readonly status: number | null;
  /** Of all that it started and waited for. */
  readonly cpuSeconds: number;
}

/** Runs a program, and tells on a fourth descriptor which time of processors it took. */
const MEASURED = '"$@"; code=$?; times >&3; exit $code';

/** Where npm puts the programs of what this package depends on. */
const PROGRAMS = path.join(__dirname, "..", "node_modules", ".bin");

/** Runs a program of this package, or of the machine. Its whole group ends with the deadline. */
function runToEnd(
  words: readonly string[],
  { jest = false, lane, minutes }: Stage,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", MEASURED, "sh", ...words], {
      stdio: ["ignore", jest ? "ignore" : "inherit", "inherit", "pipe"],
      env: { ...process.env, PATH: `${PROGRAMS}:${process.env.PATH}`, CHECKPOINT_DISABLE: "1" },
      detached: true,
    });
    let times = "";
    child.stdio[3]?.on("data", (chunk: Buffer) => (times += chunk.toString()));
    if (lane === "checks" && child.pid !== undefined) setPriority(child.pid, GIVES_WAY);
    const end = (signal: NodeJS.Signals) => (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    };
    const interrupt = end("SIGINT");
    const late = setTimeout(() => {
      process.stdout.write(`=== ended after ${minutes} minutes\n`);
      end("SIGKILL")();
    }, minutes * 60_000);
    process.once("SIGINT", interrupt);
    child.once("error", reject);
    child.once("close", (status) => {
      clearTimeout(late);
      process.off("SIGINT", interrupt);
      resolve({ status, cpuSeconds: secondsOf(times) });
    });
  });
}

/** User and system time of children: the second line of what the shell says. */
function secondsOf(times: string): number {
  const parts = (times.split("\n")[1] ?? "").matchAll(/(\d+)m([\d.]+)s/g);
  return [...parts].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}

/** A run that broke before it could report, or whose files would not load, is a failure. */
function readCount(report: string, status: number | null): Count {
  try {
    const it = JSON.parse(readFileSync(report, "utf8")) as Record<string, number>;
    const failed = (it.numFailedTests ?? 0) + (it.numRuntimeErrorTestSuites ?? 0);
    const passed = it.numPassedTests ?? 0;
    return {
      passed,
      failed: failed === 0 && status !== 0 ? 1 : failed,
      skipped: it.numPendingTests ?? 0,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * End-to-end tests wait most of the time, for machines and for terraform, so all the others go beside them, and give way to
 * them. Emulated machines have a lane of their own, with the package after them: more of them at once than a test starts
 * would be too many.
 */
function lanesOf(stages: readonly Stage[]): Stage[][] {
  const lanes = [...new Set(stages.map((it) => it.lane))];
  return lanes.map((lane) => stages.filter((it) => it.lane === lane));
}

async function runLane(stages: readonly Stage[], folder: string): Promise<Count[]> {
  const counts: Count[] = [];
  for (const it of stages) counts.push(await runStage(it, folder));
  return counts;
}

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((it) => !STAGES.some(({ name }) => name === it));
  if (unknown.length > 0) {
    process.stderr.write(
      `no stage ${unknown.join(", ")}; there are: ${STAGES.map((it) => it.name).join(", ")}\n`,
    );
    process.exit(2);
  }
  const folder = mkdtempSync(path.join(tmpdir(), "armstead-test-"));
  const stages = STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const counts = (await Promise.all(lanesOf(stages).map((lane) => runLane(lane, folder)))).flat();
  rmSync(folder, { recursive: true, force: true });
  const sum = (key: keyof Count): number => counts.reduce((total, it) => total + it[key], 0);
  process.exitCode = sum("failed") === 0 ? 0 : 1;
  process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed\n`);
}

void main(process.argv.slice(2));
