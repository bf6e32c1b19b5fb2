/**
 * A machine's SSH host key, made before the machine: whoever connects can be strict from
 * the first connection on. Ed25519, in the forms that OpenSSH and dropbear read.
 */
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { Bug } from "../../core/faults";

/** A host key. */
export interface HostKey {
  /** OpenSSH line without a comment. */
  readonly publicLine: string;
  /** Private key as dropbear's file holds it. */
  readonly dropbear: Buffer;
}

const TYPE = "ssh-ed25519";

/** Reads the key from its file; makes one when there is none. */
export async function ensureHostKey(file: string): Promise<HostKey> {
  const kept = await readFile(file, "utf8").catch(ignoreMissing);
  if (kept !== undefined) return fromPem(kept);
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await writeFile(`${file}.new`, pem, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return fromPem(pem);
}

/** Converts an ed25519 key from PKCS#8. */
export function fromPem(pem: string): HostKey {
  const { d, x } = createPrivateKey(pem).export({ format: "jwk" });
  if (d === undefined || x === undefined) throw new Bug("a host key is not ed25519");
  const privateHalf = Buffer.from(d, "base64url");
  const publicHalf = Buffer.from(x, "base64url");
  const wire = Buffer.concat([sshString(TYPE), sshString(publicHalf)]);
  return {
    publicLine: `${TYPE} ${wire.toString("base64")}`,
    // string type, uint32 64, private half, public half.
    dropbear: Buffer.concat([sshString(TYPE), uint32(64), privateHalf, publicHalf]),
  };
}

function sshString(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}
