/** What key a server shows, like ssh-keyscan: for pinning at first contact. No login is tried. */
import { handshake } from "./handshake";

/**
 * The server's host key, `ssh-ed25519 AAAA…`; Ed25519 is preferred, then ECDSA, then RSA.
 * The server has proved that it holds the private half.
 * @throws OuterFault AS2201, AS2202, AS2207, AS2208
 */
export async function scanHostKey(
  place: { readonly address: string; readonly port: number },
  options: { readonly signal: AbortSignal; readonly timeout: number },
): Promise<string> {
  const target = { name: "host", ...place, hostKeys: [] };
  const { client, hostKey } = await handshake(target, options);
  client.on("error", () => undefined).destroy();
  return hostKey;
}
