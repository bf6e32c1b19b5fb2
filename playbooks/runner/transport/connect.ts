/** From a target and a login to an open connection: checks what was given, tries a few times. */
import { sleep, type CallOptions } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import type { Secret } from "../../../core/secret";
import { CertifiedKey } from "../../certified-key";
import { parseCertificateLine } from "./certificate";
import { mayRetryConnection } from "./connection-fault";
import { handshake, type HandshakeTarget, type Handshaken, type Login } from "./handshake";
import { readLoginKey } from "./login-key";

/** Where to log in. */
export interface Target extends HandshakeTarget {
  readonly user: string;
}

/** A host through which another one is reached. */
export interface JumpTarget extends Omit<Target, "dial"> {
  /** Its private key. @default - the key of the host behind it */
  readonly key?: Secret | undefined;
}

/** With what to log in. */
export interface LoginOptions {
  /** Private key as text: OpenSSH, PEM or PuTTY. */
  readonly key?: Secret | undefined;
  /** Of the key, where it is encrypted. */
  readonly passphrase?: Secret | undefined;
  /** Path of an SSH agent's socket; asked after the key. */
  readonly agent?: string | undefined;
  /** Milliseconds between signs of life; four missing ones end the connection. @default 15000 */
  readonly keepalive?: number | undefined;
}

/** With what to log in, and for how long to try. */
export interface ConnectOptions extends LoginOptions {
  /** Milliseconds for all attempts together. */
  readonly connectTimeout: number;
}

/**
 * Waits between attempts: a server that boots or is overrun may accept a little later. Where three of ten
 * connections are refused, one host in fourteen hundred is given up.
 */
const PAUSES_MS = [100, 250, 500, 1_000, 1_500] as const;
/** Hosts that were refused together must not come back together: a wait is up to so much longer. */
const SPREAD = 0.5;

/**
 * Connects; refused and dropped connections are tried again, five times within some four seconds.
 * @throws OuterFault AS2201 to AS2208, AS2211, AS2215, AS2216; AS2213 and AS2214 for a bastion
 */
export async function connectWithRetries(
  target: Target,
  options: ConnectOptions & CallOptions,
): Promise<Handshaken> {
  const login = loginOf(target.user, options);
  const { keepalive, signal } = options;
  const deadline = performance.now() + options.connectTimeout;
  for (let attempt = 0; ; attempt += 1) {
    const timeout = Math.max(1, deadline - performance.now());
    try {
      return await handshake(target, { timeout, login, keepalive, signal });
    } catch (error) {
      const pause = (PAUSES_MS[attempt] ?? Number.POSITIVE_INFINITY) * (1 + SPREAD * Math.random());
      const again = error instanceof OuterFault && mayRetryConnection(error);
      if (!again || performance.now() + pause >= deadline) throw error;
      await sleep(pause, { signal });
    }
  }
}

function loginOf(username: string, { key, passphrase, agent }: LoginOptions): Login {
  if (key === undefined && agent === undefined) throw new OuterFault("AS2211");
  const certificate = key instanceof CertifiedKey ? key.certificate : undefined;
  return {
    username,
    agent,
    key: key && readLoginKey(key, passphrase),
    certificate: certificate === undefined ? undefined : parseCertificateLine(certificate),
  };
}
