/**
 * Ansible's vault, formats 1.1 and 1.2: a header, then hexadecimal lines of salt, HMAC and ciphertext. AES-256 in counter mode; key, HMAC key
 * and counter come from the password by PBKDF2. The HMAC is checked before anything is decrypted.
 * Source: Ansible's documentation, "Ansible Vault payload format".
 */
import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import type { Secret } from "../../core/secret";

/** What is inside of a vault's text. */
export interface Envelope {
  /** The label that 1.2 has. */
  readonly id?: string;
  readonly salt: Buffer;
  readonly mac: Buffer;
  readonly ciphertext: Buffer;
}

const HEADER = /^\$ANSIBLE_VAULT;([^;\s]*);([^;\s]*)(?:;([^\n]*))?$/;
const ROUNDS = 10_000;
const KEY_BYTES = 32;
const BLOCK_BYTES = 16;
/** Salts are 32 bytes; more than this is no vault. */
const MAX_SALT_BYTES = 1_024;

/** Whether a text is a vault, by its beginning. */
export function isVault(text: string): boolean {
  return text.startsWith("$ANSIBLE_VAULT;");
}

/** @returns the parts, or what is wrong with the text, in one clause */
export function readEnvelope(text: string): Envelope | string {
  const [first = "", ...rest] = text
    .trim()
    .split(/\r?\n/)
    .map((it) => it.trim());
  const [, version, cipher, id] = HEADER.exec(first) ?? [];
  if (version === undefined || cipher === undefined) return "the header cannot be read";
  if (version !== "1.1" && version !== "1.2") return `format ${version} is not 1.1 or 1.2`;
  if (cipher !== "AES256") return `cipher ${cipher} is not AES256`;
  const inner = unhex(rest.join(""))?.toString("latin1").split("\n");
  const [salt, mac, ciphertext, ...more] = (inner ?? []).map(unhex);
  if (!salt || mac?.length !== KEY_BYTES || !ciphertext || more.length > 0) {
    return "it is cut off or damaged";
  }
  if (salt.length > MAX_SALT_BYTES) return "it is damaged";
  const isLabelled = version === "1.2" && id !== undefined && id.trim() !== "";
  return { salt, mac, ciphertext, ...(isLabelled ? { id: id.trim() } : {}) };
}

/** @returns undefined when the password is another one, or the text was changed */
export function tryDecrypt(
  { salt, mac, ciphertext }: Envelope,
  password: Secret,
): Buffer | undefined {
  const { key, macKey, counter } = keysOf(password, salt);
  const actual = createHmac("sha256", macKey).update(ciphertext).digest();
  if (!timingSafeEqual(actual, mac)) return undefined;
  const cipher = createDecipheriv("aes-256-ctr", key, counter);
  const padded = Buffer.concat([cipher.update(ciphertext), cipher.final()]);
  const padding = padded.at(-1) ?? 0;
  const isPadded = padding >= 1 && padding <= BLOCK_BYTES && padding <= padded.length;
  return isPadded ? padded.subarray(0, padded.length - padding) : undefined;
}

function keysOf(password: Secret, salt: Buffer): { key: Buffer; macKey: Buffer; counter: Buffer } {
  const length = 2 * KEY_BYTES + BLOCK_BYTES;
  const derived = pbkdf2Sync(password.reveal(), salt, ROUNDS, length, "sha256");
  return {
    key: derived.subarray(0, KEY_BYTES),
    macKey: derived.subarray(KEY_BYTES, 2 * KEY_BYTES),
    counter: derived.subarray(2 * KEY_BYTES),
  };
}

function unhex(text: string): Buffer | undefined {
  return text.length % 2 === 0 && /^[0-9a-fA-F]+$/.test(text)
    ? Buffer.from(text, "hex")
    : undefined;
}
