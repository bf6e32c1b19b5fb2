/** `--step`: somebody is asked before every task whether it runs, until that one says to go on. */
import type { PlayRun } from "./run";

/** An answer: run the task, leave it out, or run it and all that follow without asking. */
export type StepAnswer = "run" | "leave" | "go on";

/** Asks somebody. @param host - the only one that is meant; undefined: all that run */
export type AskStep = (task: string, host: string | undefined) => Promise<StepAnswer>;

/** Asks one question at a time, whatever runs side by side. */
export class Stepper {
  #asking: Promise<unknown> = Promise.resolve();
  #goesOn = false;

  /** @param ask - undefined: every task runs */
  constructor(readonly ask: AskStep | undefined) {}

  /** Whether a task runs. @throws whatever the asking throws */
  async wants({ play }: PlayRun, task: string, host: string | undefined): Promise<boolean> {
    const { ask } = this;
    if (!ask) return true;
    const answered = this.#asking.then(async () => {
      if (this.#goesOn) return true;
      // Hosts of a free play go their own ways, so that each is asked about.
      const answer = await ask(task, play.strategy === "free" ? host : undefined);
      this.#goesOn = answer === "go on";
      return answer !== "leave";
    });
    // Whoever waits for this answer is told that it failed.
    this.#asking = answered.catch(() => undefined);
    return answered;
  }
}
