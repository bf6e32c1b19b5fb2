/** One attempt to connect: socket, handshake with the host key checked, login. */
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { isNativeError } from "node:util/types";
import { Client, type AnyAuthMethod, type ConnectConfig, type ParsedKey } from "ssh2";
import { OuterFault } from "../../../core/faults";
import type { CallOptions } from "../../../core/bounded";
import { onAbort } from "../../../core/on-abort";
import { connectionFault } from "./connection-fault";
import { type Certificate, doubtsOf } from "./certificate";
import { fingerprint, formatHostKey, isAllowedKey, keyAlgorithms } from "./host-key";
import { certifiedKey, CertifyingAgent } from "./user-certificate";

/** Where to connect, and what the server must show. */
export interface HandshakeTarget {
  /** For messages. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Allowed keys; empty: any, for the caller to judge. */
  readonly hostKeys: readonly string[];
  /** Makes the stream to it. @default - a TCP connection */
  readonly dial?: Dial | undefined;
}

/** Makes the stream that carries a connection, within so many milliseconds. */
export type Dial = (options: CallOptions & { readonly timeout: number }) => Promise<Duplex>;

/** What carries a connection: a socket, or a channel of another connection. */
type Carrier = Duplex & Partial<Pick<Socket, "connecting" | "bytesRead">>;

/** How far to go, and with which login. */
export interface HandshakeOptions extends CallOptions {
  /** Milliseconds for the whole attempt. */
  readonly timeout: number;
  /** Milliseconds between signs of life; four missing ones end the connection. @default 15000 */
  readonly keepalive?: number | undefined;
  /** Absent: stop after the handshake, without any login. */
  readonly login?: Login;
}

/** Who logs in, and with what. */
export interface Login {
  readonly username: string;
  /** Tried first. */
  readonly key: ParsedKey | undefined;
  /** Certificate of the key, tried before it. */
  readonly certificate: Certificate | undefined;
  /** Path of an agent's socket. */
  readonly agent: string | undefined;
}

/** An open connection. */
export interface Handshaken {
  readonly client: Client;
  /** The key that the server proved to have. */
  readonly hostKey: string;
  /** What the server calls itself, such as `OpenSSH_10.0p2` or `dropbear_2025.89`; may be empty. */
  readonly software: string;
}

const KEEPALIVE_MS = 15_000;
/** What carries each connection. */
const CARRIERS = new WeakMap<Client, Carrier>();

/**
 * Connects once.
 * @throws {@link OuterFault} AS2201 to AS2208
 */
export async function handshake(
  target: HandshakeTarget,
  options: HandshakeOptions,
): Promise<Handshaken> {
  options.signal?.throwIfAborted();
  const { address, port } = target;
  const { signal, timeout } = options;
  const dialled = await target.dial?.({ signal, timeout });
  if (options.signal?.aborted === true) dialled?.destroy();
  // Once more: an abort while it was dialled has passed, and nobody would hear it below.
  options.signal?.throwIfAborted();
  const socket: Carrier = dialled ?? connect({ host: address, port, noDelay: true });
  const client = new Client();
  let shown: string | undefined;
  const doubts: string[] = [];
  const config: ConnectConfig = {
    username: options.login?.username ?? "armstead",
    ...(options.login && { authHandler: methodsOf(options.login, client, doubts) }),
    sock: socket,
    readyTimeout: options.timeout,
    keepaliveInterval: options.keepalive ?? KEEPALIVE_MS,
    keepaliveCountMax: 4,
    algorithms: { serverHostKey: keyAlgorithms(target.hostKeys) },
    hostVerifier: (blob: Buffer) => {
      shown = formatHostKey(blob);
      return target.hostKeys.length === 0 || isAllowedKey(shown, target.hostKeys);
    },
  };
  try {
    await settled(client, socket, config, options);
  } catch (error) {
    client.on("error", () => undefined);
    socket.destroy();
    options.signal?.throwIfAborted();
    throw explain(error, target, { shown, socket, user: options.login?.username, doubts });
  }
  if (shown === undefined) throw new OuterFault("AS2208");
  CARRIERS.set(client, socket);
  return { client, hostKey: shown, software: softwareOf(client) };
}

/**
 * Ends a connection: the server is told, and not waited for. One that does not answer any more would never end its side,
 * and so keep this process up; once told, the library does not close the socket either.
 */
export function hangUp(client: Client): void {
  client.end();
  CARRIERS.get(client)?.destroy();
}

/** The library keeps the server's name to itself, so another version of it may not tell. */
function softwareOf(client: Client): string {
  const name: unknown = Reflect.get(client, "_remoteVer");
  return typeof name === "string" ? name : "";
}

/** Settles when the wanted stage is reached, or with the first error. */
function settled(
  client: Client,
  socket: Carrier,
  config: ConnectConfig,
  { signal, login }: HandshakeOptions,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const fail = (error: Error): void => {
      stopListening();
      reject(error);
    };
    const done = (): void => {
      stopListening();
      resolve();
    };
    const stopListening = onAbort(signal, () => {
      reject(new Error("cancelled"));
    });
    if (login) client.once("ready", done);
    else client.once("handshake", done);
    client
      .on("error", (error) => {
        fail(socket.connecting === true ? new Error("connect timeout") : error);
      })
      .on("close", () => {
        fail(new Error("the server ended the connection"));
      });
    client.connect(config);
  });
}

/** Servers that let everybody in are asked first, as ssh asks them: the answer names what else they take. */
function methodsOf(
  { username, key, certificate, agent }: Login,
  client: Client,
  doubts: string[],
): AnyAuthMethod[] {
  const fits = key !== undefined && certificate?.publicKey.equals(key.getPublicSSH()) === true;
  const certified = fits ? [certifiedKey(key, certificate, client)] : [];
  const tell = (it: Certificate): void => {
    doubts.push(doubtsOf(it, username, new Date()));
  };
  if (fits) tell(certificate);
  else if (certificate)
    doubts.push(`the certificate ${JSON.stringify(certificate.id)} is of another key`);
  const agentOf = (socket: string): CertifyingAgent =>
    new CertifyingAgent(socket, () => client, tell);
  return [
    { type: "none", username },
    ...certified.map((it) => ({ type: "publickey" as const, username, key: it })),
    ...(key === undefined ? [] : [{ type: "publickey" as const, username, key }]),
    ...(agent === undefined ? [] : [{ type: "agent" as const, username, agent: agentOf(agent) }]),
  ];
}

interface Attempt {
  readonly shown: string | undefined;
  readonly socket: Carrier;
  readonly user: string | undefined;
  /** What may be wrong with certificates that were tried. */
  readonly doubts: readonly string[];
}

function explain(error: unknown, target: HandshakeTarget, attempt: Attempt): OuterFault {
  const cause = isNativeError(error) ? error : new Error(String(error));
  const place = `${target.name} (${target.address}:${target.port})`;
  const { shown, socket, user, doubts } = attempt;
  const expected = target.hostKeys.map(fingerprint).join(" or ");
  const mismatch = (seen: string): OuterFault =>
    new OuterFault("AS2203", {
      problem: `the host's key is not the expected one: ${place} shows ${seen}, expected ${expected}`,
    });
  if (shown !== undefined && expected !== "" && !isAllowedKey(shown, target.hostKeys)) {
    return mismatch(fingerprint(shown));
  }
  if (expected !== "" && /no matching host key/i.test(cause.message)) {
    return mismatch("no key of this type");
  }
  const { bytesRead: received = 0 } = socket;
  return connectionFault(cause, { place, received, user, doubts });
}
