/** Waits for a condition that can only be looked at. */
import { type CallOptions, sleep } from "../../core/bounded";

/** How long and how often. */
export interface WaitOptions extends CallOptions {
  readonly timeoutMs: number;
  /** @default 25 */
  readonly intervalMs?: number;
}

/** Looks until the condition holds; false when it did not in time. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  { timeoutMs, intervalMs = 25, signal }: WaitOptions,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await condition()) return true;
    if (performance.now() >= deadline) return false;
    await sleep(intervalMs, { signal });
  }
}
