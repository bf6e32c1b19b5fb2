/** Terraform's type constraints, in the form of its JSON. Pure. */

/** A type. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["tuple", readonly CtyType[]]
  | readonly ["object", Readonly<Record<string, CtyType>>];

/** An object type. */
export type CtyObject = readonly ["object", Readonly<Record<string, CtyType>>];

const PRIMITIVES: readonly unknown[] = ["string", "number", "bool", "dynamic"];

/**
 * Checks a type that came from outside.
 * @throws TypeError when it is none
 */
export function toCtyType(given: unknown): CtyType {
  if (PRIMITIVES.includes(given)) return given as CtyType;
  if (!Array.isArray(given)) throw new TypeError("not a Terraform type");
  const [kind, inner] = given as readonly unknown[];
  if (kind === "list" || kind === "set" || kind === "map") return [kind, toCtyType(inner)];
  if (kind === "tuple" && Array.isArray(inner)) return ["tuple", inner.map(toCtyType)];
  if (kind === "object" && typeof inner === "object" && inner !== null) {
    const attributes = Object.entries(inner).map(([name, it]) => [name, toCtyType(it)] as const);
    return ["object", Object.fromEntries(attributes)];
  }
  throw new TypeError("not a Terraform type");
}
