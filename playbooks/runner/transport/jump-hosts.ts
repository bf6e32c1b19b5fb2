/** Bastions, through which others are reached: one connection each, shared by all that go through it. */
import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import { isNativeError } from "node:util/types";
import type { Client } from "ssh2";
import type { CallOptions } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import { connectWithRetries, type JumpTarget, type LoginOptions } from "./connect";
import { mayRetryConnection } from "./connection-fault";
import { hangUp } from "./handshake";
import { raceStop } from "./race-stop";

/** Where a connection leads. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

type Limits = CallOptions & { readonly timeout: number };

/** Of the time that a host has to be reached, what its bastion has. */
const SHARE = 0.8;
/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED of RFC 4254, section 5.1. */
const PROHIBITED = 1;

/** See the header. */
export class JumpHosts {
  readonly #options: LoginOptions;
  readonly #clients = new Map<string, Promise<Client>>();

  /** @param options - with what to log in to bastions that have no key of their own */
  constructor(options: LoginOptions) {
    this.#options = options;
  }

  /**
   * A stream to a place, as the bastion reaches it.
   * @throws OuterFault AS2203 to AS2206, AS2208, AS2211, AS2213 for the bastion; AS2201 or AS2202 when it cannot reach
   *   the place, AS2214 when it may not
   */
  async dial(jump: JumpTarget, to: Place, { signal, timeout }: Limits): Promise<Duplex> {
    const limit = Math.ceil(timeout);
    const opening = this.#client(jump, { signal, timeout: limit }).then((client) =>
      forward(client, jump, to),
    );
    try {
      return await raceStop(opening, { signal, timeout: limit }, () => {
        // It may open all the same, later.
        opening.then(
          (it) => it.destroy(),
          () => undefined,
        );
        return Promise.resolve();
      });
    } catch (error) {
      if (!(error instanceof OuterFault && error.code === "AS2221")) throw error;
      throw unreachable("AS2201", jump, to, new Error("no answer within the time limit"));
    }
  }

  /** Ends all connections. */
  close(): void {
    for (const it of this.#clients.values()) {
      it.then(hangUp, () => undefined);
    }
    this.#clients.clear();
  }

  #client(jump: JumpTarget, limits: Limits): Promise<Client> {
    const key = identityOf(jump);
    const known = this.#clients.get(key);
    if (known) return known;
    const opening = this.#open(jump, limits);
    this.#clients.set(key, opening);
    const forget = (): void => {
      if (this.#clients.get(key) === opening) this.#clients.delete(key);
    };
    opening.then((client) => client.once("close", forget), forget);
    return opening;
  }

  async #open(jump: JumpTarget, { signal, timeout }: Limits): Promise<Client> {
    const { key = this.#options.key } = jump;
    if (jump.hostKeys.length === 0) {
      const place = `${jump.name} (${jump.address}:${jump.port})`;
      throw new OuterFault("AS2204", { problem: `no host key is known for ${place}` });
    }
    try {
      // Its own limit ends a little earlier, so that it is said who does not answer.
      const connectTimeout = timeout * SHARE;
      const options = { ...this.#options, connectTimeout, key, signal };
      const { client } = await connectWithRetries(jump, options);
      client.on("error", () => undefined);
      return client;
    } catch (error) {
      if (!(error instanceof OuterFault && mayRetryConnection(error))) throw error;
      const said = error.message.replace(/^AS\d+ +/, "");
      const problem = `the bastion cannot be reached: ${said}`;
      throw new OuterFault("AS2213", { problem }, { cause: error });
    }
  }
}

/** What was proved of a connection that another host shares: whose it is, which keys it may show, who logged in how. */
function identityOf({ user, address, port, hostKeys, key }: JumpTarget): string {
  const login = key && createHash("sha256").update(key.reveal()).digest("hex");
  return JSON.stringify([user, address, port, hostKeys, login]);
}

function forward(client: Client, jump: JumpTarget, to: Place): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      const refused = Reflect.get(Object(error) as object, "reason") === PROHIBITED;
      reject(unreachable(refused ? "AS2214" : "AS2202", jump, to, error));
    };
    try {
      client.forwardOut("127.0.0.1", 0, to.address, to.port, (error, channel) => {
        if (error) fail(error);
        else resolve(channel);
      });
    } catch (error) {
      fail(error);
    }
  });
}

function unreachable(
  code: "AS2201" | "AS2202" | "AS2214",
  jump: JumpTarget,
  to: Place,
  error: unknown,
): OuterFault {
  const said = isNativeError(error) ? error.message : String(error);
  const problem = `${to.address}:${to.port} cannot be reached through ${jump.name}: ${said}`;
  return new OuterFault(code, { problem }, { cause: error });
}
