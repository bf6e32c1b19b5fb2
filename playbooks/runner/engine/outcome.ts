/** How a task ended on a host, and the value that `register` keeps. Pure. */
import { isMapping } from "../../../core/mapping";
import type { Variables } from "../../model/play";
import type { TaskResult } from "../module";

/** What a task does to the run itself. */
export type Effects = Pick<TaskResult, "newHost" | "newGroups" | "stats">;
import type { TemplateFailure } from "../template/failure";

/** A task's result as Ansible registers it. */
export interface Registered extends Variables {
  readonly changed: boolean;
  readonly failed: boolean;
  readonly skipped?: boolean;
  readonly unreachable?: boolean;
  readonly msg?: unknown;
}

/** What became of one item, or of a task without loop. */
export interface Outcome {
  readonly result: Registered;
  /** For events: may be longer than a line. */
  readonly message?: string;
  readonly diff?: string;
  readonly facts?: Variables;
  /** What the whole run takes from it. */
  readonly effects?: readonly Effects[];
  readonly hostFacts?: Variables;
  /** Nothing of it may be shown. @default false */
  readonly hidden?: boolean;
  /** Whether anything is to be done cannot be told in this run, nor what would be registered. @default false */
  readonly unjudged?: boolean;
}

/** The outcome of a module's run. */
export function moduleOutcome(it: TaskResult): Outcome {
  const {
    changed,
    failed = false,
    skipped = false,
    message,
    detail,
    values = {},
    facts,
    hostFacts,
    diff,
  } = it;
  const lines = typeof values.stdout === "string" ? { stdout_lines: linesOf(values.stdout) } : {};
  const errors = typeof values.stderr === "string" ? { stderr_lines: linesOf(values.stderr) } : {};
  return {
    result: {
      ...lines,
      ...errors,
      ...values,
      // What debug shows keeps its type.
      ...(message === undefined || values.msg !== undefined ? {} : { msg: message }),
      ...(skipped ? { skipped } : {}),
      changed,
      failed,
    },
    ...(message === undefined
      ? {}
      : { message: detail === undefined ? message : `${message} (${detail})` }),
    ...(facts === undefined ? {} : { facts }),
    ...(hostFacts === undefined ? {} : { hostFacts }),
    ...(diff === undefined || diff === "" ? {} : { diff }),
    ...effectsOf(it),
  };
}

function effectsOf({ newHost, newGroups, stats }: TaskResult): Pick<Outcome, "effects"> {
  if (newHost === undefined && newGroups === undefined && stats === undefined) return {};
  const effects: Effects = {
    ...(newHost ? { newHost } : {}),
    ...(newGroups ? { newGroups } : {}),
    ...(stats ? { stats } : {}),
  };
  return { effects: [effects] };
}

/** The outcome of what was not run. */
export function skippedOutcome(reason: string): Outcome {
  // In Ansible's words, for plays that look at them.
  const why = reason.startsWith("when: ") ? "Conditional result was False" : reason;
  const result = { changed: false, failed: false, skipped: true, skip_reason: why };
  return { result, message: reason };
}

/** What `register` keeps, as in Ansible: what was skipped, and loops that did not fail, say no word of failure. */
export function registeredOf(result: Variables, isLoop: boolean): Variables {
  if (isLoop && Array.isArray(result.results)) return ofLoop(result, result.results);
  if (!("skip_reason" in result)) return result;
  const { failed: _, ...rest } = result;
  return rest;
}

function ofLoop(
  { changed, failed, skipped = false }: Variables,
  items: readonly unknown[],
): Variables {
  if (items.length === 0) {
    return { changed, skipped, skipped_reason: "No items in the list", results: [] };
  }
  const ended = skipped === true ? "All items skipped" : "All items completed";
  return {
    results: items.map((it) => (isMapping(it) ? registeredOf(it, false) : it)),
    skipped,
    ...(changed === true ? { changed } : {}),
    ...(failed === true ? { failed, msg: "One or more items failed" } : { msg: ended }),
    changed,
  };
}

/** The outcome of what a refresh can say nothing about. */
export function unjudgedOutcome(reason: string): Outcome {
  return { ...skippedOutcome(`not judged: ${reason}`), unjudged: true };
}

/** The outcome of a template that failed. */
export function templateOutcome(failure: TemplateFailure, extra: Variables = {}): Outcome {
  if (failure.kind === "withheld") return unjudgedOutcome(failure.message);
  return failedOutcome(failure.message, extra);
}

/** The outcome of what failed before or instead of its module. */
export function failedOutcome(message: string, extra: Variables = {}): Outcome {
  return { result: { ...extra, changed: false, failed: true, msg: message }, message };
}

/** One outcome from those of all items of a loop. */
export function loopOutcome(outcomes: readonly Outcome[]): Outcome {
  const results = outcomes.map((it) => it.result);
  const failed = outcomes.filter((it) => it.result.failed);
  const skipped = results.length === 0 || results.every((it) => it.skipped === true);
  const messages = (failed.length > 0 ? failed : outcomes).flatMap((it) =>
    it.message === undefined || it.result.skipped === true ? [] : [it.message],
  );
  const diff = outcomes.flatMap((it) => (it.diff === undefined ? [] : [it.diff])).join("\n");
  const facts = together(outcomes.map((it) => it.facts));
  const hostFacts = together(outcomes.map((it) => it.hostFacts));
  const hidden = outcomes.some((it) => it.hidden === true);
  const unjudged = outcomes.some((it) => it.unjudged === true);
  const effects = outcomes.flatMap((it) => it.effects ?? []);
  return {
    result: {
      results,
      changed: results.some((it) => it.changed),
      failed: failed.length > 0,
      ...(skipped ? { skipped } : {}),
      ...(results.some((it) => it.unreachable === true) ? { unreachable: true } : {}),
      msg: failed.length > 0 ? "One or more items failed" : "All items completed",
    },
    ...(messages.length > 0 ? { message: messages.join("\n") } : {}),
    ...(diff === "" ? {} : { diff }),
    ...(facts === undefined ? {} : { facts }),
    ...(hostFacts === undefined ? {} : { hostFacts }),
    ...(hidden ? { hidden } : {}),
    ...(unjudged ? { unjudged } : {}),
    ...(effects.length > 0 ? { effects } : {}),
  };
}

/** The variables that all items left; a later item's value wins. */
function together(all: readonly (Variables | undefined)[]): Variables | undefined {
  const known = all.filter((it) => it !== undefined);
  return known.length === 0 ? undefined : (Object.assign({}, ...known) as Variables);
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
