/** OpenSSH public keys: one line of type, base64 and comment. Pure. */
import { createHash } from "node:crypto";

/** A public key. */
export interface PublicKey {
  /** The line, trimmed. */
  readonly line: string;
  /** MD5, colon separated, as the API shows it. */
  readonly fingerprint: string;
}

const TYPES = /^(ssh-(ed25519|rsa|dss)|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9-]+@openssh\.com)$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Undefined when the text is no key: wrong type, bad base64, or a type that differs inside. */
export function tryParsePublicKey(text: string): PublicKey | undefined {
  const line = text.trim();
  const [type = "", encoded = ""] = line.split(/\s+/);
  if (/[\r\n\0]/.test(line) || !TYPES.test(type) || !BASE64.test(encoded)) return undefined;
  const blob = Buffer.from(encoded, "base64");
  if (innerType(blob) !== type) return undefined;
  const hex = createHash("md5").update(blob).digest("hex");
  return { line, fingerprint: (hex.match(/../g) ?? []).join(":") };
}

/** The blob begins with its type again, after four bytes of length. */
function innerType(blob: Buffer): string | undefined {
  if (blob.length < 4) return undefined;
  const length = blob.readUInt32BE(0);
  // After the type there must be a key.
  return blob.length > 4 + length ? blob.toString("latin1", 4, 4 + length) : undefined;
}
