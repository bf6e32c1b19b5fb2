/** Subnets: what belongs to them, how large they are, whether they overlap. Pure. */
import { type Address, BITS, formatAddress, type IpFamily, plus, tryParseAddress } from "./address";

/** A subnet. */
export interface Subnet {
  readonly family: IpFamily;
  /** First address. */
  readonly base: Address;
  /** Bits that all its addresses share. */
  readonly prefix: number;
  /** Number of addresses, all of them counted. */
  readonly size: bigint;
}

/** A subnet out of `10.0.0.0/8`; undefined for anything else, and when a bit behind the prefix is set. */
export function tryParseSubnet(text: string): Subnet | undefined {
  const [, host, bits] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const base = tryParseAddress(host ?? "");
  const prefix = Number(bits);
  if (base === undefined || prefix > BITS[base.family]) return undefined;
  const size = 1n << BigInt(BITS[base.family] - prefix);
  return base.value % size === 0n ? { family: base.family, base, prefix, size } : undefined;
}

/** The text of a subnet. */
export function formatSubnet({ base, prefix }: Subnet): string {
  return `${formatAddress(base)}/${prefix}`;
}

/** Whether the subnet has the address. */
export function contains({ base, size }: Subnet, { family, value }: Address): boolean {
  return family === base.family && value >= base.value && value < base.value + size;
}

/** Whether two subnets have an address in common. */
export function overlap(left: Subnet, right: Subnet): boolean {
  return contains(left, right.base) || contains(right, left.base);
}

/** First address that a host may have. */
export function firstUsable({ base }: Subnet): Address {
  return plus(base, 1n);
}

/** Last address that a host may have: IPv4 keeps its last for broadcast. */
export function lastUsable({ family, base, size }: Subnet): Address {
  return plus(base, size - (family === 4 ? 2n : 1n));
}

/** Whether a host may have the address. */
export function isUsable(subnet: Subnet, address: Address): boolean {
  const { value } = address;
  return (
    contains(subnet, address) &&
    value >= firstUsable(subnet).value &&
    value <= lastUsable(subnet).value
  );
}

const MULTICAST: Readonly<Record<IpFamily, Subnet | undefined>> = {
  4: tryParseSubnet("224.0.0.0/4"),
  6: tryParseSubnet("ff00::/8"),
};

/** Whether the subnet is for multicast. */
export function isMulticast({ family, base }: Subnet): boolean {
  const all = MULTICAST[family];
  return all !== undefined && contains(all, base);
}
