/**
 * Terraform values from the wire, guided by their type. Null is null, unknown is
 * {@link Unknown}, numbers are doubles where that is exact, objects and maps are plain objects.
 */
import { CtyError } from "./cty-error";
import { toCtyType, type CtyType } from "./cty-type";
import { type Decimal, toNumber } from "./decimal";
import { Dynamic } from "./dynamic";
import type { DynamicValue } from "./messages/common";
import { decodeMsgpack } from "./msgpack";
import { Unknown } from "./unknown";

type Path = readonly (string | number)[];

/**
 * Decodes a value.
 * @param value - from the message; absent is null
 * @param type - from the schema
 * @throws CtyError when it has another type
 */
export function decodeValue(value: DynamicValue | undefined, type: CtyType): unknown {
  if (value?.msgpack?.length) return fromWire(unpack(value.msgpack), type, []);
  if (value?.json?.length) throw new CtyError([], "a value came as JSON, which is not expected");
  return null;
}

function unpack(data: Uint8Array): unknown {
  try {
    return decodeMsgpack(data);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CtyError([], `the value cannot be read: ${message}`);
  }
}

function fromWire(value: unknown, type: CtyType, path: Path): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Unknown) return value;
  if (typeof type !== "string") return fromCompound(value, type, path);
  switch (type) {
    case "dynamic":
      return fromDynamic(value, path);
    case "number":
      return fromNumber(value, path);
    default:
      if (typeof value !== (type === "bool" ? "boolean" : "string")) throw wrong(type, path);
      return value;
  }
}

function fromNumber(value: unknown, path: Path): number | Decimal {
  if (typeof value === "number") return value;
  if (typeof value === "bigint" || typeof value === "string") return toNumber(String(value));
  throw wrong("number", path);
}

function fromDynamic(value: unknown, path: Path): unknown {
  if (!Array.isArray(value) || value.length !== 2) throw wrong("dynamic value", path);
  const [head, content] = value as readonly unknown[];
  const json = head instanceof Uint8Array ? utf8(head) : head;
  if (typeof json !== "string") throw wrong("dynamic value", path);
  const type = toCtyType(JSON.parse(json));
  return new Dynamic(type, fromWire(content, type, path));
}

function fromCompound(value: unknown, type: Exclude<CtyType, string>, path: Path): unknown {
  switch (type[0]) {
    case "list":
    case "set":
      return asArray(value, type[0], path).map((it, n) => fromWire(it, type[1], [...path, n]));
    case "tuple":
      return fromTuple(asArray(value, "tuple", path), type[1], path);
    case "map":
      return mapEntries(asRecord(value, "map", path), ([key, it]) =>
        fromWire(it, type[1], [...path, key]),
      );
    default:
      return fromObject(asRecord(value, "object", path), type[1], path);
  }
}

function fromTuple(items: readonly unknown[], types: readonly CtyType[], path: Path): unknown[] {
  if (items.length !== types.length) throw wrong(`tuple of ${types.length}`, path);
  return types.map((type, n) => fromWire(items[n], type, [...path, n]));
}

function fromObject(
  value: Readonly<Record<string, unknown>>,
  types: Readonly<Record<string, CtyType>>,
  path: Path,
): Record<string, unknown> {
  return mapEntries(types, ([name, type]) => {
    const inner = Object.hasOwn(value, name) ? value[name] : null;
    return fromWire(inner, type, [...path, name]);
  });
}

function asArray(value: unknown, kind: string, path: Path): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(kind, path);
  return value;
}

function asRecord(value: unknown, kind: string, path: Path): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(kind, path);
  return value as Readonly<Record<string, unknown>>;
}

function mapEntries<T>(
  record: Readonly<Record<string, T>>,
  convert: (entry: [string, T]) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map((it) => [it[0], convert(it)]));
}

function wrong(expected: string, path: Path): CtyError {
  return new CtyError(path, `a value of type ${expected} was expected`);
}

function utf8(data: Uint8Array): string {
  return Buffer.from(data).toString("utf8");
}
