/**
 * What the resource needs of the playbooks room. It is loaded when it is first used: most
 * starts of the provider touch no playbook, and the parser and runner are the largest parts.
 */
import type { Fault } from "../../../core/faults";
import type { Secret } from "../../../core/secret";
import type {
  Inventory,
  InventoryHost,
  PlaybookSource,
  RunEvent,
  RunReport,
} from "../../../playbooks/playbooks";

/** A host of which something is not known before apply. */
export interface UnknownHost {
  readonly unknown: true;
  readonly groups: readonly string[] | undefined;
}

/** What a run is about. */
export interface RunInput {
  readonly inventory: Inventory;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly secretVars: Readonly<Record<string, Secret>>;
  readonly files: ReadonlyMap<string, string>;
  readonly mode: "apply" | "check";
  /** Names of the hosts to run on. */
  readonly limit?: readonly string[];
  readonly tags?: readonly string[];
  readonly skipTags?: readonly string[];
  readonly forks: number;
}

/** What a run works with. */
export interface RunContext {
  readonly signal: AbortSignal;
  /** OpenSSH private key. */
  readonly key?: Secret;
  /** Socket of an SSH agent. */
  readonly agent?: string;
  /** Milliseconds. */
  readonly connectTimeout: number;
  readonly onEvent: (event: RunEvent) => void;
}

/** The playbooks room; `P` is a set of checked playbooks. */
export interface PlaybookEngine<P> {
  parsePlaybooks(
    sources: readonly PlaybookSource[],
    files: ReadonlyMap<string, string>,
  ): { readonly playbooks: P; readonly faults: readonly Fault[] };
  /** By host; undefined where it depends on something unknown. */
  digestHosts(
    playbooks: P,
    input: {
      readonly inventory: Readonly<Record<string, InventoryHost | UnknownHost>>;
      readonly vars: Readonly<Record<string, unknown>>;
      readonly files: ReadonlyMap<string, string>;
    },
  ): Readonly<Record<string, string | undefined>>;
  runPlaybooks(playbooks: P, input: RunInput, context: RunContext): Promise<RunReport>;
}
