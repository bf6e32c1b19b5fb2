/** A bound on how many pieces of work run at once; the others wait in the order in which they came. */
import type { CallOptions } from "./bounded";
import { onAbort } from "./on-abort";

/** See the module's header. */
export class Lanes {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @param limit - 1 or more */
  constructor(limit: number) {
    this.#free = limit;
  }

  /**
   * Runs the work when there is room.
   * @throws `signal.reason` when aborted while waiting
   */
  async run<R>(work: () => Promise<R>, { signal }: CallOptions): Promise<R> {
    await this.#enter(signal);
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        stopListening();
        resolve();
      };
      const stopListening = onAbort(signal, () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        const reason: unknown = signal?.reason;
        reject(reason instanceof Error ? reason : new Error(String(reason)));
      });
      this.#waiting.push(enter);
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
