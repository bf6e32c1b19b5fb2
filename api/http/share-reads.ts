/**
 * One read for all who ask for the same at about the same time. Who asks while a read is under way gets
 * the next one: an answer is never older than its question.
 */
import type { CallOptions } from "../../core/bounded";
import { onAbort } from "../../core/on-abort";

/** Reads what a key names. */
export type Read<T> = (key: string, options: CallOptions) => Promise<T>;

interface Round<T> {
  readonly answer: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** Makes a read that is shared; it is stopped when the last who waits for it has given up. */
export function shareReads<T>(read: Read<T>): Read<T> {
  const running = new Map<string, Promise<unknown>>();
  const upcoming = new Map<string, Round<T>>();

  const start = async (key: string, stop: AbortController): Promise<T> => {
    await running.get(key);
    if (upcoming.get(key)?.stop === stop) upcoming.delete(key);
    const answer = read(key, { signal: stop.signal });
    const ended = answer.then(ignore, ignore).then(() => running.delete(key));
    running.set(key, ended);
    return answer;
  };
  const join = (key: string): Round<T> => {
    const known = upcoming.get(key);
    if (known && !known.stop.signal.aborted) return known;
    const stop = new AbortController();
    const round = { answer: start(key, stop), stop, waiting: 0 };
    // When all have given up, nobody hears of a failure.
    round.answer.catch(ignore);
    upcoming.set(key, round);
    return round;
  };
  return async (key, { signal }) => {
    signal?.throwIfAborted();
    return waitFor(join(key), signal);
  };
}

function waitFor<T>(round: Round<T>, signal: AbortSignal | undefined): Promise<T> {
  round.waiting += 1;
  return new Promise<T>((resolve, reject) => {
    const stopListening = onAbort(signal, () => {
      const reason: unknown = signal?.reason;
      round.waiting -= 1;
      if (round.waiting === 0) round.stop.abort(reason);
      reject(reason instanceof Error ? reason : new Error("aborted"));
    });
    round.answer.then(resolve, reject).finally(stopListening);
  });
}

function ignore(): void {
  // Failures are told to those who wait, each through its own promise.
}
