/** Tells and counts how tasks end: what is shown is decided here, and nowhere else. */
import { printable } from "../../../core/printable";
import type { Task } from "../../model/play";
import type { TaskStatus } from "../events";
import { taskScope } from "../vars/host-scope";
import { flagOf } from "../vars/words";
import type { HostRun } from "./host-run";
import type { Outcome } from "./outcome";
import type { PlayRun } from "./run";

const HIDDEN = "the output is hidden by no_log";

/** Characters of a message that are told. */
const LONGEST_MESSAGE = 4000;

/** As in Ansible: what an included role brings is counted, not the include, nor an order that was not given. */
function isCounted(module: string, status: TaskStatus): boolean {
  if (status === "failed" || status === "unreachable") return true;
  return status === "ok" ? module !== "include_role" : module !== "meta";
}

/** What was done to a host while a task ran. */
export interface Effort {
  readonly startedAt: number;
  readonly queries: number;
  readonly changes: number;
}

/** Where the counting of an effort begins. */
export function beginEffort({ run }: PlayRun, { connection }: HostRun): Effort {
  const { queries = 0, changes = 0 } = connection?.counts ?? {};
  return { startedAt: run.clock(), queries, changes };
}

/** One task that ended. */
export interface Ended {
  readonly task: Pick<Task, "name" | "at" | "module" | "directives">;
  readonly outcome: Outcome;
  readonly effort: Effort;
  /** How often it is counted. @default 1 */
  readonly times?: number;
}

/** Emits the event, counts it, and notes the failure that takes the host out of the play. */
export function endTask(playRun: PlayRun, host: HostRun, ended: Ended): void {
  const { task, outcome, effort, times = 1 } = ended;
  const { run, play } = playRun;
  const status = statusOf(playRun, host, task, outcome);
  const name = run.redact(nameOf(playRun, host, task));
  const hidden = outcome.hidden === true;
  // Redacted as a whole: what is cut afterwards may hold parts of a secret.
  const message = hidden ? HIDDEN : outcome.message && shorten(run.redact(outcome.message));
  const { queries = 0, changes = 0 } = host.connection?.counts ?? {};
  if (status !== "skipped") host.noteRole(task.directives.role);
  for (let count = isCounted(task.module, status) ? times : 0; count > 0; count -= 1) {
    host.count(status, name, outcome.result.changed);
  }
  run.emit({
    event: "task.end",
    at: run.clock(),
    play: play.name,
    task: name,
    module: task.module,
    host: host.name,
    status,
    milliseconds: run.clock() - effort.startedAt,
    queries: Math.max(0, queries - effort.queries),
    changes: Math.max(0, changes - effort.changes),
    ...(outcome.diff === undefined || hidden ? {} : { diff: outcome.diff }),
    ...(message === undefined || message === "" ? {} : { message }),
  });
  if (status === "failed" || status === "unreachable") {
    const text = failureText(name, task, message);
    host.failure = {
      kind: status,
      message: run.redact(status === "unreachable" ? (message ?? text) : text),
      task: name,
      result: outcome.result,
    };
  }
}

/** The task's name with its templates rendered, where they can be, behind the name of its role. */
function nameOf(playRun: PlayRun, host: HostRun, task: Ended["task"]): string {
  const { role } = task.directives;
  // As in Ansible, an include of a role has its name alone.
  const isBare = role === undefined || task.module === "include_role";
  const before = isBare ? "" : `${role.name} : `;
  try {
    return (
      before + playRun.run.templar.render(task.name, taskScope(playRun, host, task.directives))
    );
  } catch {
    return before + task.name;
  }
}

/** A program's last words may be a line of megabytes. */
function shorten(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
}

function failureText(name: string, { at }: Ended["task"], message = "failed"): string {
  const [line = ""] = message.split("\n").filter((it) => it.trim() !== "");
  const [shown, words] = [name.replaceAll("\n", " "), line].map(printable);
  return `AS2301  ${at.file}:${at.line}  task "${shown}" failed: ${shorten(words ?? "")}`;
}

function statusOf(
  playRun: PlayRun,
  host: HostRun,
  task: Ended["task"],
  { result }: Outcome,
): TaskStatus {
  const { ignoreErrors, ignoreUnreachable } = task.directives;
  const { templar } = playRun.run;
  const ignores = (flag: boolean | string | undefined): boolean =>
    flag !== undefined &&
    flagOf({ templar, scope: taskScope(playRun, host, task.directives) }, flag);
  if (result.unreachable === true) return ignores(ignoreUnreachable) ? "ignored" : "unreachable";
  if (result.failed) return ignores(ignoreErrors) ? "ignored" : "failed";
  if (result.skipped === true) return "skipped";
  return result.changed ? "changed" : "ok";
}
