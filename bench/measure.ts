/** Takes one scenario from synth to destroy, and the time of each step. */
import path from "node:path";
import { STACK } from "./apps/device-facts";
import { type ProgramOptions, runProgram } from "./program";
import type { ScenarioResult, StepName, StepResult } from "./result";
import type { Scenario } from "./scenarios";
import { type CommandUse, NO_USE, sumUse, watchUse } from "./usage-watch";

/** What measuring needs. */
export interface MeasureContext {
  /** The repository. */
  readonly root: string;
  /** Folder for the scenario's stack and state. */
  readonly folder: string;
  readonly terraform: string;
  readonly environment: ProgramOptions["environment"];
  readonly signal: AbortSignal;
  /** One line of progress. */
  readonly say: (line: string) => void;
  /** How many requests the API got so far. */
  readonly countRequests: () => Promise<number>;
}

/** Words of terraform, a step. The plan is kept, so that no work is measured twice. */
const COMMANDS: readonly (readonly [StepName, readonly string[]])[] = [
  ["init", ["init"]],
  ["first plan", ["plan", "-out=tfplan"]],
  ["apply", ["apply", "tfplan"]],
  // Ends with 2 when there is anything to change, which would be no measure of a no-op.
  ["no-op plan", ["plan", "-detailed-exitcode"]],
  ["destroy", ["destroy", "-auto-approve"]],
];
const QUIET = { TF_IN_AUTOMATION: "1", TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };

/** See the header. */
export async function measureScenario(
  context: MeasureContext,
  scenario: Scenario,
): Promise<ScenarioResult> {
  const steps: StepResult[] = [];
  const use = { terraform: NO_USE, provider: NO_USE };
  const timed = async (step: StepName, work: () => Promise<unknown>): Promise<void> => {
    context.say(`${scenario.name}: ${step}`);
    const requestsBefore = await context.countRequests();
    const before = performance.now();
    await work();
    const seconds = (performance.now() - before) / 1_000;
    steps.push({ step, seconds, requests: (await context.countRequests()) - requestsBefore });
  };

  await timed("synth", () => synth(context, scenario));
  for (const [step, words] of COMMANDS) {
    await timed(step, async () => {
      const seen = await runTerraform(context, words);
      use.terraform = sumUse(use.terraform, seen.terraform);
      use.provider = sumUse(use.provider, seen.provider);
    });
  }
  const { name, holds } = scenario;
  const { terraform, provider } = use;
  return { name, holds, steps, terraform, ...(provider.starts === 0 ? {} : { provider }) };
}

async function synth(
  { root, folder, environment, signal }: MeasureContext,
  scenario: Scenario,
): Promise<void> {
  await runProgram(process.execPath, ["-r", "ts-node/register", ...scenario.app], {
    folder: root,
    environment: {
      ...environment,
      ...scenario.environment,
      CDKTF_OUTDIR: path.join(folder, "cdktf.out"),
    },
    signal,
  });
}

async function runTerraform(
  { folder, terraform, environment, signal }: MeasureContext,
  [command = "", ...words]: readonly string[],
): Promise<CommandUse> {
  let stopWatching = (): CommandUse => ({ terraform: NO_USE, provider: NO_USE });
  try {
    await runProgram(terraform, [command, "-input=false", "-no-color", ...words], {
      folder: path.join(folder, "cdktf.out", "stacks", STACK),
      environment: { ...environment, ...QUIET },
      signal,
      onStart: (pid) => {
        stopWatching = watchUse(pid);
      },
    });
  } catch (error) {
    stopWatching();
    throw error;
  }
  return stopWatching();
}
