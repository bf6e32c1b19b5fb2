/** At most one piece of work a device at a time; later ones wait for it or push it aside. */

/** Work on a device; ends early when the signal aborts. */
export type Job = (signal: AbortSignal) => Promise<void>;

/** Why work was aborted. */
export class JobAborted extends Error {
  override readonly name = "JobAborted";

  /** @param why - `replaced` by other work, or `stopping`: the server ends, the work goes on later */
  constructor(readonly why: "replaced" | "stopping") {
    super(`aborted: ${why}`);
  }
}

interface Running {
  readonly controller: AbortController;
  /** Never rejects. */
  readonly done: Promise<void>;
}

/** See the module's header. */
export class Jobs {
  readonly #running = new Map<string, Running>();
  #stopping = false;

  /** @param onError - hears of work that failed; not of aborted work */
  constructor(private readonly onError: (id: string, error: unknown) => void) {}

  /** Whether there is work on a device. */
  isBusy(id: string): boolean {
    return this.#running.has(id);
  }

  /** Starts work after what is at work on this device now. */
  enqueue(id: string, job: Job): void {
    if (this.#stopping) return;
    const running = this.#running.get(id);
    const before = running?.done;
    // What waits shares its fate with what it waits for.
    const controller =
      running && !running.controller.signal.aborted ? running.controller : new AbortController();
    const done = this.#run(id, job, controller.signal, before).finally(() => {
      if (this.#running.get(id)?.done === done) this.#running.delete(id);
    });
    this.#running.set(id, { controller, done });
  }

  /** Aborts what is at work on this device and starts other work when that has ended. */
  replace(id: string, job: Job): void {
    this.#running.get(id)?.controller.abort(new JobAborted("replaced"));
    this.enqueue(id, job);
  }

  /** Resolves when a device has no work; at once when it has none now. */
  async settled(id: string): Promise<void> {
    for (let it = this.#running.get(id); it !== undefined; it = this.#running.get(id)) {
      await it.done;
    }
  }

  /** Aborts everything and takes nothing new; resolves when all work has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const running = [...this.#running.values()];
    for (const it of running) it.controller.abort(new JobAborted("stopping"));
    await Promise.all(running.map((it) => it.done));
  }

  async #run(
    id: string,
    job: Job,
    signal: AbortSignal,
    before: Promise<void> | undefined,
  ): Promise<void> {
    await before;
    try {
      signal.throwIfAborted();
      await job(signal);
    } catch (error) {
      if (!(signal.reason instanceof JobAborted)) this.onError(id, error);
    }
  }
}
