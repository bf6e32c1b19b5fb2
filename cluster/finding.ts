/**
 * What a check finds: a fault, and the path of the value that it is about. Whoever read the file
 * turns the path into line and column; constructs, which have no file, take the fault alone.
 */
import { type Code, type Fault, fault, type FaultParts } from "../core/faults";

/** Keys and indexes from the root of the file: `["pools", 1, "role"]`. */
export type ValuePath = readonly (string | number)[];

/** See the header. */
export interface Finding {
  readonly at: ValuePath;
  /** Whether the key itself is meant (it is unknown, say), not its value. @default false */
  readonly key?: boolean;
  /** A warning does not stop anything. @default error */
  readonly severity?: "error" | "warning";
  readonly fault: Fault;
}

/** Parts of a fault, and of the finding around it. */
export type FindingParts = FaultParts & Pick<Finding, "key" | "severity">;

/**
 * Makes a finding. The fault's path is what a person calls the place: `pool "workers"`.
 * @param root - the file's content, or an object of its shape: names are looked up in it
 */
export function finding(code: Code, at: ValuePath, root: unknown, parts: FindingParts): Finding {
  const { key, severity, ...rest } = parts;
  return {
    at,
    ...(key === undefined ? {} : { key }),
    ...(severity === undefined ? {} : { severity }),
    fault: fault(code, describePlace(at, root), rest),
  };
}

/** Lists whose items have a name by which people know them. */
const NAMED: Readonly<Record<string, { readonly word: string; readonly by: string }>> = {
  pools: { word: "pool", by: "name" },
  "registries.mirrors": { word: "mirror", by: "registry" },
};

/**
 * The container of a value in words: `pool "workers"` for `pools[1].role`, `substrate.metal` for
 * `substrate.metal.metro`, empty at the root. The value's own key is left to the message.
 */
export function describePlace(at: ValuePath, root: unknown): string {
  const container = at.slice(0, -1);
  for (let length = container.length; length >= 2; length -= 1) {
    const label = tryLabel(container.slice(0, length), root);
    if (label !== undefined) return `${label}${formatPath(container.slice(length), " ")}`;
  }
  return formatPath(container);
}

function tryLabel(at: ValuePath, root: unknown): string | undefined {
  const index = at.at(-1);
  const named = NAMED[at.slice(0, -1).join(".")];
  if (typeof index !== "number" || named === undefined) return undefined;
  const name = valueAt(root, [...at, named.by]);
  return typeof name === "string" ? `${named.word} ${JSON.stringify(name)}` : undefined;
}

/** A path as people write it: `pools[1].labels`. */
export function formatPath(at: ValuePath, before = ""): string {
  const text = at.map((it) => (typeof it === "number" ? `[${it}]` : `.${it}`)).join("");
  return text === "" ? "" : `${before}${text.replace(/^\./, "")}`;
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, at: ValuePath): unknown {
  let value = root;
  for (const key of at) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return value;
}
