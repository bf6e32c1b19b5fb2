/** Runs tasks on one host through the room's door, with a secret among the variables, and keeps all that was told. */
import { formatFault } from "../../../core/faults";
import { Secret } from "../../../core/secret";
import {
  parsePlaybooks,
  runPlaybooks,
  type HostReport,
  type RunEvent,
} from "../../../playbooks/playbooks";

/** A host and the way in. */
export interface Way {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeys: readonly string[];
  readonly key: Secret;
}

/** What is run, beside the tasks. */
export interface TaskRun {
  /** Never templated, never shown. */
  readonly secretVars?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly files?: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
  /** Hosts, all at the same place: node, node-1, node-2, … @default 1 */
  readonly hosts?: number;
  /** Milliseconds. @default 15 s */
  readonly connectTimeout?: number;
  /** @default - nobody listens */
  readonly onEvent?: (event: RunEvent) => void;
}

/** What became of the tasks. */
export interface Told {
  readonly host: HostReport;
  /** Every host of the run. */
  readonly hosts: readonly HostReport[];
  /** Status of every task that ended, in their order. */
  readonly statuses: readonly string[];
}

/** The variable `pw` of every run: quotes and spaces give it a different form wherever it is quoted. */
export const SECRET = `it's "S3cr3t" pur-ple ü`;
/** No output may hold this part of it, in whatever form the rest is. */
const MARK = /S3cr3t|pur-ple/;

/**
 * Runs the tasks of one play (YAML, a list). Whatever the run tells is searched for the secret.
 * @throws Error when playbooks have faults or the secret was told
 */
export async function runTasks(way: Way, tasks: string, more: TaskRun = {}): Promise<Told> {
  const { key, address, port, user, hostKeys } = way;
  const files = more.files ?? new Map<string, string>();
  const lines = tasks.trimEnd().replace(/^\n+/, "").split("\n");
  const content = ["- hosts: all", "  gather_facts: false", "  tasks:", ...lines].join("\n");
  const { playbooks, faults } = parsePlaybooks([{ name: "faults.yml", content }], files);
  if (faults.length > 0) throw new Error(faults.map(formatFault).join("\n"));
  const events: RunEvent[] = [];
  const secrets = { pw: SECRET, ...more.secretVars };
  const report = await runPlaybooks(
    playbooks,
    {
      inventory: Object.fromEntries(
        Array.from({ length: more.hosts ?? 1 }, (_, index) => [
          index === 0 ? "node" : `node-${index}`,
          { address, port, user, hostKeys, groups: [], vars: {} },
        ]),
      ),
      vars: more.vars ?? {},
      secretVars: Object.fromEntries(
        Object.entries(secrets).map(([name, value]) => [name, new Secret(value)]),
      ),
      files,
      mode: "apply",
      forks: 4,
      diff: true,
    },
    {
      key,
      signal: more.signal ?? AbortSignal.timeout(50_000),
      connectTimeout: more.connectTimeout ?? 15_000,
      firstContact: "refuse",
      onEvent: (event) => {
        events.push(event);
        more.onEvent?.(event);
      },
    },
  );
  const told = JSON.stringify([report, events]);
  const leak = MARK.exec(told);
  if (leak) throw new Error(`the secret was told: ${told.slice(0, leak.index + 50).slice(-250)}`);
  const { node } = report.hosts;
  if (node === undefined) throw new Error("the report does not name the host");
  return {
    host: node,
    hosts: Object.values(report.hosts),
    statuses: events.flatMap((it) => (it.event === "task.end" ? [it.status] : [])),
  };
}

/** What a host's error must be: one line that begins with this code, or has it after the task's place. */
export function oneLine(code: string): unknown {
  return expect.stringMatching(new RegExp(`^[^\\n]*\\b${code}\\b[^\\n]*$`));
}
