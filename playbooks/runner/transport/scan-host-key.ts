/** What key a server shows, like ssh-keyscan: for pinning at first contact. No login is tried, but at a bastion. */
import type { JumpTarget, LoginOptions } from "./connect";
import { handshake } from "./handshake";
import { JumpHosts, type Place } from "./jump-hosts";

/** How a server is looked at. */
export interface ScanOptions {
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly timeout: number;
  /** The way there, where it is not a direct one. */
  readonly through?: (LoginOptions & { readonly jump: JumpTarget }) | undefined;
}

/**
 * The server's host key, `ssh-ed25519 AAAA…`; Ed25519 is preferred, then ECDSA, then RSA.
 * The server has proved that it holds the private half.
 * @throws OuterFault AS2201, AS2202, AS2207, AS2208; AS2203 to AS2206, AS2211, AS2213 and AS2214 for the bastion
 */
export async function scanHostKey(place: Place, options: ScanOptions): Promise<string> {
  const { signal, timeout, through } = options;
  const jumps = new JumpHosts({ ...through });
  const dial = through && {
    dial: (limits: { readonly timeout: number }) =>
      jumps.dial(through.jump, place, { ...limits, signal }),
  };
  try {
    const target = { name: "host", ...place, hostKeys: [], ...dial };
    const { client, hostKey } = await handshake(target, { signal, timeout });
    client.on("error", () => undefined).destroy();
    return hostKey;
  } finally {
    jumps.close();
  }
}
