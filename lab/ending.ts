/** What must be undone, in the reverse of the order in which it was done; each step once. */

/** See the module's header. */
export class Ending {
  readonly #steps: (() => Promise<unknown>)[] = [];

  /** @param step - undoes what was just done */
  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /** Undoes everything, even when a step fails. @throws the first failure, at the end */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
