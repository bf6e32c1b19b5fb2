/** One host in a run: its connection (made when first needed), its variables, and what became of it. */
import type { InventoryHost } from "../../model/inventory-host";
import type { Directives, Play, RoleUse, Variables } from "../../model/play";
import type { HostReport, OwedHandler, TaskStatus } from "../events";
import type { Host } from "../host";
import { NotedFiles } from "../written/note-file";
import type { Layer } from "../vars/scope";

/** A connected host, with its key where the transport tells it. */
export type ConnectedHost = Host & { readonly hostKey?: string };

/** Why a host left the play. */
export interface Failure {
  readonly kind: "failed" | "unreachable";
  readonly message: string;
  readonly task?: string;
  /** The failed task's result, for `ansible_failed_result`. */
  readonly result?: Variables;
  /** Unless it is rescued, the whole run ends with the batch: any_errors_fatal. @default false */
  readonly fatal?: boolean;
}

/** Who logs in, and where; what is not said is as the inventory has it. */
export interface Login {
  readonly address?: string;
  readonly user?: string;
  readonly port?: number;
  /** File with the private key, as written. */
  readonly keyFile?: string;
  /** Whether the host is this machine. @default - as the inventory says */
  readonly local?: boolean;
}

/** What keywords say of it. */
export type Keywords = Pick<Directives, "remoteUser" | "port" | "connection">;

/** Mutable state of one host; only the engine writes to it. */
export class HostRun {
  /** Facts of the host, `ansible_facts` among them; undefined until gathered. */
  facts: Variables | undefined;
  /** Facts that modules found, under the names that these give them. */
  readonly found: Record<string, unknown> = {};
  /** What set_fact and register left. */
  readonly results: Record<string, unknown> = {};
  /** Names that set_fact and register would have given a value, had their task been judged. */
  readonly withheld = new Set<string>();
  /** What include_vars left: a user's text, in which templates are rendered. */
  includedVars: Variables = {};
  /** As the play has it. */
  login: Login = {};
  /** Those of the play that decided on {@link HostRun.login}; undefined before any did. */
  keywords: Keywords | undefined;
  /** Roles that were included for the tasks behind as well. */
  publicRoles: readonly RoleUse[] = [];
  /** Variables of the includes that the host is inside of, innermost first. */
  includes: readonly Layer[] = [];
  /** Handlers and topics notified, that are to run at the next flush. */
  readonly notified = new Set<string>();
  /** Handlers and topics of this play whose change was made, and that have not run to their end. */
  readonly unanswered = new Set<string>();
  /** The same of plays that the host left or has not come to. */
  owed: readonly OwedHandler[] = [];
  /** Files that its tasks wrote. */
  readonly noted = new NotedFiles();
  failure: Failure | undefined;
  /** The play that it came to the end of last. */
  lastDone: Play | undefined;
  /** The play ended for this host by `meta`. */
  ended = false;
  readonly #counters = { ok: 0, changed: 0, skipped: 0, failed: 0, rescued: 0, ignored: 0 };
  readonly #changes: string[] = [];
  readonly #rolesBegun = new Set<string>();
  readonly #rolesDone = new Set<string>();
  #left: string | undefined;
  #connection: ConnectedHost | undefined;
  #opening: Promise<ConnectedHost> | undefined;
  #closed = false;
  /** The same host, reached otherwise by single tasks. */
  readonly #others = new Map<string, HostRun>();

  /**
   * @param name - the inventory's name
   * @param entry - the inventory's entry
   * @param open - makes the connection
   */
  constructor(
    readonly name: string,
    public entry: InventoryHost,
    readonly open: (host: HostRun, timeout?: number) => Promise<ConnectedHost>,
  ) {}

  /** Takes part in what runs now. */
  get running(): boolean {
    return this.failure === undefined && !this.ended;
  }

  /** The connection, if there is one. */
  get connection(): ConnectedHost | undefined {
    return this.#connection;
  }

  /**
   * Connects at the first call.
   * @param timeout - milliseconds; never more than the run's own limit
   * @throws OuterFault when the host is unreachable
   */
  async connect(timeout?: number): Promise<ConnectedHost> {
    if (this.#connection && !this.#closed) return this.#connection;
    // Tasks that are delegated to one host from several ask for it at once.
    this.#opening ??= this.open(this, timeout).finally(() => (this.#opening = undefined));
    this.#connection = await this.#opening;
    this.#closed = false;
    return this.#connection;
  }

  /** Ends the connections, if there are any; {@link HostRun.connect} makes another. */
  close(): void {
    this.#closed = true;
    this.#connection?.close();
    for (const it of this.#others.values()) it.close();
  }

  /** The host with another login, and a connection of its own. Only to be reached by: results belong to this one. */
  reachedAs(login: Login): HostRun {
    const key = JSON.stringify(login);
    const known = this.#others.get(key) ?? new HostRun(this.name, this.entry, this.open);
    known.login = login;
    this.#others.set(key, known);
    return known;
  }

  /** Whatever was gathered or found is gathered anew when it is asked for. */
  forgetFacts(): void {
    this.facts = undefined;
    for (const name of Object.keys(this.found)) Reflect.deleteProperty(this.found, name);
  }

  /** Notes that a task of a role was not skipped. */
  noteRole(role: RoleUse | undefined): void {
    if (role?.once !== undefined) this.#rolesBegun.add(role.once);
  }

  /** A use of a role has come to its end: the same use does nothing more, if this one did anything. */
  endRole(role: RoleUse | undefined): void {
    if (role?.once !== undefined && this.#rolesBegun.has(role.once)) this.#rolesDone.add(role.once);
  }

  /** Whether the same use of a role was done before, in this play. */
  hasDone(role: RoleUse | undefined): boolean {
    return role?.once !== undefined && this.#rolesDone.has(role.once);
  }

  /** Another play begins. */
  forgetRoles(): void {
    this.#rolesBegun.clear();
    this.#rolesDone.clear();
  }

  /** Counts how a task ended. */
  count(status: TaskStatus, task: string, changed = status === "changed"): void {
    if (changed && (status === "changed" || status === "ignored")) {
      this.#counters.changed += 1;
      this.#changes.push(task);
    }
    if (status === "ok" || status === "changed" || status === "ignored") this.#counters.ok += 1;
    if (status === "skipped" || status === "failed" || status === "ignored") {
      this.#counters[status] += 1;
    }
  }

  /** A failure was handled by a rescue. */
  countRescue(): void {
    this.#counters.failed -= 1;
    this.#counters.rescued += 1;
  }

  /** The run ended before all plays of the host were done. */
  leave(reason: string): void {
    this.#left = reason;
  }

  /** What became of the host. */
  report(cancelled: boolean): HostReport {
    const key = this.#connection?.hostKey;
    const error = this.failure?.message ?? this.#left;
    const left = cancelled || this.#left !== undefined;
    return {
      status: this.failure?.kind ?? (left ? "cancelled" : "ok"),
      ...this.#counters,
      changes: [...this.#changes],
      ...(this.owed.length === 0 ? {} : { owed: this.owed }),
      ...(error === undefined ? {} : { error }),
      ...(key === undefined || key === "" ? {} : { hostKey: key }),
    };
  }
}
