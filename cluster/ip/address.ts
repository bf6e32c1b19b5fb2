/** IP addresses as numbers, and back. Pure; RFC 4291 and RFC 5952 for IPv6. */

/** 4 or 6. */
export type IpFamily = 4 | 6;

/** An address. */
export interface Address {
  readonly family: IpFamily;
  readonly value: bigint;
}

/** Bits of an address. */
export const BITS = { 4: 32, 6: 128 } as const satisfies Record<IpFamily, number>;

/** An address out of its text; undefined for anything else. IPv4 in IPv6 and zones are not taken. */
export function tryParseAddress(text: string): Address | undefined {
  return text.includes(":") ? tryParse6(text) : tryParse4(text);
}

/** The shortest text of an address. */
export function formatAddress({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((by) => (value >> by) & 0xffn).join(".");
  const groups = Array.from({ length: 8 }, (_, n) =>
    ((value >> BigInt(16 * (7 - n))) & 0xffffn).toString(16),
  );
  const zeros = longestZeros(groups);
  if (zeros.length < 2) return groups.join(":");
  const head = groups.slice(0, zeros.start).join(":");
  const tail = groups.slice(zeros.start + zeros.length).join(":");
  return `${head}::${tail}`;
}

/** The address some places further. */
export function plus({ family, value }: Address, places: bigint): Address {
  return { family, value: value + places };
}

/** Whether both are the same address. */
export function isSame(left: Address, right: Address): boolean {
  return left.family === right.family && left.value === right.value;
}

function tryParse4(text: string): Address | undefined {
  const parts = text.split(".");
  // A leading zero reads as octal to some, so nobody may write one.
  if (parts.length !== 4 || !parts.every((it) => /^(0|[1-9]\d{0,2})$/.test(it))) return undefined;
  if (parts.some((it) => Number(it) > 255)) return undefined;
  return { family: 4, value: parts.reduce((sum, it) => (sum << 8n) | BigInt(it), 0n) };
}

function tryParse6(text: string): Address | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((it) => (it === "" ? [] : it.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((it) => /^[0-9a-fA-F]{1,4}$/.test(it))) return undefined;
  return { family: 6, value: groups.reduce((sum, it) => (sum << 16n) | BigInt(`0x${it}`), 0n) };
}

function longestZeros(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [n, group] of groups.entries()) {
    length = group === "0" ? length + 1 : 0;
    if (length > best.length) best = { start: n - length + 1, length };
  }
  return best;
}
