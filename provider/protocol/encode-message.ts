/**
 * Protobuf messages → bytes. A field is written whenever it has a value, zero and empty
 * included: oneof members and `optional` fields need it, and the others tolerate it.
 */
import type { Field, MessageTable } from "./field";

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Encodes a message by its table. */
export function encodeMessage(table: MessageTable, value: object): Buffer {
  const chunks: Uint8Array[] = [];
  for (const [name, field] of Object.entries(table)) {
    const content: unknown = (value as Readonly<Record<string, unknown>>)[name];
    if (content !== undefined) writeField(chunks, field, content);
  }
  return Buffer.concat(chunks);
}

function writeField(chunks: Uint8Array[], field: Field<unknown>, value: unknown): void {
  if (field.shape === "one") writeOne(chunks, field, value);
  else if (field.shape === "list") {
    for (const item of value as readonly unknown[]) writeOne(chunks, field, item);
  } else {
    // On the wire a map is a repeated message: key = 1, value = 2.
    for (const [key, item] of Object.entries(value as object)) {
      const entry: Uint8Array[] = [];
      writeBytes(entry, 1, Buffer.from(key, "utf8"));
      writeOne(entry, { ...field, number: 2 }, item);
      writeBytes(chunks, field.number, Buffer.concat(entry));
    }
  }
}

function writeOne(chunks: Uint8Array[], field: Field<unknown>, value: unknown): void {
  switch (field.kind) {
    case "bytes":
      writeBytes(chunks, field.number, value as Uint8Array);
      return;
    case "string":
      writeBytes(chunks, field.number, Buffer.from(value as string, "utf8"));
      return;
    case "message":
      writeBytes(chunks, field.number, encodeMessage(field.inner?.() ?? {}, value as object));
      return;
    default:
      chunks.push(varint(BigInt((field.number << 3) | VARINT)));
      chunks.push(varint(BigInt(value as number | boolean)));
  }
}

function writeBytes(chunks: Uint8Array[], number: number, payload: Uint8Array): void {
  chunks.push(varint(BigInt((number << 3) | LENGTH_DELIMITED)));
  chunks.push(varint(BigInt(payload.length)), payload);
}

function varint(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}
