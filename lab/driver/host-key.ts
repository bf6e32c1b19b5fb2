/**
 * A machine's SSH host key, made before the machine: whoever connects can be strict from
 * the first connection on. Ed25519, in the forms that OpenSSH and dropbear read.
 */
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { ed25519Halves, sshKeyPair, sshString, sshUint32 } from "../../core/ssh-key-pair";

/** A host key. */
export interface HostKey {
  /** OpenSSH line without a comment. */
  readonly publicLine: string;
  /** Private key as dropbear's file holds it. */
  readonly dropbear: Buffer;
}

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
  const key = createPrivateKey(pem);
  const { seed, point } = ed25519Halves(key);
  return {
    publicLine: sshKeyPair(key).publicKey,
    // string type, uint32 64, private half, public half.
    dropbear: Buffer.concat([sshString("ssh-ed25519"), sshUint32(64), seed, point]),
  };
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}
