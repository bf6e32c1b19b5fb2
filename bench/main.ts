/** `npm run bench`: one hundred devices against as many `terraform_data`, step by step, on this machine. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { describeError } from "../core/faults";
import { runBench } from "./bench";
import { formatReport } from "./report";
import { SCENARIO_NAMES } from "./scenarios";
import { stopOnSignals } from "./stop-on-signals";

/** What a pool may hold. */
const MOST_DEVICES = 500;

interface BenchOptions {
  readonly devices: number;
  readonly json?: string;
  readonly terraform: string;
  readonly only?: readonly string[];
}

function readOptions(words: readonly string[]): BenchOptions {
  return new Command("bench")
    .description(
      "measures synth, plan, apply, no-op plan and destroy against a floor of terraform_data",
    )
    .option("--devices <count>", `1 to ${MOST_DEVICES}`, readCount, 100)
    .option("--json <file>", "also write the figures as JSON")
    .option("--terraform <program>", "terraform or tofu", "terraform")
    .addOption(
      new Option("--only <names...>", "what to measure beside the floor").choices(SCENARIO_NAMES),
    )
    .parse(words, { from: "user" })
    .opts<BenchOptions>();
}

function readCount(text: string): number {
  const count = Number(text);
  const fits = Number.isInteger(count) && 1 <= count && count <= MOST_DEVICES;
  if (!fits) throw new InvalidArgumentError(`allowed: 1 to ${MOST_DEVICES}`);
  return count;
}

/** Progress goes to stderr: stdout has the report only. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(): Promise<void> {
  const { devices, json, terraform, only = [] } = readOptions(process.argv.slice(2));
  const signal = stopOnSignals();
  try {
    const result = await runBench({
      root: path.join(__dirname, ".."),
      devices,
      terraform,
      only,
      environment: process.env,
      signal,
      say,
    });
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(result, undefined, 2)}\n`);
    process.stdout.write(`${formatReport(result)}\n`);
  } catch (error) {
    process.exitCode = 1;
    say(describeError(error));
  }
}

void main();
