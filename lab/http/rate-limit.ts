/** A limit on requests, a window and token at a time (contract 1.4). Pure but for its own counters. */
import type { Clock } from "../../core/clock";

/** What a request may still do. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds since 1970 when the window ends. */
  readonly reset: number;
  /** Whether this request is one too many. */
  readonly exceeded: boolean;
}

/** See the module's header. */
export class RateLimiter {
  readonly #windows = new Map<string, { readonly ends: number; used: number }>();

  /** Makes a limiter whose windows begin with a key's first request. */
  constructor(
    private readonly limit: { readonly requests: number; readonly windowSeconds: number },
    private readonly clock: Clock,
  ) {}

  /** Counts one request of a key. */
  take(key: string): Allowance {
    const now = this.clock();
    let window = this.#windows.get(key);
    if (window === undefined || window.ends <= now) {
      window = { ends: now + this.limit.windowSeconds * 1_000, used: 0 };
      this.#windows.set(key, window);
    }
    window.used += 1;
    const { requests } = this.limit;
    return {
      limit: requests,
      remaining: Math.max(0, requests - window.used),
      reset: Math.ceil(window.ends / 1_000),
      exceeded: window.used > requests,
    };
  }
}

/** The three headers that clients read. */
export function rateHeaders({ limit, remaining, reset }: Allowance): Record<string, string> {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(reset),
  };
}
