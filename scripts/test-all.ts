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
  /** What runs beside another lane. @default - the same */
  readonly beside?: readonly string[];
  /** Whether it gives way to the other lane. */
  readonly gives?: boolean;
  /** After so many a stage is ended, as failed: several times what two cores need. */
  readonly minutes: number;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const APART = ["test/e2e/", "test/contract/", "test/differential/"];
const UNIT = ["jest", "--testPathIgnorePatterns", ...APART];
const STAGES: readonly Stage[] = [
  { name: "types", command: ["tsc"], minutes: 5 },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."], minutes: 5 },
  { name: "lint", command: ["eslint", ".", "--max-warnings", "0"], minutes: 5 },
  {
    name: "unit",
    // Jest leaves a core to others, which on two cores leaves one: these tests mostly wait for programs.
    command: [...UNIT, "--maxWorkers", String(Math.max(2, availableParallelism() - 1))],
    beside: [...UNIT, "--maxWorkers", String(Math.max(1, availableParallelism() - 1))],
    jest: true,
    minutes: 30,
  },
  { name: "contract", command: ["jest", "--runInBand", "test/contract"], jest: true, minutes: 10 },
  {
    name: "differential",
    command: ["jest", "--runInBand", "test/differential"],
    jest: true,
    minutes: 20,
  },
  {
    name: "e2e",
    command: ["jest", "--config", "jest.e2e.config.js", "--runInBand"],
    jest: true,
    minutes: 40,
  },
];

/** Nicer than usual, by so much that it still gets a quarter of a busy core. */
const GIVES_WAY = 5;

async function runStage(stage: Stage, folder: string): Promise<Count> {
  const { name, command, jest } = stage;
  const report = path.join(folder, `${name}.json`);
  const started = Date.now();
  process.stdout.write(`\n=== ${name}\n`);
  const words = jest ? [...command, "--json", "--outputFile", report] : [...command];
  const status = await runToEnd(words, stage);
  const count = jest
    ? readCount(report, status)
    : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `=== ${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped, ${seconds} s\n`,
  );
  return count;
}

/** Exit code of a program of this package; null when it was ended. Its whole group ends with the deadline. */
function runToEnd(
  words: readonly string[],
  { jest = false, gives = false, minutes }: Stage,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn("npx", ["--no-install", ...words], {
      stdio: ["ignore", jest ? "ignore" : "inherit", "inherit"],
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
      detached: true,
    });
    if (gives && child.pid !== undefined) setPriority(child.pid, GIVES_WAY);
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
    child.once("close", (code) => {
      clearTimeout(late);
      process.off("SIGINT", interrupt);
      resolve(code);
    });
  });
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
 * Stages that run one after the other; lanes run side by side. End-to-end tests wait most of the time, for machines and for
 * terraform, so all the others go beside them, and give way to them.
 */
function lanesOf(stages: readonly Stage[]): Stage[][] {
  const apart = stages.filter(({ name }) => name === "e2e");
  const others = stages.filter(({ name }) => name !== "e2e");
  if (apart.length === 0 || others.length === 0) return [[...stages]];
  return [others.map((it) => ({ ...it, command: it.beside ?? it.command, gives: true })), apart];
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
