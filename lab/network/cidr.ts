/** Arithmetic of IPv4 blocks. Pure; addresses are unsigned 32-bit numbers inside. */

/** A block: its first address and its prefix length. */
export interface Block {
  readonly first: number;
  readonly cidr: number;
}

/** Number of an address; undefined when the text is none. */
export function tryParseIpv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const bytes = match?.slice(1).map(Number);
  if (bytes === undefined || bytes.some((it) => it > 255)) return undefined;
  return bytes.reduce((sum, it) => sum * 256 + it, 0);
}

/** Dotted text of a number. */
export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** Block of a text such as `10.96.0.0/12`; undefined when it is none or has host bits. */
export function tryParseBlock(text: string): Block | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  const first = tryParseIpv4(address);
  const cidr = /^\d{1,2}$/.test(length) ? Number(length) : 33;
  if (first === undefined || cidr > 32 || rest.length > 0) return undefined;
  return first % blockSize(cidr) === 0 ? { first, cidr } : undefined;
}

/** Text of a block. */
export function formatBlock({ first, cidr }: Block): string {
  return `${formatIpv4(first)}/${cidr}`;
}

/** Number of addresses of a prefix length. */
export function blockSize(cidr: number): number {
  return 2 ** (32 - cidr);
}

/** Whether one block lies inside the other. */
export function contains(outer: Block, inner: Block): boolean {
  return outer.first <= inner.first && inner.first + blockSize(inner.cidr) <= end(outer);
}

/** Whether two blocks share an address. */
export function overlaps(one: Block, other: Block): boolean {
  return one.first < end(other) && other.first < end(one);
}

/** Netmask of a prefix length: dotted, or in full groups for IPv6, as the service writes them. */
export function maskOf(family: 4 | 6, cidr: number): string {
  if (family === 4) return netmask(cidr);
  const groups = "1".repeat(cidr).padEnd(128, "0").match(/.{16}/g) ?? [];
  return groups.map((it) => parseInt(it, 2).toString(16)).join(":");
}

function netmask(cidr: number): string {
  return formatIpv4(2 ** 32 - blockSize(cidr));
}

/**
 * The lowest free blocks of a length inside a pool.
 * @param limit - how many at most
 */
export function freeBlocks(pool: Block, cidr: number, taken: readonly Block[], limit = 1): Block[] {
  const size = blockSize(cidr);
  const sorted = [...taken].sort((a, b) => a.first - b.first);
  const found: Block[] = [];
  let next = 0;
  for (let first = pool.first; first + size <= end(pool) && found.length < limit; first += size) {
    const block = { first, cidr };
    for (let it = sorted[next]; it !== undefined && end(it) <= first; it = sorted[next]) next += 1;
    const hit = sorted[next];
    if (hit === undefined || !overlaps(block, hit)) found.push(block);
  }
  return found;
}

function end({ first, cidr }: Block): number {
  return first + blockSize(cidr);
}
