/** ASN.1 values in DER, as far as a small X.509 certificate needs them. Pure. */

/** One value: tag, length, content. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body)]), body]);
}

/** SEQUENCE. */
export function sequence(...items: readonly Uint8Array[]): Buffer {
  return der(0x30, ...items);
}

/** SET. */
export function set(...items: readonly Uint8Array[]): Buffer {
  return der(0x31, ...items);
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** INTEGER from bytes that are positive already: no leading zero, highest bit clear. */
export function positiveInteger(bytes: Uint8Array): Buffer {
  return der(0x02, bytes);
}

/** OCTET STRING. */
export function octets(...content: readonly Uint8Array[]): Buffer {
  return der(0x04, ...content);
}

/** BIT STRING; `unusedBits` of its last byte do not count. */
export function bits(content: Uint8Array, unusedBits = 0): Buffer {
  return der(0x03, Buffer.from([unusedBits]), content);
}

/** UTF8String. */
export function utf8(text: string): Buffer {
  return der(0x0c, Buffer.from(text, "utf8"));
}

/** GeneralizedTime, to the second. */
export function time(milliseconds: number): Buffer {
  const iso = new Date(milliseconds).toISOString();
  return der(0x18, Buffer.from(`${iso.slice(0, 19).replace(/[-:T]/g, "")}Z`));
}

/** A constructed, context-specific value: `[0]`, `[3]`. */
export function explicit(number: number, ...content: readonly Uint8Array[]): Buffer {
  return der(0xa0 | number, ...content);
}

/** BOOLEAN true. */
export const TRUE = der(0x01, Buffer.from([0xff]));

function lengthOf({ length }: Uint8Array): number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  if (length < 0x1_0000) return [0x82, length >> 8, length & 0xff];
  throw new RangeError(`a DER value of ${length} bytes is too long`);
}

function base128(value: number): number[] {
  const low = value & 0x7f;
  const high = base128Head(value >>> 7);
  return [...high, low];
}

function base128Head(value: number): number[] {
  return value === 0 ? [] : [...base128Head(value >>> 7), (value & 0x7f) | 0x80];
}
