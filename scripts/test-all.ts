/**
 * `npm test`: types, format, lint, then the tests in stages. Every stage runs even when an earlier
 * one failed; the last line is `N passed, N failed`. `npm test -- unit e2e` runs only those stages.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Jest stages are counted test by test, the others count as one. */
  readonly jest?: boolean;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const STAGES: readonly Stage[] = [
  { name: "types", command: ["tsc"] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "lint", command: ["eslint", ".", "--max-warnings", "0"] },
  {
    name: "unit",
    command: ["jest", "--testPathIgnorePatterns", "test/e2e/", "test/contract/"],
    jest: true,
  },
  { name: "contract", command: ["jest", "--runInBand", "test/contract"], jest: true },
  { name: "e2e", command: ["jest", "--config", "jest.e2e.config.js", "--runInBand"], jest: true },
];

function runStage({ name, command, jest }: Stage, folder: string): Count {
  const report = path.join(folder, `${name}.json`);
  const started = Date.now();
  process.stdout.write(`\n=== ${name}\n`);
  const words = jest ? [...command, "--json", "--outputFile", report] : [...command];
  const { status } = spawnSync("npx", ["--no-install", ...words], {
    stdio: ["ignore", jest ? "ignore" : "inherit", "inherit"],
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  const count = jest
    ? readCount(report, status)
    : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `=== ${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped, ${seconds} s\n`,
  );
  return count;
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

function main(wanted: readonly string[]): void {
  const unknown = wanted.filter((it) => !STAGES.some(({ name }) => name === it));
  if (unknown.length > 0) {
    process.stderr.write(
      `no stage ${unknown.join(", ")}; there are: ${STAGES.map((it) => it.name).join(", ")}\n`,
    );
    process.exit(2);
  }
  const folder = mkdtempSync(path.join(tmpdir(), "armstead-test-"));
  const counts = STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name)).map(
    (it) => runStage(it, folder),
  );
  rmSync(folder, { recursive: true, force: true });
  const sum = (key: keyof Count): number => counts.reduce((total, it) => total + it[key], 0);
  process.exitCode = sum("failed") === 0 ? 0 : 1;
  process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed\n`);
}

main(process.argv.slice(2));
