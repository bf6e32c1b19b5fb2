/** Tasks that run beside the others: `async`. They end with their own time limit, and the run waits for them. */
import { randomInt } from "node:crypto";
import type { Variables } from "../../model/play";

/** What is known of a job: undefined while it runs. */
interface Job {
  readonly ended: Promise<unknown>;
  result: Variables | undefined;
}

/** See the header. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();

  /** Takes on a job. @returns its id, as Ansible writes them */
  add(work: Promise<Variables>): string {
    const id = `j${randomInt(10 ** 11, 10 ** 12)}.${randomInt(1_000, 100_000)}`;
    const ended = work.then(
      (result) => (job.result = result),
      // What ends a job without a result ends the run as well.
      () => undefined,
    );
    const job: Job = { ended, result: undefined };
    this.#jobs.set(id, job);
    return id;
  }

  /** @returns "running", the result, or undefined when there is no such job */
  look(id: string): Variables | "running" | undefined {
    const job = this.#jobs.get(id);
    return job && (job.result ?? "running");
  }

  /** Forgets a job. */
  drop(id: string): boolean {
    return this.#jobs.delete(id);
  }

  /** Whether any of them has not come to a result. */
  get isBusy(): boolean {
    return [...this.#jobs.values()].some(({ result }) => result === undefined);
  }

  /** Settles when all have ended. */
  async settled(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map((it) => it.ended));
  }
}
