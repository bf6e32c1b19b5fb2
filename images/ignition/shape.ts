/**
 * The form of a JSON document as data, and the one walk that judges by it: types, keys, versions,
 * names that are used twice, and the rules of single values. Null stands for a key that is left out. Pure.
 */
import { isMapping } from "../../core/mapping";
import { type ConfigPath, type Found, type Raw, wrong } from "./found";

/** The form of a value. */
export type Shape =
  | { readonly kind: "text" | "whole" | "truth" }
  /** Whatever it is, a rule of the object that has it judges it. */
  | { readonly kind: "any" }
  | { readonly kind: "list"; readonly of: Shape; readonly repeats?: boolean }
  | ObjectShape;

/** An object. */
export interface ObjectShape {
  readonly kind: "object";
  readonly keys: Readonly<Record<string, Key>>;
  /** What tells the objects of a list apart. @default nothing: equal ones may stand in a list */
  readonly identity?: (value: Raw) => string | undefined;
  /** What the keys' types cannot say. */
  readonly rules?: readonly ValueRule[];
}

/** A key of an object. */
export interface Key {
  readonly shape: Shape;
  /** @default false */
  readonly required?: boolean;
  /** First version that has it. @default every */
  readonly since?: string;
}

/** A rule about one object. */
export type ValueRule = (value: Raw, at: ConfigPath, version: string) => readonly Found[];

const WORDS = { text: "text", whole: "a whole number", truth: "true or false" } as const;

/** Judges a value; what is below a malformed one is not looked at. */
export function judgeShape(
  value: unknown,
  shape: Shape,
  at: ConfigPath,
  version: string,
): readonly Found[] {
  if (value === null || value === undefined) return [];
  if (shape.kind === "list") return judgeList(value, shape, at, version);
  if (shape.kind === "object") return judgeObject(value, shape, at, version);
  if (shape.kind === "any") return [];
  const fits = {
    text: typeof value === "string",
    whole: Number.isSafeInteger(value),
    truth: typeof value === "boolean",
  }[shape.kind];
  return fits ? [] : [mistyped(value, at, WORDS[shape.kind])];
}

function judgeList(
  value: unknown,
  shape: Extract<Shape, { kind: "list" }>,
  at: ConfigPath,
  version: string,
): Found[] {
  if (!Array.isArray(value)) return [mistyped(value, at, "a list")];
  const seen = new Set<string>();
  return value.flatMap((item: unknown, index) => {
    const place = [...at, index];
    const name = shape.repeats === true ? undefined : identify(item, shape.of);
    const again = name !== undefined && seen.size === seen.add(name).size;
    return [
      ...(again ? [wrong("AS1506", place, { given: name })] : []),
      ...(item === null ? [mistyped(item, place, "a value")] : []),
      ...judgeShape(item, shape.of, place, version),
    ];
  });
}

function identify(item: unknown, shape: Shape): string | undefined {
  if (shape.kind === "text") return typeof item === "string" ? item : undefined;
  return shape.kind === "object" && isMapping(item) ? shape.identity?.(item) : undefined;
}

function judgeObject(
  value: unknown,
  shape: ObjectShape,
  at: ConfigPath,
  version: string,
): readonly Found[] {
  if (!isMapping(value)) return [mistyped(value, at, "an object")];
  return [
    ...judgeKeys(value, shape, at, version),
    ...(shape.rules ?? []).flatMap((rule) => rule(value, at, version)),
  ];
}

function judgeKeys(value: Raw, shape: ObjectShape, at: ConfigPath, version: string): Found[] {
  const known = Object.keys(shape.keys).filter((it) => isIn(shape.keys[it], version));
  const absent = Object.entries(shape.keys)
    .filter(([name, { required }]) => required === true && (value[name] ?? null) === null)
    .map(([name]) => wrong("AS1504", [...at, name], { problem: "the key is missing" }));
  const present = Object.entries(value).flatMap(([name, item]) => {
    const key = Object.hasOwn(shape.keys, name) ? shape.keys[name] : undefined;
    const place = [...at, name];
    if (key === undefined) return [wrong("AS1503", place, { given: name, allowed: known })];
    if (!isIn(key, version)) {
      const hint = `it exists from version ${key.since ?? ""} on`;
      return [
        wrong("AS1503", place, { problem: `version ${version} has no key`, given: name, hint }),
      ];
    }
    return judgeShape(item, key.shape, place, version);
  });
  return [...absent, ...present];
}

function isIn(key: Key | undefined, version: string): boolean {
  return key?.since === undefined || version >= key.since;
}

function mistyped(value: unknown, at: ConfigPath, allowed: string): Found {
  return wrong("AS1504", at, { problem: "wrong type", given: value, allowed });
}
