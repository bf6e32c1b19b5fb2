/**
 * What Terraform allows in values but our models do not hold: null as an element, and numbers
 * beyond a double. Inside dynamic values both are allowed; unknown values pass. Pure.
 */
import { fault, type Fault } from "../../core/faults";
import type { CtyType } from "../protocol/cty-type";
import { Decimal } from "../protocol/decimal";
import { formatPath, type ValuePath } from "./fault-path";
import { objectType } from "./full-schema";
import type { Schema } from "./resource";
import { Unknown } from "./unknown";
import { own, type Values } from "./values";

/** Faults of a config that its resource could not read. */
export function checkValues(schema: Schema, config: Values): Fault[] {
  return checkValue(config, objectType(schema), []);
}

function checkValue(value: unknown, type: CtyType, path: ValuePath): Fault[] {
  if (value instanceof Decimal) return [fault("AS1808", formatPath(path), { given: value.text })];
  const isLeaf = typeof type === "string" || typeof value !== "object";
  if (isLeaf || value === null || value instanceof Unknown) return [];
  switch (type[0]) {
    case "object":
      return Object.entries(type[1]).flatMap(([name, it]) =>
        checkValue(own(value, name), it, [...path, name]),
      );
    case "tuple":
      return [];
    default:
      return elementsOf(value).flatMap(([key, it]) => checkElement(it, type[1], [...path, key]));
  }
}

function checkElement(value: unknown, type: CtyType, path: ValuePath): Fault[] {
  return value === null ? [fault("AS1811", formatPath(path))] : checkValue(value, type, path);
}

function elementsOf(value: object): [string | number, unknown][] {
  return Array.isArray(value)
    ? value.map((it, index) => [index, it as unknown])
    : Object.entries(value);
}
