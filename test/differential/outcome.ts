/** What a run of a case did, told the same way for Ansible and for Armstead. */
import type { Snapshot } from "./tree";

/** How a task ended on a host. */
export interface TaskEnd {
  readonly task: string;
  readonly status: string;
  /** Short name. */
  readonly module: string;
  /** What `debug` showed is compared; of other tasks it is for whoever reads a failed test. */
  readonly message?: string;
}

/** Counters of a host, by the recap's names. */
export type Recap = Readonly<Record<(typeof COUNTERS)[number], number>>;

/** What a recap counts. */
export const COUNTERS = [
  "ok",
  "changed",
  "unreachable",
  "failed",
  "skipped",
  "rescued",
  "ignored",
] as const;

/** One run. */
export interface Outcome {
  /** `refused`: nothing was run, because the playbook is not understood. */
  readonly ends: "ok" | "failed" | "unreachable" | "refused";
  /** By host, in the order in which they ended. */
  readonly tasks: ReadonlyMap<string, readonly TaskEnd[]>;
  readonly recaps: ReadonlyMap<string, Recap>;
  readonly tree: Snapshot;
  /** Beside the playbooks: what was there, and what the run wrote there. */
  readonly local: Snapshot;
  /** Why it ended so, for whoever reads a failed test. */
  readonly told: string;
}
