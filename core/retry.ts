/** How long to wait before a retry: exponential with jitter. Pure; randomness comes in as an argument. */

/** Bounds of the wait. */
export interface BackoffLimits {
  /** Milliseconds before the first retry, jitter aside. @default 500 */
  readonly firstMs?: number;
  /** Milliseconds that no wait exceeds. @default 30000 */
  readonly longestMs?: number;
}

/**
 * Milliseconds to wait before a retry: doubled each time, of which the upper half is random,
 * so that clients which failed together do not come back together.
 * @param attempt - 0 before the first retry
 * @param random - gives 0 to 1
 */
export function backoffMs(
  attempt: number,
  random: () => number,
  { firstMs = 500, longestMs = 30_000 }: BackoffLimits = {},
): number {
  const full = Math.min(longestMs, firstMs * 2 ** attempt);
  return full / 2 + (random() * full) / 2;
}
