/** Lets few run at once and the others wait their turn, first come first served. */
import type { CallOptions } from "../../../core/bounded";
import { onAbort } from "../../../core/on-abort";

/** A bounded number of places. */
export class Lanes {
  #limit: number;
  #used = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param limit - places, at least 1 */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for a place; the caller gives it back with {@link Lanes.leave}. */
  async enter({ signal }: CallOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    while (this.#used >= this.#limit) {
      await this.#turn(signal);
      // Between its turn and now: the next in the queue has it then.
      if (signal?.aborted === true) this.#waiting.shift()?.();
      signal?.throwIfAborted();
    }
    this.#used += 1;
  }

  /** Gives a place back. */
  leave(): void {
    this.#used -= 1;
    this.#waiting.shift()?.();
  }

  /** Goes back to the end of the queue. */
  async reenter(options: CallOptions = {}): Promise<void> {
    this.leave();
    try {
      await this.enter(options);
    } catch (error) {
      // The caller still gives its place back.
      this.#used += 1;
      throw error;
    }
  }

  /** How many may run at once. */
  get limit(): number {
    return this.#limit;
  }

  /** Lets one run after the other from now on. */
  restrictToOne(): void {
    this.#limit = 1;
  }

  /**
   * The server allows fewer than thought: no more than what runs now beside the caller.
   * @returns whether anything else runs, so that waiting makes sense
   */
  shrink(): boolean {
    if (this.#used < 2) return false;
    this.#limit = Math.min(this.#limit, this.#used - 1);
    return true;
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        stopListening();
        resolve();
      };
      const stopListening = onAbort(signal, () => {
        this.#waiting.splice(this.#waiting.indexOf(wake), 1);
        reject(signal?.reason instanceof Error ? signal.reason : new Error("cancelled"));
      });
      this.#waiting.push(wake);
    });
  }
}
