/**
 * Watches the output of sudo or su until the new user's shell has started: answers one password
 * prompt, and keeps what was said before apart from the command's own output.
 */

/** Which of a command's two streams. */
export type StreamName = "stdout" | "stderr";

/** What a chunk of output meant. */
export interface GateStep {
  /** Output of the command itself. */
  readonly pass: Buffer;
  /** `ask`: a password is wanted; `open`: the command has begun and may get its input. */
  readonly event?: "ask" | "open";
}

const NOTHING = Buffer.alloc(0);
/** Kept of what is said before the shell starts: the last of it, where the reason of a refusal stands. */
const KEPT_BYTES = 16 * 1024;
/** Longer than any prompt. */
const PROMPT_BYTES = 256;

/** One gate a command. */
export class BecomeGate {
  readonly #marker: Buffer;
  readonly #before: Record<StreamName, Buffer> = { stdout: NOTHING, stderr: NOTHING };
  readonly #open: Record<StreamName, boolean> = { stdout: false, stderr: false };
  readonly #prompt: RegExp;

  /**
   * A closed gate.
   * @param marker - the line that the new user's shell prints first, on both streams
   * @param prompt - how a wish for a password ends
   */
  constructor(marker: string, prompt: RegExp) {
    this.#marker = Buffer.from(`${marker}\n`);
    this.#prompt = prompt;
  }

  /** Whether the command has begun. */
  get isOpen(): boolean {
    return this.#open.stdout;
  }

  /** What sudo or su said so far: the reason, when it refused. */
  get refusal(): string {
    return `${this.#before.stderr.toString()}\n${this.#before.stdout.toString()}`.trim();
  }

  /** Takes the next chunk of a stream. */
  feed(stream: StreamName, chunk: Buffer): GateStep {
    if (this.#open[stream]) return { pass: chunk };
    const seen = Buffer.concat([this.#before[stream], chunk]);
    const at = seen.indexOf(this.#marker);
    if (at < 0) return this.#wait(stream, seen);
    this.#open[stream] = true;
    this.#before[stream] = seen.subarray(0, at);
    const pass = seen.subarray(at + this.#marker.length);
    return stream === "stdout" ? { pass, event: "open" } : { pass };
  }

  #wait(stream: StreamName, seen: Buffer): GateStep {
    // A copy, so that the chunk itself is not held.
    const kept = seen.length > KEPT_BYTES ? Buffer.from(seen.subarray(-KEPT_BYTES)) : seen;
    const asked = !this.isOpen && this.#prompt.test(kept.subarray(-PROMPT_BYTES).toString());
    this.#before[stream] = asked ? Buffer.concat([kept, Buffer.from("\n")]) : kept;
    return asked ? { pass: NOTHING, event: "ask" } : { pass: NOTHING };
  }
}
