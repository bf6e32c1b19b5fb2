/** Bounded concurrency and cancellable waiting. */
import { LONGEST_TIMER_MS } from "./longest-timer";
import { onAbort } from "./on-abort";

/** Whatever can wait takes this. */
export interface CallOptions {
  /** Aborts the work; the promise rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
}

/** Waits; tests pass their own. */
export type Sleep = (milliseconds: number, options?: CallOptions) => Promise<void>;

/** The real {@link Sleep}. */
export const sleep: Sleep = (milliseconds, { signal } = {}) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const timer = setTimeout(
      () => {
        stopListening();
        resolve();
      },
      Math.min(milliseconds, LONGEST_TIMER_MS),
    );
    const stopListening = onAbort(signal, () => {
      clearTimeout(timer);
      if (signal) reject(reasonOf(signal));
    });
  });

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason));
}

/**
 * Maps with at most `limit` at work at once; results keep the order of the items.
 * The first rejection stops further starts and is rethrown when the running ones ended.
 */
export async function mapBounded<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index] as T, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
