/** Hosts that exist in memory only: they are reached, fail and drift as a test says. Parsing and digests are real. */
import type { Secret } from "../../../../core/secret";
import * as playbooks from "../../../../playbooks/playbooks";
import type { HostReport, RunInput, RunOptions, RunReport } from "../../../../playbooks/playbooks";
import type { PlaybookEngine } from "../../../../provider/resources/playbook/engine";

/** One run, as it was asked for. */
export interface Asked {
  readonly mode: RunInput["mode"];
  readonly hosts: readonly string[];
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly secretVars: Readonly<Record<string, Secret>>;
  readonly withheld: readonly string[];
  readonly owed: RunInput["owed"];
  readonly key: string | undefined;
  readonly connectTimeout: number;
}

const COUNTS = { ok: 1, changed: 0, skipped: 0, failed: 0, rescued: 0, ignored: 0 };

/** See the header. */
export class FakeHosts {
  readonly asked: Asked[] = [];
  /** Files that were looked at, by host. */
  readonly looked: Readonly<Record<string, unknown>>[] = [];
  /** What hosts end with, by name; to those that are unreachable or cancelled no connection is made. @default - all is well */
  fate: Readonly<Record<string, Partial<HostReport>>> = {};
  /** Called while a run goes on. */
  during: (signal: AbortSignal) => unknown = () => undefined;

  /** The engine that reaches them. */
  get engine(): PlaybookEngine {
    return {
      ...playbooks,
      runPlaybooks: (_, input, options) => this.#run(input, options),
      lookAtFiles: (written, input, options) => {
        this.looked.push(written);
        return this.#run(input, options);
      },
    };
  }

  /** Names of the hosts of the last run; none when there was no run. */
  get lastHosts(): readonly string[] {
    return this.asked.at(-1)?.hosts ?? [];
  }

  async #run(
    { inventory, limit = "", mode, secretVars, withheld = [], owed }: RunInput,
    options: RunOptions,
  ): Promise<RunReport> {
    const hosts = limit.split(",");
    const keys = Object.fromEntries(
      Object.entries(inventory).map(([name, it]) => [name, it.hostKeys]),
    );
    const { connectTimeout } = options;
    const key = options.key?.reveal();
    this.asked.push({ mode, hosts, keys, secretVars, withheld, owed, key, connectTimeout });
    const reports = hosts.map((host) => [host, this.#report(host, options)] as const);
    await this.during(options.signal);
    const cancelled = options.signal.aborted && { status: "cancelled" as const };
    const ended = reports.map(([host, it]) => [host, { ...it, ...cancelled }] as const);
    return { hosts: Object.fromEntries(ended), milliseconds: 1 };
  }

  #report(host: string, { onEvent }: RunOptions): HostReport {
    const fate = { status: "ok", changes: [], ...COUNTS, ...this.fate[host] } as const;
    if (fate.status === "unreachable" || fate.status === "cancelled") return fate;
    onEvent({ event: "host.connected", at: 0, host, milliseconds: 1 });
    return { hostKey: `key of ${host}`, ...fate };
  }
}
