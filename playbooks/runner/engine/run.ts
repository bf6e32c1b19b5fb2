/** What every part of one run shares. */
import type { Clock } from "../../../core/clock";
import type { Environment } from "../../../core/folders";
import type { Secret } from "../../../core/secret";
import type { Inventory } from "../../model/inventory-host";
import type { Play, Variables } from "../../model/play";
import type { TravellingFiles } from "../../model/source";
import type { OwedHandler, RunEvent } from "../events";
import type { Module } from "../module";
import type { Templar } from "../template/templar";
import type { Target } from "../transport/connect";
import type { OpenOptions } from "../transport/open-host";
import type { Host } from "../host";
import type { ConnectedHost, HostRun } from "./host-run";
import type { Jobs } from "./jobs";
import type { RunHosts } from "./run-hosts";
import type { AskStep, Stepper } from "./stepper";

/**
 * `check` says what would change, as Ansible does: tasks with `check_mode: false` run all the same.
 * `refresh` looks at every host by itself and changes nothing at all.
 */
export type RunMode = "apply" | "check" | "refresh";

/** What to run, on what, and how. */
export interface RunInput {
  readonly inventory: Inventory;
  /** Variables that win over all others, as Ansible's extra vars; templates in them are rendered. */
  readonly vars: Variables;
  /** The same, never templated and never shown. */
  readonly secretVars: Readonly<Record<string, Secret>>;
  /** Names of secret variables that have no value in a refresh: tasks that touch one are not judged. */
  readonly withheld?: readonly string[] | undefined;
  readonly files: TravellingFiles;
  readonly mode: RunMode;
  /** By host: handlers that an earlier run still owes, notified as if a task of their play had. @default none */
  readonly owed?: Readonly<Record<string, readonly OwedHandler[]>> | undefined;
  /** A hosts pattern: only these run. @default - all */
  readonly limit?: string | undefined;
  /** Where the inventory came from: absolute paths, and lists of hosts. @default - from no file */
  readonly inventorySources?: readonly string[] | undefined;
  /** @default - all but `never` */
  readonly tags?: readonly string[] | undefined;
  /** @default - none */
  readonly skipTags?: readonly string[] | undefined;
  /** Name of a task, or a glob: nothing before it runs. @default - everything runs */
  readonly startAtTask?: string | undefined;
  /** Handlers run also on hosts that failed, whatever plays say. @default false */
  readonly forceHandlers?: boolean | undefined;
  /** Tasks become another user unless they, their play or a variable say otherwise. @default - they do not */
  readonly become?: { /** @default root */ readonly user?: string | undefined } | undefined;
  /** What the lookup env reads; with it, templates may look at the clock as well. @default - both are refused */
  readonly environment?: Environment | undefined;
  /** Hosts at work at once, 1 or more. */
  readonly forks: number;
  /** Whether the report tells what the files look like that tasks of an apply wrote. @default false */
  readonly tellFiles?: boolean | undefined;
  /** Whether modules say in detail what they change. @default false */
  readonly diff?: boolean | undefined;
}

/** What a run needs from outside. */
export interface RunOptions {
  readonly signal: AbortSignal;
  /** Private key, PEM or OpenSSH. */
  readonly key?: Secret | undefined;
  /** Of whichever of the keys are encrypted. */
  readonly passphrase?: Secret | undefined;
  /** Keys that the inventory names, by the names of their files. @default none */
  readonly keys?: ReadonlyMap<string, Secret> | undefined;
  /** Reads a key that only plays name. @default - plays cannot name any */
  readonly readKey?: ((file: string) => Secret) | undefined;
  /** Private key for bastions that have none of their own. @default - the key of the host behind it */
  readonly bastionKey?: Secret | undefined;
  /** Socket of an SSH agent. */
  readonly agent?: string | undefined;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /**
   * What to do with a host whose key is not known: take the one that it shows, for the caller to keep, or
   * treat it as unreachable (AS2204). @default pin
   */
  readonly firstContact?: "pin" | "refuse";
  /** Where `fetch` puts files whose path is relative. @default - the working folder */
  readonly localFolder?: string | undefined;
  /** Is asked before every task. @default - nobody is */
  readonly askStep?: AskStep | undefined;
  readonly onEvent: (event: RunEvent) => void;
  /** @default Date.now */
  readonly clock?: Clock | undefined;
}

/** Parts of the runner that the engine is given, so that it can be driven without SSH. */
export interface Machinery {
  readonly modules: ReadonlyMap<string, Module>;
  readonly openHost: (target: Target, options: OpenOptions) => Promise<ConnectedHost>;
  readonly gatherFacts: (host: Host, options: { signal: AbortSignal }) => Promise<Variables>;
}

/** One run. */
export interface Run {
  readonly input: RunInput;
  readonly options: RunOptions;
  readonly machinery: Machinery;
  readonly templar: Templar;
  readonly clock: Clock;
  readonly hosts: RunHosts;
  /** The machine that runs the plays, once a task is delegated to it. */
  readonly locals: RunHosts;
  /** Figures of `set_stats` by host; those of the whole run below `_run`. */
  readonly stats: Record<string, Readonly<Record<string, unknown>>>;
  /** Tasks that run beside the others. */
  readonly jobs: Jobs;
  readonly stepper: Stepper;
  readonly extraVars: Variables;
  readonly secrets: Variables;
  /** Tells an event; secrets are removed from its texts. */
  readonly emit: (event: RunEvent) => void;
  /** Removes secrets from a text. */
  readonly redact: (text: string) => string;
}

/** One play of a run, for one batch of its hosts. */
export interface PlayRun {
  readonly run: Run;
  readonly play: Play;
  /** Every host of the play. */
  readonly hosts: readonly HostRun[];
  /** The hosts of this batch. */
  readonly batch: readonly HostRun[];
  /** Shared by all batches of the play. */
  readonly state: PlayState;
}

/** What becomes of a play while it runs. */
export interface PlayState {
  /** `meta: end_play` was met: no batch follows. */
  ended: boolean;
}
