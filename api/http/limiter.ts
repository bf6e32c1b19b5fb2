/** At most so many requests at once, first come first served. */
import type { CallOptions } from "../../core/bounded";
import { onAbort } from "../../core/on-abort";

/** Runs work when there is room. */
export type Limiter = <T>(work: () => Promise<T>, options: CallOptions) => Promise<T>;

/** Makes a {@link Limiter}; who is aborted while waiting gives up the place and rejects. */
export function createLimiter(limit: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;

  const enter = (signal: AbortSignal | undefined): Promise<void> => {
    signal?.throwIfAborted();
    if (running < limit) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const start = (): void => {
        stopListening();
        resolve();
      };
      const stopListening = onAbort(signal, () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(signal?.reason instanceof Error ? signal.reason : new Error("aborted"));
      });
      waiting.push(start);
    });
  };
  // The place is handed over, not freed, so a newcomer cannot overtake who waits.
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };

  return async (work, { signal }) => {
    await enter(signal);
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
