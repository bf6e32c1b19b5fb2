/**
 * Terraform values to the wire, guided by their type. Undefined and what an object lacks are
 * null, since an object travels with every attribute; what has another type is refused.
 */
import { CtyError } from "./cty-error";
import type { CtyType } from "./cty-type";
import { Decimal } from "./decimal";
import { Dynamic } from "./dynamic";
import type { DynamicValue } from "./messages/common";
import { encodeMsgpack } from "./msgpack";
import { Unknown } from "./unknown";

type Path = readonly (string | number)[];

/**
 * Encodes a value.
 * @throws CtyError when it does not have the type
 */
export function encodeValue(value: unknown, type: CtyType): DynamicValue {
  return { msgpack: encodeMsgpack(toWire(value, type, [])) };
}

function toWire(value: unknown, type: CtyType, path: Path): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Unknown) return value;
  if (typeof type !== "string") return toCompound(value, type, path);
  switch (type) {
    case "dynamic":
      if (!(value instanceof Dynamic)) throw wrong("dynamic value", path);
      return [Buffer.from(JSON.stringify(value.type)), toWire(value.value, value.type, path)];
    case "number":
      return toWireNumber(value, path);
    default:
      if (typeof value !== (type === "bool" ? "boolean" : "string")) throw wrong(type, path);
      return value;
  }
}

function toWireNumber(value: unknown, path: Path): number | string {
  if (value instanceof Decimal) return value.text;
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong("number", path);
  return value;
}

function toCompound(value: unknown, type: Exclude<CtyType, string>, path: Path): unknown {
  if (typeof value !== "object" || value === null) throw wrong(type[0], path);
  if (type[0] === "map") {
    const entries = Object.entries(asPlain(value, "map", path));
    return Object.fromEntries(
      entries.map(([key, it]) => [key, toWire(it, type[1], [...path, key])]),
    );
  }
  if (type[0] === "object") return toWireObject(asPlain(value, "object", path), type[1], path);
  if (!Array.isArray(value)) throw wrong(type[0], path);
  if (type[0] !== "tuple") return value.map((it, n) => toWire(it, type[1], [...path, n]));
  const types = type[1];
  if (value.length !== types.length) throw wrong(`tuple of ${types.length}`, path);
  return types.map((inner, n) => toWire(value[n], inner, [...path, n]));
}

function toWireObject(
  value: Readonly<Record<string, unknown>>,
  types: Readonly<Record<string, CtyType>>,
  path: Path,
): Record<string, unknown> {
  const stranger = Object.keys(value).find((name) => !Object.hasOwn(types, name));
  if (stranger !== undefined) {
    throw new CtyError([...path, stranger], "the schema has no such attribute");
  }
  const entries = Object.entries(types).map(([name, type]) => {
    const inner = Object.hasOwn(value, name) ? value[name] : null;
    return [name, toWire(inner, type, [...path, name])] as const;
  });
  return Object.fromEntries(entries);
}

function asPlain(value: object, kind: string, path: Path): Readonly<Record<string, unknown>> {
  if (Array.isArray(value) || value instanceof Dynamic || value instanceof Decimal) {
    throw wrong(kind, path);
  }
  return value as Readonly<Record<string, unknown>>;
}

function wrong(expected: string, path: Path): CtyError {
  return new CtyError(path, `a value of type ${expected} was expected`);
}
