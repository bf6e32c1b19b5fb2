/** Public host keys as OpenSSH writes them: type, blob, fingerprint. */
import { createHash } from "node:crypto";
import type { ServerHostKeyAlgorithm } from "ssh2";

/** Key types in the order of preference, and the signature algorithms that each can use. */
const ALGORITHMS: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

/** `ssh-ed25519 AAAA…` from the key as it travels in the handshake. */
export function formatHostKey(blob: Buffer): string {
  const length = blob.readUInt32BE(0);
  return `${blob.toString("latin1", 4, 4 + length)} ${blob.toString("base64")}`;
}

/** SHA-256 fingerprint as `ssh-keygen -l` prints it, with the key's type. */
export function fingerprint(line: string): string {
  const [type = "", blob = ""] = line.trim().split(/\s+/);
  const hash = createHash("sha256").update(Buffer.from(blob, "base64")).digest("base64");
  return `${type} SHA256:${hash.replace(/=+$/, "")}`;
}

/** Whether a key is among the allowed ones; comments do not count. */
export function isAllowedKey(seen: string, allowed: readonly string[]): boolean {
  const plain = withoutComment(seen);
  return allowed.some((it) => withoutComment(it) === plain);
}

function withoutComment(line: string): string {
  return line.trim().split(/\s+/).slice(0, 2).join(" ");
}

/**
 * Algorithms to offer, so that a server with several keys shows one that can be compared.
 * @param keys - expected keys; none means that any type will do
 */
export function keyAlgorithms(keys: readonly string[]): ServerHostKeyAlgorithm[] {
  const types = new Set(keys.map((it) => it.trim().split(/\s+/, 1)[0]));
  const all = Object.entries(ALGORITHMS);
  const wanted = all.filter(([type]) => types.has(type));
  return (wanted.length > 0 ? wanted : all).flatMap(([, algorithms]) => algorithms);
}
