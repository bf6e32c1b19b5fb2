/**
 * A client of QEMU's monitor protocol. Events may come before the answer to the command that
 * caused them, so all are kept from the first moment. One client at a time: QEMU makes others wait.
 */
import { once } from "node:events";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import path from "node:path";
import { z } from "zod";
import type { CallOptions } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { onAbort } from "../../core/on-abort";

const MESSAGE = z.union([
  z.object({ QMP: z.unknown() }).transform(() => ({ kind: "greeting" }) as const),
  z.object({ event: z.string() }).transform(({ event }) => ({ kind: "event", event }) as const),
  z
    .object({ return: z.unknown() })
    .transform((it) => ({ kind: "answer", value: it.return }) as const),
  z
    .object({ error: z.object({ desc: z.string() }) })
    .transform(({ error }) => ({ kind: "refusal", problem: error.desc }) as const),
]);
type Message = z.infer<typeof MESSAGE>;

/** The monitor of one machine. */
export class Qmp {
  readonly #socket: Socket;
  readonly #messages: Message[] = [];
  readonly #events = new Set<string>();
  #wake: () => void = () => undefined;
  #ended = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // The monitor resets the connection when QEMU ends; what was heard until then counts.
    const ignoreReset = (): void => undefined;
    socket.on("error", ignoreReset);
    const lines = createInterface({ input: socket });
    lines.on("error", ignoreReset);
    lines.on("line", (line) => {
      this.#take(line);
    });
    socket.on("close", () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /**
   * Connects to the socket `qmp` of a machine's folder. Goes by the folder's descriptor: a
   * UNIX socket's path holds 107 characters at most.
   * @throws OuterFault AS2465 when nobody listens or speaks
   */
  static async connect(folder: string, { signal }: CallOptions): Promise<Qmp> {
    const directory = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
    let socket: Socket | undefined;
    try {
      socket = connect({ path: path.join("/proc/self/fd", String(directory.fd), "qmp") });
      await once(socket, "connect", { signal });
      const qmp = new Qmp(socket);
      await qmp.#next("greeting", { signal });
      await qmp.execute("qmp_capabilities", { signal });
      return qmp;
    } catch (error) {
      socket?.destroy();
      signal?.throwIfAborted();
      if (error instanceof OuterFault) throw error;
      throw new OuterFault("AS2465", { tried: [`connect to ${folder}/qmp`] }, { cause: error });
    } finally {
      await directory.close();
    }
  }

  /**
   * Runs a command without arguments and gives its answer.
   * @throws OuterFault AS2465 when it is refused or QEMU ends before it answers
   */
  async execute(command: string, { signal }: CallOptions): Promise<unknown> {
    this.#socket.write(`${JSON.stringify({ execute: command })}\n`);
    const message = await this.#next("answer", { signal });
    return message.kind === "answer" ? message.value : undefined;
  }

  /** Resolves when the event was seen since the connection began; false when QEMU ended without. */
  async sawEvent(event: string, { signal }: CallOptions): Promise<boolean> {
    while (!this.#events.has(event)) {
      if (this.#ended) return false;
      await this.#changed({ signal });
    }
    return true;
  }

  /** Lets the monitor go. */
  close(): void {
    this.#socket.destroy();
  }

  async #next(kind: Message["kind"], { signal }: CallOptions): Promise<Message> {
    for (;;) {
      const message = this.#messages.shift();
      if (message?.kind === "refusal") throw new OuterFault("AS2465", { problem: message.problem });
      if (message?.kind === kind) return message;
      if (message) continue;
      if (this.#ended) throw new OuterFault("AS2465", { problem: "QEMU ended before it answered" });
      await this.#changed({ signal });
    }
  }

  async #changed({ signal }: CallOptions): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        reject(signal?.reason instanceof Error ? signal.reason : new Error("aborted"));
      };
      if (signal?.aborted) {
        stop();
        return;
      }
      const stopListening = onAbort(signal, stop);
      this.#wake = () => {
        stopListening();
        resolve();
      };
    });
  }

  #take(line: string): void {
    const message = parseMessage(line);
    if (message.kind === "event") this.#events.add(message.event);
    else this.#messages.push(message);
    this.#wake();
  }
}

/** What cannot be understood fails the command that waits for its answer. */
function parseMessage(line: string): Message {
  try {
    return MESSAGE.parse(JSON.parse(line));
  } catch {
    return { kind: "refusal", problem: `not understood: ${line.slice(0, 200)}` };
  }
}
