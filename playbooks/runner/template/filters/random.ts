/**
 * `random` and `shuffle` with a seed, which choose as Python does: the Mersenne Twister, seeded as `random.seed`
 * (version 2) seeds it. Without a seed every run would differ, so there they fail. Source: CPython's random.py
 * and _randommodule.c. Pure.
 */
import { createHash } from "node:crypto";
import { TemplateFailure } from "../failure";
import { isInteger } from "../numbers";
import { pythonStr } from "../python";
import type { Callables } from "./callable";
import { listOf } from "./collections";

const SIZE = 624;

/** Filters that choose by chance. */
export const RANDOM_FILTERS: Callables = {
  random: {
    params: ["start", "step", "seed"],
    run: (value, [start, step, seed]) => {
      const twister = seeded("random", seed);
      if (!isInteger(value)) {
        const items = listOf(value);
        if (items.length === 0) throw new TemplateFailure("other", "random: the list is empty");
        return items[twister.below(items.length)];
      }
      const [from, by] = [Number(start ?? 0), Number(step ?? 1) || 1];
      const count = Math.ceil((Number(value) - from) / by);
      if (!(count > 0)) throw new TemplateFailure("other", "random: the range is empty");
      return from + by * twister.below(count);
    },
  },
  shuffle: {
    params: ["seed"],
    run: (value, [seed]) => {
      const items = [...listOf(value)];
      const twister = seeded("shuffle", seed);
      for (let index = items.length - 1; index > 0; index -= 1) {
        const other = twister.below(index + 1);
        [items[index], items[other]] = [items[other], items[index]];
      }
      return items;
    },
  },
};

function seeded(name: string, seed: unknown): Twister {
  if (seed === undefined || seed === null) {
    throw new TemplateFailure("other", `${name} needs a seed, such as seed=inventory_hostname`);
  }
  if (isInteger(seed)) return new Twister(BigInt(seed) < 0n ? -BigInt(seed) : BigInt(seed));
  const text = Buffer.from(pythonStr(seed), "utf8");
  const bytes = Buffer.concat([text, createHash("sha512").update(text).digest()]);
  return new Twister(BigInt(`0x${bytes.toString("hex")}`));
}

class Twister {
  readonly #state = new Uint32Array(SIZE);
  #at = SIZE;

  constructor(seed: bigint) {
    const key: number[] = [];
    for (let rest = seed; rest > 0n; rest >>= 32n) key.push(Number(rest & 0xffffffffn));
    this.#seed(key.length === 0 ? [0] : key);
  }

  /** A whole number from 0 to below the limit, every one as likely. */
  below(limit: number): number {
    const bits = limit.toString(2).length;
    if (bits > 32) throw new TemplateFailure("other", "random: the range is too large");
    for (;;) {
      const found = this.#next() >>> (32 - bits);
      if (found < limit) return found;
    }
  }

  #seed(key: readonly number[]): void {
    const state = this.#state;
    const mixed = (at: number): number => (state[at] ?? 0) ^ ((state[at] ?? 0) >>> 30);
    state[0] = 19650218;
    for (let at = 1; at < SIZE; at += 1) state[at] = Math.imul(1812433253, mixed(at - 1)) + at;
    let at = 1;
    let other = 0;
    const wrap = (): void => {
      at += 1;
      if (at >= SIZE) {
        state[0] = state[SIZE - 1] ?? 0;
        at = 1;
      }
    };
    for (let left = Math.max(SIZE, key.length); left > 0; left -= 1) {
      state[at] =
        ((state[at] ?? 0) ^ Math.imul(mixed(at - 1), 1664525)) + (key[other] ?? 0) + other;
      wrap();
      other = (other + 1) % key.length;
    }
    for (let left = SIZE - 1; left > 0; left -= 1) {
      state[at] = ((state[at] ?? 0) ^ Math.imul(mixed(at - 1), 1566083941)) - at;
      wrap();
    }
    state[0] = 0x80000000;
  }

  #next(): number {
    if (this.#at >= SIZE) this.#turn();
    let it = this.#state[this.#at] ?? 0;
    this.#at += 1;
    it ^= it >>> 11;
    it ^= (it << 7) & 0x9d2c5680;
    it ^= (it << 15) & 0xefc60000;
    return (it ^ (it >>> 18)) >>> 0;
  }

  #turn(): void {
    const state = this.#state;
    for (let at = 0; at < SIZE; at += 1) {
      const both = ((state[at] ?? 0) & 0x80000000) | ((state[(at + 1) % SIZE] ?? 0) & 0x7fffffff);
      const odd = both & 1 ? 0x9908b0df : 0;
      state[at] = (state[(at + 397) % SIZE] ?? 0) ^ (both >>> 1) ^ odd;
    }
    this.#at = 0;
  }
}
