/** What a run tells while it goes: for progress on a terminal and for the run log. No secret is in it. */
import type { WrittenFiles } from "./written/prints";

/** How one task ended on one host. */
export type TaskStatus = "ok" | "changed" | "skipped" | "failed" | "ignored" | "unreachable";

/** One thing that happened in a run; the run log holds one a line, as JSON. */
export type RunEvent =
  | {
      readonly event: "run.start";
      readonly at: number;
      readonly hosts: readonly string[];
      readonly mode: "apply" | "check" | "refresh";
    }
  | {
      readonly event: "play.start";
      readonly at: number;
      readonly play: string;
      readonly hosts: readonly string[];
    }
  | {
      readonly event: "host.connected";
      readonly at: number;
      readonly host: string;
      readonly milliseconds: number;
    }
  | {
      readonly event: "task.end";
      readonly at: number;
      readonly play: string;
      readonly task: string;
      /** Short module name: `copy`. */
      readonly module: string;
      readonly host: string;
      readonly status: TaskStatus;
      readonly milliseconds: number;
      /** Commands sent that only read, and that may change something. */
      readonly queries: number;
      readonly changes: number;
      /** Unified diff or list of commands; absent with no_log. */
      readonly diff?: string;
      readonly message?: string;
    }
  | { readonly event: "run.end"; readonly at: number; readonly report: RunReport };

/** A handler that a change has notified, and that has not run to its end. */
export interface OwedHandler {
  /** Name of the play. */
  readonly play: string;
  /** Name or topic of the handler. */
  readonly handler: string;
}

/** What became of one host. */
export interface HostReport {
  readonly status: "ok" | "failed" | "unreachable" | "cancelled";
  readonly ok: number;
  readonly changed: number;
  readonly skipped: number;
  readonly failed: number;
  readonly rescued: number;
  readonly ignored: number;
  /** Names of the tasks that changed something (or, in check mode, would). */
  readonly changes: readonly string[];
  /** Handlers that did not run because the host left the run: a later run must be told. Absent: none. */
  readonly owed?: readonly OwedHandler[];
  /** Why the host failed or could not be reached: one line with a code. */
  readonly error?: string;
  /** What the files look like that its tasks wrote, where the run was asked to tell; in no event. */
  readonly files?: readonly WrittenFiles[];
  /** The host's public key as seen, one OpenSSH line without comment. */
  readonly hostKey?: string;
}

/** What became of a run, by host name. */
export interface RunReport {
  readonly hosts: Readonly<Record<string, HostReport>>;
  readonly milliseconds: number;
  /** What set_stats gave, by host; of the whole run below `_run`. Absent: nothing. */
  readonly stats?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
