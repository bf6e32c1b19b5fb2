/** Several benches, for cases that are run side by side. */
import { Bench, type Verdict } from "./bench";
import type { Case } from "./case";

/** So many benches at most, started when they are needed; a case waits for one that is free. */
export class Benches {
  readonly #free: Bench[] = [];
  readonly #waiting: ((bench: Bench) => void)[] = [];
  readonly #all: Promise<Bench>[] = [];

  constructor(readonly most: number) {}

  async run(it: Case): Promise<Verdict> {
    const bench = await this.#take();
    try {
      return await bench.run(it);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(bench);
      else this.#free.push(bench);
    }
  }

  async stop(): Promise<void> {
    const started = await Promise.allSettled(this.#all);
    for (const it of started) if (it.status === "fulfilled") await it.value.stop();
  }

  #take(): Promise<Bench> {
    const free = this.#free.pop();
    if (free) return Promise.resolve(free);
    if (this.#all.length < this.most) {
      const bench = Bench.start();
      this.#all.push(bench);
      return bench;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
