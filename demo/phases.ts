/** Where the time went: named phases, each measured once, in the order in which they began. */
import type { Clock } from "../core/clock";

/** One phase. */
export interface Phase {
  readonly name: string;
  readonly milliseconds: number;
}

/** Measures phases; says their names as they begin. */
export class Stopwatch {
  readonly #phases: Phase[] = [];

  /**
   * @param clock - milliseconds
   * @param say - told the name of each phase as it begins
   */
  constructor(
    readonly clock: Clock,
    readonly say: (line: string) => void,
  ) {}

  /** The phases that ended. */
  get phases(): readonly Phase[] {
    return this.#phases;
  }

  /** Runs a phase; a phase that throws is counted too. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = this.clock();
    this.say(name);
    try {
      return await work();
    } finally {
      this.#phases.push({ name, milliseconds: this.clock() - started });
    }
  }
}
