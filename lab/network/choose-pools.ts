/**
 * Which addresses and ports a lab uses. Several labs may run on one host (tests do), so each takes a
 * part of loopback by its folder's name and steps aside when something listens there already.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Bug } from "../../core/faults";
import { type Block, blockSize, contains, formatBlock, tryParseBlock } from "./cidr";

/** Public addresses of all labs. */
const PUBLIC = block("127.64.0.0/10");
/** Of which one lab takes so much: 2048 machines. */
const LAB_CIDR = 20;
const LOOPBACK = block("127.0.0.0/8");
const LAN_FIRST = 20_000;
const LAN_SPAN = 1_000;
const LAN_PARTS = 12;

/** A lab's share. */
export interface Pools {
  readonly publicPool: string;
  readonly privatePool: string;
  /** First UDP port of LAN cards; {@link LAN_SPAN} of them are the lab's. */
  readonly lanBase: number;
}

/**
 * @param name - the lab's folder
 * @param privateNetwork - the driver's pool of private addresses
 * @param listening - addresses on which something listens, see {@link listeningAddresses}
 */
export function choosePools(
  name: string,
  privateNetwork: string,
  listening: readonly number[],
): Pools {
  const seed = createHash("sha256").update(name).digest().readUInt32BE(0);
  const wide = block(privateNetwork);
  return {
    publicPool: formatBlock(share(PUBLIC, seed, listening)),
    // Behind the switch every lab is alone; on loopback the labs must share.
    privatePool: formatBlock(contains(LOOPBACK, wide) ? share(wide, seed, listening) : wide),
    lanBase: LAN_FIRST + LAN_SPAN * (seed % LAN_PARTS),
  };
}

/** IPv4 addresses with a listening TCP socket. Linux tells them in a file; elsewhere there are none. */
export function listeningAddresses(file = "/proc/net/tcp"): number[] {
  const rows = tryRead(file).split("\n").slice(1);
  return rows.flatMap((row) => {
    const [, local = "", , state] = row.trim().split(/\s+/);
    const hex = /^([0-9A-F]{8}):/.exec(local)?.[1];
    // State 0A is LISTEN; the address is in the machine's byte order, which is little-endian here.
    return hex !== undefined && state === "0A" ? [Buffer.from(hex, "hex").readUInt32LE(0)] : [];
  });
}

/** UDP ports in use on this host. */
export function udpPortsInUse(file = "/proc/net/udp"): Set<number> {
  const rows = tryRead(file).split("\n").slice(1);
  const ports = rows.map((row) => /^\s*\d+: [0-9A-F]{8}:([0-9A-F]{4})/.exec(row)?.[1]);
  return new Set(ports.flatMap((it) => (it === undefined ? [] : [parseInt(it, 16)])));
}

function share(wide: Block, seed: number, listening: readonly number[]): Block {
  if (wide.cidr >= LAB_CIDR) return wide;
  const size = blockSize(LAB_CIDR);
  const count = blockSize(wide.cidr) / size;
  for (let step = 0; step < count; step += 1) {
    const first = wide.first + ((seed + step) % count) * size;
    if (!listening.some((it) => first <= it && it < first + size)) return { first, cidr: LAB_CIDR };
  }
  return { first: wide.first + (seed % count) * size, cidr: LAB_CIDR };
}

function block(text: string): Block {
  const parsed = tryParseBlock(text);
  if (parsed === undefined) throw new Bug(`${text} is no block of addresses`);
  return parsed;
}

function tryRead(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
