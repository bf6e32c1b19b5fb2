/** Time limits of operations: from `timeouts`, else the resource's own; and signals that obey them. */
import { Bug, OuterFault, UserFault, fault, type Fault } from "../../core/faults";
import { formatDuration, tryParseDuration } from "../../core/duration";
import { LONGEST_TIMER_MS } from "../../core/longest-timer";
import { OPERATIONS, TIMEOUTS, type Operation } from "./full-schema";
import type { TimeLimits } from "./resource";
import type { Values } from "./values";

/** Faults in the `timeouts` of a config; unknown values pass. */
export function checkTimeouts(config: Values): Fault[] {
  const given = timeoutsOf(config);
  return OPERATIONS.flatMap((operation) => {
    const text = given[operation];
    if (typeof text !== "string") return [];
    const allowed = "a number with a unit, such as 90s, 20m or 1h30m";
    const valid = (tryParseDuration(text) ?? 0) > 0;
    return valid ? [] : [fault("AS1803", `${TIMEOUTS}.${operation}`, { given: text, allowed })];
  });
}

/** Milliseconds an operation may take. */
export function timeLimit(limits: TimeLimits, operation: Operation, model: Values): number {
  const given = timeoutsOf(model)[operation];
  const chosen = typeof given === "string" ? tryParseDuration(given) : undefined;
  return chosen === undefined || chosen === 0 ? limits[operation] : chosen;
}

/**
 * Works under a time limit. The signal aborts with the stop's reason, or with AS2002.
 * What the work throws after that is told as that reason, unless it is a fault itself.
 * @throws OuterFault AS2002 when the limit passed
 */
export async function withDeadline<T>(
  options: { readonly stop: AbortSignal; readonly milliseconds: number; readonly what: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const { milliseconds, what } = options;
  const timer = setTimeout(
    () => {
      const problem = `${what} did not end within ${formatDuration(milliseconds)}`;
      deadline.abort(new OuterFault("AS2002", { problem }));
    },
    Math.min(milliseconds, LONGEST_TIMER_MS),
  );
  const signal = AbortSignal.any([options.stop, deadline.signal]);
  try {
    signal.throwIfAborted();
    return await work(signal);
  } catch (error) {
    throw signal.aborted && !isTold(error) ? signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

function isTold(error: unknown): boolean {
  return error instanceof UserFault || error instanceof OuterFault || error instanceof Bug;
}

function timeoutsOf(model: Values): Values {
  const given = model[TIMEOUTS];
  return typeof given === "object" && given !== null ? (given as Values) : {};
}
