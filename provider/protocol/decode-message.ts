/**
 * Bytes → protobuf messages. Fields that the table does not know are skipped, so that
 * newer Terraforms keep working; bytes that break off or overlong numbers are refused.
 */
import type { Field, Message, MessageTable } from "./field";

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;
const MAX_VARINT_BYTES = 10;

/**
 * Decodes a message by its table. What was not sent is undefined.
 * @throws RangeError when the bytes are no such message
 */
export function decodeMessage<S extends MessageTable>(table: S, data: Uint8Array): Message<S> {
  const fields = new Map(Object.entries(table).map(([name, it]) => [it.number, { ...it, name }]));
  const decoded: Record<string, unknown> = {};
  const reader = new Reader(data);
  while (!reader.atEnd) {
    const tag = Number(reader.varint());
    const field = fields.get(tag >>> 3);
    const value = readValue(reader, tag & 7, field);
    if (field && value !== undefined) store(decoded, field, value);
  }
  return decoded as Message<S>;
}

function readValue(reader: Reader, wireType: number, field: Field<unknown> | undefined): unknown {
  switch (wireType) {
    case VARINT: {
      const value = reader.varint();
      if (field?.kind === "bool") return value !== 0n;
      return field?.kind === "int" ? Number(value) : undefined;
    }
    case LENGTH_DELIMITED: {
      const payload = reader.take(Number(reader.varint()));
      return field && fromPayload(field, payload);
    }
    case FIXED64:
    case FIXED32:
      reader.take(wireType === FIXED64 ? 8 : 4);
      return undefined;
    default:
      throw new RangeError(`protobuf wire type ${wireType} is not supported`);
  }
}

function fromPayload(field: Field<unknown>, payload: Uint8Array): unknown {
  if (field.shape === "map") {
    const entry = {
      key: { number: 1, kind: "string", shape: "one" },
      value: { ...field, number: 2, shape: "one" },
    } as const;
    return decodeMessage(entry, payload);
  }
  if (field.kind === "message") return decodeMessage(field.inner?.() ?? {}, payload);
  if (field.kind === "string") return Buffer.from(payload).toString("utf8");
  return field.kind === "bytes" ? payload : undefined;
}

function store(
  decoded: Record<string, unknown>,
  { name, shape }: Field<unknown> & { readonly name: string },
  value: unknown,
): void {
  const before = decoded[name];
  if (shape === "one") decoded[name] = value;
  else if (shape === "list") decoded[name] = [...((before ?? []) as unknown[]), value];
  else {
    const entry = value as { readonly key?: string; readonly value?: unknown };
    // fromEntries makes own properties of every key, `__proto__` included.
    decoded[name] = Object.fromEntries([
      ...Object.entries(before ?? {}),
      [entry.key ?? "", entry.value ?? {}],
    ]);
  }
}

class Reader {
  readonly #data: Uint8Array;
  #at = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  get atEnd(): boolean {
    return this.#at >= this.#data.length;
  }

  /** Signed 64 bits, as protobuf's int64. */
  varint(): bigint {
    let value = 0n;
    for (let count = 0; count < MAX_VARINT_BYTES; count += 1) {
      const byte = this.#data[this.#at];
      if (byte === undefined) throw new RangeError("a protobuf number breaks off");
      this.#at += 1;
      value |= BigInt(byte & 0x7f) << BigInt(7 * count);
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    throw new RangeError("a protobuf number is too long");
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (length < 0 || end > this.#data.length) throw new RangeError("a protobuf field breaks off");
    const part = this.#data.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}
