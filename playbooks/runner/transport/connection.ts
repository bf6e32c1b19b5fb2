/**
 * One SSH connection to one host: made when first needed and made again when lost, shared by
 * all commands, with a bounded number of channels at once. The host's key never changes within it.
 */
import { randomBytes } from "node:crypto";
import { isNativeError } from "node:util/types";
import type { Client, ClientChannel } from "ssh2";
import { sleep, type CallOptions } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import type { Become, Command } from "../host";
import { commandLine, type CommandLine } from "./command-line";
import { connectWithRetries, type ConnectOptions, type Target } from "./connect";
import { exchange, type RawResult } from "./exchange";
import { hangUp } from "./handshake";
import { killCommand } from "./kill-script";
import { Lanes } from "./lanes";
import { OUTPUT_LIMIT_BYTES } from "./output";
import { raceStop } from "./race-stop";
import { reconnect } from "./reconnect";
import { toBytes } from "./to-bytes";

/** sshd allows ten sessions a connection by default; two are kept back for stopping commands. */
const MAX_CHANNELS = 8;
/** A server may refuse to start a command so often, with longer and longer waits between. */
const MAX_REFUSALS = 12;
const REFUSAL_PAUSE_MS = 20;
/**
 * dropbear 2022.82 to 2024.85 closes channels that wait for their command when another command ends,
 * and then ends the whole connection (https://github.com/mkj/dropbear/pull/326).
 */
const CLOSES_FRESH_CHANNELS = /^dropbear_(2022\.|2024\.8[45]$)/;
/** Time that a command gets to end after it was killed. */
const KILL_GRACE_MS = 3_000;

/** How to run one command. */
export interface ExecOptions {
  readonly signal: AbortSignal | undefined;
  readonly become?: Become | undefined;
  /** Bytes kept of each stream. @default - OUTPUT_LIMIT_BYTES */
  readonly limit?: number;
}

interface Session {
  readonly client: Client;
  readonly channel: ClientChannel;
}

/** See the file's header. */
export class Connection {
  readonly #target: Target;
  readonly #options: ConnectOptions;
  readonly #lanes = new Lanes(MAX_CHANNELS);
  #client: Promise<Client> | undefined;
  #current: Client | undefined;
  #hostKey: string | undefined;

  /** Nothing is connected yet. */
  constructor(target: Target, options: ConnectOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** The host's key; undefined before the first contact. */
  get hostKey(): string | undefined {
    return this.#hostKey;
  }

  /** Makes the connection unless there is one. */
  async open(signal: AbortSignal | undefined): Promise<Client> {
    this.#client ??= this.#begin(signal);
    return this.#client;
  }

  /** Runs a command to its end. */
  async exec(command: Command, options: ExecOptions): Promise<RawResult> {
    await this.#lanes.enter({ signal: options.signal });
    try {
      const token = randomBytes(8).toString("hex");
      const line = commandLine(command, token, options.become);
      const { client, channel } = await this.#channel(line.line, options.signal);
      const running = exchange(channel, {
        line,
        stdin: toBytes(command.stdin),
        limit: options.limit ?? OUTPUT_LIMIT_BYTES,
        ...(options.become?.password ? { password: options.become.password } : {}),
      });
      const limits = { signal: options.signal, timeout: command.timeout };
      return await raceStop(running, limits, () => this.#kill(client, channel, token, options));
    } finally {
      this.#lanes.leave();
    }
  }

  /** Ends the connection; the next command makes a new one. */
  close(): void {
    const client = this.#client;
    this.#client = undefined;
    // From now on this client's end is not the end of the connection that follows it.
    this.#current = undefined;
    client?.then(hangUp, () => undefined);
  }

  /** Drops the connection and makes a new one: see {@link reconnect}. */
  reconnect(options: CallOptions & { readonly timeout: number }): Promise<void> {
    return reconnect(this, { ...options, name: this.#target.name });
  }

  #begin(signal: AbortSignal | undefined): Promise<Client> {
    const opening = this.#connect(signal);
    opening.then(
      (client) => {
        // It may have been closed meanwhile, and another one begun.
        if (this.#client === opening) this.#current = client;
      },
      () => {
        if (this.#client === opening) this.#client = undefined;
      },
    );
    return opening;
  }

  async #connect(signal: AbortSignal | undefined): Promise<Client> {
    const hostKeys = this.#hostKey === undefined ? this.#target.hostKeys : [this.#hostKey];
    const { client, hostKey, software } = await connectWithRetries(
      { ...this.#target, hostKeys },
      { ...this.#options, signal },
    );
    this.#hostKey = hostKey;
    if (CLOSES_FRESH_CHANNELS.test(software)) this.#lanes.restrictToOne();
    // An error is always followed by a close, and the channels end with it.
    client.on("error", () => undefined);
    client.on("close", () => {
      this.#forget(client);
    });
    return client;
  }

  #forget(client: Client): void {
    if (this.#current !== client) return;
    this.#current = undefined;
    this.#client = undefined;
  }

  async #channel(line: string, signal: AbortSignal | undefined): Promise<Session> {
    for (let attempt = 1; ; attempt += 1) {
      const client = await this.open(signal);
      try {
        return { client, channel: await openChannel(client, line) };
      } catch (error) {
        await this.#mend(client, error, { signal, attempt });
      }
    }
  }

  /** Throws unless another attempt to open a channel makes sense: nothing was run so far. */
  async #mend(
    client: Client,
    error: unknown,
    { signal, attempt }: { readonly signal: AbortSignal | undefined; readonly attempt: number },
  ): Promise<void> {
    const said = isNativeError(error) ? error.message : "";
    if (said === "Not connected") {
      this.#forget(client);
      return;
    }
    // sshd counts a session for a moment longer than it lives: such refusals pass.
    if (said !== "Unable to exec" && !said.includes("Channel open failure")) {
      throw new OuterFault("AS2209", {}, { cause: error });
    }
    if (attempt > MAX_REFUSALS) throw new OuterFault("AS2212", {}, { cause: error });
    if (this.#lanes.shrink()) await this.#lanes.reenter({ signal });
    else await sleep(attempt * REFUSAL_PAUSE_MS, { signal });
  }

  async #kill(
    client: Client,
    channel: ClientChannel,
    token: string,
    { become }: ExecOptions,
  ): Promise<void> {
    const gone = new Promise<void>((resolve) => channel.once("close", resolve));
    const line = commandLine(killCommand(token), `k${token}`, become);
    const patience = new AbortController();
    const kill =
      this.#lanes.limit > 1
        ? runKiller(client, line, become).catch(() =>
            this.#killApart(line, become, patience.signal),
          )
        : this.#killApart(line, become, patience.signal);
    await Promise.race([
      Promise.all([gone, kill]).catch(() => undefined),
      sleep(KILL_GRACE_MS, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    channel.close();
  }

  /** Over a connection of its own, for servers that run one command at a time. */
  async #killApart(
    line: CommandLine,
    become: Become | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const hostKeys = this.#hostKey === undefined ? this.#target.hostKeys : [this.#hostKey];
    const apart = await connectWithRetries(
      { ...this.#target, hostKeys },
      { ...this.#options, signal },
    );
    apart.client.on("error", () => undefined);
    try {
      await runKiller(apart.client, line, become);
    } finally {
      hangUp(apart.client);
    }
  }
}

async function runKiller(client: Client, line: CommandLine, become?: Become): Promise<void> {
  const channel = await openChannel(client, line.line);
  const password = become?.password ? { password: become.password } : {};
  await exchange(channel, { line, stdin: new Uint8Array(), limit: 1024, ...password });
}

function openChannel(client: Client, line: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    try {
      client.exec(line, (error, channel) => {
        if (error) reject(error);
        else resolve(channel);
      });
    } catch (error) {
      reject(isNativeError(error) ? error : new Error(String(error)));
    }
  });
}
