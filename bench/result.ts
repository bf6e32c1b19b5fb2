/** What a run of the bench measures, as data: the shape of `--json`. */

/** Steps of a scenario, in their order. */
export const STEPS = ["synth", "init", "first plan", "apply", "no-op plan", "destroy"] as const;

/** One of {@link STEPS}. */
export type StepName = (typeof STEPS)[number];

/** One step of a scenario. */
export interface StepResult {
  readonly step: StepName;
  readonly seconds: number;
  /** Requests that the machine API got meanwhile. */
  readonly requests: number;
}

/** What the processes of one program took, all steps together. */
export interface ProgramUse {
  /** How often it was started. */
  readonly starts: number;
  /** Highest resident memory of any one of its processes. */
  readonly peakMebibytes: number;
  /** User and system time of all its processes. */
  readonly cpuSeconds: number;
}

/** What one stack took, from synth to destroy. */
export interface ScenarioResult {
  readonly name: string;
  /** What is in its stack. */
  readonly holds: string;
  readonly steps: readonly StepResult[];
  readonly terraform: ProgramUse;
  /** Absent where the stack needs no provider of ours. */
  readonly provider?: ProgramUse;
}

/** What the same machines take by plain API calls, without terraform. */
export interface StraightResult {
  /** Calls that wait for their machine at the same time. */
  readonly parallel: number;
  readonly createSeconds: number;
  readonly deleteSeconds: number;
}

/** The machine that the bench ran on; nothing that names it. */
export interface HostFacts {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGibibytes: number;
  readonly kernel: string;
  readonly node: string;
  readonly terraform: string;
  /** Processes that were ready to run in the last minute before the start, on average. */
  readonly loadBefore: number;
}

/** See the header. */
export interface BenchResult {
  /** Day of the run, `2026-01-31`. */
  readonly date: string;
  readonly devices: number;
  readonly host: HostFacts;
  readonly straight: StraightResult;
  /** The floor first. */
  readonly scenarios: readonly ScenarioResult[];
}
