/** Ethernet frames and their VLAN tags (IEEE 802.3 and 802.1Q). Pure; nothing is copied without need. */

/** A frame as it came in, taken apart. */
export interface Frame {
  /** Hardware addresses in hex. */
  readonly destination: string;
  readonly source: string;
  /** Whether more than one is meant: broadcast or multicast. */
  readonly toMany: boolean;
  /** VLAN of the tag, 1 to 4094; undefined without a tag, or with one that sets a priority only. */
  readonly vid: number | undefined;
  /** The tag's upper four bits, which are handed on as they are. */
  readonly priority: number;
  /** The frame without its tag. */
  readonly untagged: Buffer;
}

const HEADER_BYTES = 14;
const ADDRESS_BYTES = 6;
const TAG_AT = 12;
const TAG_BYTES = 4;
const TAG_TYPE = 0x8100;
const VID_MASK = 0x0fff;
const RESERVED_VID = 0x0fff;
const MANY_BIT = 1;

/** Takes a frame apart; undefined when it is too short, or its tag is not allowed. */
export function tryParseFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const addresses = {
    destination: bytes.toString("hex", 0, ADDRESS_BYTES),
    source: bytes.toString("hex", ADDRESS_BYTES, 2 * ADDRESS_BYTES),
    toMany: (bytes.readUInt8(0) & MANY_BIT) !== 0,
  };
  if (bytes.readUInt16BE(TAG_AT) !== TAG_TYPE) {
    return { ...addresses, vid: undefined, priority: 0, untagged: bytes };
  }
  if (bytes.length < HEADER_BYTES + TAG_BYTES) return undefined;
  const tag = bytes.readUInt16BE(TAG_AT + 2);
  const vid = tag & VID_MASK;
  if (vid === RESERVED_VID) return undefined;
  const untagged = Buffer.concat([bytes.subarray(0, TAG_AT), bytes.subarray(TAG_AT + TAG_BYTES)]);
  return { ...addresses, vid: vid === 0 ? undefined : vid, priority: tag & ~VID_MASK, untagged };
}

/** The frame with a tag of this VLAN. */
export function taggedFrame({ untagged, priority }: Frame, vid: number): Buffer {
  const tag = Buffer.alloc(TAG_BYTES);
  tag.writeUInt16BE(TAG_TYPE, 0);
  tag.writeUInt16BE(priority | vid, 2);
  return Buffer.concat([untagged.subarray(0, TAG_AT), tag, untagged.subarray(TAG_AT)]);
}
