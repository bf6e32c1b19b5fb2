/**
 * `npm test`: types, format, lint, then the tests in stages. Every stage runs even when an earlier
 * one failed; the last line is `N passed, N failed`. `npm test -- unit e2e` runs only those stages.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Jest stages are counted test by test, the others count as one. */
  readonly jest?: boolean;
  /** After so many a stage is ended, as failed: several times what two cores need. */
  readonly minutes: number;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const STAGES: readonly Stage[] = [
  { name: "types", command: ["tsc"], minutes: 5 },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."], minutes: 5 },
  { name: "lint", command: ["eslint", ".", "--max-warnings", "0"], minutes: 5 },
  {
    name: "unit",
    // Jest leaves a core to others, which on two cores leaves one: these tests mostly wait for programs.
    command: [
      ...["jest", "--maxWorkers", String(Math.max(2, availableParallelism() - 1))],
      ...["--testPathIgnorePatterns", "test/e2e/", "test/contract/"],
    ],
    jest: true,
    minutes: 20,
  },
  { name: "contract", command: ["jest", "--runInBand", "test/contract"], jest: true, minutes: 10 },
  {
    name: "e2e",
    command: ["jest", "--config", "jest.e2e.config.js", "--runInBand"],
    jest: true,
    minutes: 40,
  },
];

async function runStage({ name, command, jest, minutes }: Stage, folder: string): Promise<Count> {
  const report = path.join(folder, `${name}.json`);
  const started = Date.now();
  process.stdout.write(`\n=== ${name}\n`);
  const words = jest ? [...command, "--json", "--outputFile", report] : [...command];
  const status = await runToEnd(words, jest ? "ignore" : "inherit", minutes);
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
  stdout: "ignore" | "inherit",
  minutes: number,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn("npx", ["--no-install", ...words], {
      stdio: ["ignore", stdout, "inherit"],
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
      detached: true,
    });
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
  // What only reads the sources goes side by side; tests need the machine for themselves.
  const counts = await Promise.all(
    stages.filter(({ jest }) => jest !== true).map((it) => runStage(it, folder)),
  );
  for (const it of stages) if (it.jest === true) counts.push(await runStage(it, folder));
  rmSync(folder, { recursive: true, force: true });
  const sum = (key: keyof Count): number => counts.reduce((total, it) => total + it[key], 0);
  process.exitCode = sum("failed") === 0 ? 0 : 1;
  process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed\n`);
}

void main(process.argv.slice(2));
