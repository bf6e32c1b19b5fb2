/**
 * `password_hash`: SHA-crypt, as the C library's crypt(3) makes it. Source: Ulrich Drepper's "Unix crypt using SHA-256
 * and SHA-512". Without a salt every run would differ, so it has to be given. Pure.
 */
import { createHash } from "node:crypto";
import { TemplateFailure } from "../failure";
import { isInteger } from "../numbers";
import { pythonStr } from "../python";
import { REFUSED_HASHES } from "../refused";
import type { Callable } from "./callable";

interface Algorithm {
  readonly hash: "sha256" | "sha512";
  readonly id: number;
  /** Bytes of the digest in the order in which they are written, three at a time. */
  readonly order: readonly number[];
}

const LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const DEFAULT_ROUNDS = 5000;
const MAX_ROUNDS = 1_000_000;
const MAX_KEPT = 200;

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  sha512: { hash: "sha512", id: 6, order: interleaved(21, 22) },
  sha256: { hash: "sha256", id: 5, order: interleaved(10, 21) },
};

/** Hosts share most passwords, and each takes thousands of rounds. */
const known = new Map<string, string>();

/** See the file's header. */
export const passwordHash: Callable = {
  params: ["hashtype", "salt", "salt_size", "rounds", "ident"],
  run: (value, [type = "sha512", salt, , rounds]) => {
    const name = pythonStr(type).replace(/_crypt$/, "");
    const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
    const refused = REFUSED_HASHES.get(name);
    if (refused !== undefined) throw refusal(refused);
    if (!algorithm) throw refusal(`sha512 and sha256 are supported, not ${name}`);
    if (salt === undefined || salt === null || salt === "") {
      throw refusal("give a salt: without one every run would make another hash");
    }
    const text = pythonStr(salt);
    if (!/^[./\dA-Za-z]{1,16}$/.test(text)) {
      throw refusal("a salt is made of 1 to 16 letters, digits, dots and slashes");
    }
    const count = rounds === undefined || rounds === null ? undefined : Number(rounds);
    if (count !== undefined && (!isInteger(count) || count < 1000 || count > MAX_ROUNDS)) {
      throw refusal(`rounds are a whole number from 1000 to ${MAX_ROUNDS}`);
    }
    return kept(algorithm, { password: pythonStr(value), salt: text, rounds: count });
  },
};

interface Given {
  readonly password: string;
  readonly salt: string;
  readonly rounds: number | undefined;
}

function kept(algorithm: Algorithm, given: Given): string {
  const key = JSON.stringify([algorithm.id, given]);
  const found = known.get(key) ?? crypt(algorithm, given);
  if (known.size >= MAX_KEPT) known.clear();
  known.set(key, found);
  return found;
}

function crypt({ hash, id, order }: Algorithm, { password, salt, rounds }: Given): string {
  const digest = (parts: readonly Uint8Array[]): Buffer => {
    const sum = createHash(hash);
    for (const it of parts) sum.update(it);
    return sum.digest();
  };
  const [secret, seed] = [Buffer.from(password, "utf8"), Buffer.from(salt, "ascii")];
  const other = digest([secret, seed, secret]);
  const bits: Buffer[] = [];
  for (let left = secret.length; left > 0; left >>= 1) bits.push(left % 2 === 1 ? other : secret);
  let sum = digest([secret, seed, stretched(other, secret.length), ...bits]);
  const p = stretched(digest(Array<Buffer>(secret.length).fill(secret)), secret.length);
  const s = stretched(digest(Array<Buffer>(16 + (sum[0] ?? 0)).fill(seed)), seed.length);
  for (let round = 0; round < (rounds ?? DEFAULT_ROUNDS); round += 1) {
    const isOdd = round % 2 === 1;
    sum = digest([
      isOdd ? p : sum,
      ...(round % 3 === 0 ? [] : [s]),
      ...(round % 7 === 0 ? [] : [p]),
      isOdd ? sum : p,
    ]);
  }
  const told = rounds === undefined ? "" : `rounds=${rounds}$`;
  return `$${id}$${told}${salt}$${written(sum, order)}`;
}

/** As many bytes as are wanted, over and over. */
function stretched(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, length === 0 ? undefined : bytes);
}

/** Six bits a letter, the lowest first; what is missing of the last three bytes is left out. */
function written(sum: Buffer, order: readonly number[]): string {
  let text = "";
  for (let at = 0; at < order.length; at += 3) {
    const group = order.slice(at, at + 3);
    let word = group.reduce((value, it) => value * 256 + (sum[it] ?? 0), 0);
    for (let letter = 0; letter <= group.length; letter += 1) {
      text += LETTERS.charAt(word % 64);
      word = Math.floor(word / 64);
    }
  }
  return text;
}

/** The order goes round: each group begins where the one before had its second or third byte. */
function interleaved(third: number, turn: number): number[] {
  const size = third * 3;
  const groups: number[] = [];
  let first = 0;
  for (let count = 0; count < third; count += 1) {
    groups.push(first, (first + third) % size, (first + 2 * third) % size);
    first = (first + turn) % size;
  }
  // SHA-512 has one byte more than whole groups, SHA-256 two.
  return third === 21 ? [...groups, 63] : [...groups, 31, 30];
}

function refusal(problem: string): TemplateFailure {
  return new TemplateFailure("other", `password_hash: ${problem}`);
}
