/** Hosts through which others are reached: one connection each, shared by all that go through it. */
import type { Duplex } from "node:stream";
import { isNativeError } from "node:util/types";
import type { Client } from "ssh2";
import type { CallOptions } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import { connectWithRetries, type ConnectOptions, type Target } from "./connect";

/** Where a connection leads. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

/** See the header. */
export class JumpHosts {
  readonly #options: ConnectOptions;
  readonly #clients = new Map<string, Promise<Client>>();

  /** @param options - with what to log in */
  constructor(options: ConnectOptions) {
    this.#options = options;
  }

  /**
   * A stream to a place, as the jump host reaches it.
   * @throws OuterFault AS2201 to AS2208, AS2211 for the jump host; AS2202 when it cannot reach the place
   */
  async dial(jump: Target, to: Place, options: CallOptions): Promise<Duplex> {
    const client = await this.#client(jump, options);
    return new Promise((resolve, reject) => {
      client.forwardOut("127.0.0.1", 0, to.address, to.port, (error, channel) => {
        if (error) reject(unreachable(jump, to, error));
        else resolve(channel);
      });
    });
  }

  /** Ends all connections. */
  close(): void {
    for (const it of this.#clients.values()) {
      it.then(
        (client) => client.end(),
        () => undefined,
      );
    }
    this.#clients.clear();
  }

  #client(jump: Target, { signal }: CallOptions): Promise<Client> {
    const key = JSON.stringify([jump.user, jump.address, jump.port]);
    const known = this.#clients.get(key);
    if (known) return known;
    const opening = this.#open(jump, { signal });
    this.#clients.set(key, opening);
    const forget = (): void => {
      if (this.#clients.get(key) === opening) this.#clients.delete(key);
    };
    opening.then((client) => client.once("close", forget), forget);
    return opening;
  }

  async #open(jump: Target, { signal }: CallOptions): Promise<Client> {
    if (jump.hostKeys.length === 0) {
      const place = `${jump.name} (${jump.address}:${jump.port})`;
      throw new OuterFault("AS2204", { problem: `no host key is known for ${place}` });
    }
    const { client } = await connectWithRetries(jump, { ...this.#options, signal });
    client.on("error", () => undefined);
    return client;
  }
}

function unreachable(jump: Target, to: Place, error: unknown): OuterFault {
  const said = isNativeError(error) ? error.message : String(error);
  const problem = `${to.address}:${to.port} cannot be reached through ${jump.name}: ${said}`;
  return new OuterFault("AS2202", { problem }, { cause: error });
}
