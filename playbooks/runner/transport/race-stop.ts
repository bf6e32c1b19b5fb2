/** Time limits and aborts of commands that run. */
import { OuterFault } from "../../../core/faults";
import { LONGEST_TIMER_MS } from "../../../core/longest-timer";

/** When a command is stopped. */
export interface Limits {
  readonly signal: AbortSignal | undefined;
  /** Milliseconds. */
  readonly timeout: number | undefined;
}

/** Waits for the work; at the time limit or an abort it is stopped first, then the reason is thrown: AS2221 for the limit. */
export async function raceStop<T>(
  work: Promise<T>,
  { signal, timeout }: Limits,
  stop: () => Promise<void>,
): Promise<T> {
  const expiry = timeout === undefined ? [] : [AbortSignal.timeout(timerOf(timeout))];
  const signals = [...(signal ? [signal] : []), ...expiry];
  if (signals.length === 0) return work;
  const both = AbortSignal.any(signals);
  let wake = (): void => undefined;
  const ended = new Promise<"stopped">((resolve) => {
    wake = () => {
      resolve("stopped");
    };
    both.addEventListener("abort", wake, { once: true });
    if (both.aborted) wake();
  });
  try {
    const first = await Promise.race([work.then((value) => ({ value })), ended]);
    if (first !== "stopped") return first.value;
  } finally {
    both.removeEventListener("abort", wake);
  }
  work.catch(() => undefined);
  await stop();
  signal?.throwIfAborted();
  throw new OuterFault("AS2221", {
    problem: `the command ran into its time limit of ${timeout ?? 0} ms`,
  });
}

/** Whole milliseconds, as such a signal takes them. */
function timerOf(timeout: number): number {
  return Math.ceil(Math.min(Math.max(timeout, 0), LONGEST_TIMER_MS));
}
