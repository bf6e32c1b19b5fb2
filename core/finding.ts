/**
 * What a check finds in a document: a fault, and the path of the value that it is about. Whoever read
 * the document turns the path into line and column. Pure.
 */
import { type Code, fault, type Fault, type FaultParts } from "./faults";

/** Keys and indexes from the root of a document: `["pools", 1, "role"]`. */
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

/** Lists whose items have a name by which people know them: path of the list → word and key of the name. */
export type NamedLists = Readonly<Record<string, { readonly word: string; readonly by: string }>>;

/**
 * Makes a finding. The fault's path is what a person calls the place: `pool "workers"`.
 * @param named - lists of this kind of document whose items have names
 * @param code - code of the fault
 * @param at - path of the value
 * @param root - the document's content, or an object of its shape: names are looked up in it
 * @param parts - what was given, what is allowed, what to change
 */
export function findingIn(
  named: NamedLists,
  code: Code,
  at: ValuePath,
  root: unknown,
  parts: FindingParts,
): Finding {
  const { key, severity, ...rest } = parts;
  return {
    at,
    ...(key === undefined ? {} : { key }),
    ...(severity === undefined ? {} : { severity }),
    fault: fault(code, describePlace(named, at, root), rest),
  };
}

/**
 * The container of a value in words: `pool "workers"` for `pools[1].role`, `substrate.metal` for
 * `substrate.metal.metro`, empty at the root. The value's own key is left to the message.
 */
function describePlace(named: NamedLists, at: ValuePath, root: unknown): string {
  const container = at.slice(0, -1);
  for (let length = container.length; length >= 2; length -= 1) {
    const label = tryLabel(named, container.slice(0, length), root);
    if (label !== undefined) return `${label}${formatPath(container.slice(length), " ")}`;
  }
  return formatPath(container);
}

function tryLabel(named: NamedLists, at: ValuePath, root: unknown): string | undefined {
  const index = at.at(-1);
  const list = named[at.slice(0, -1).join(".")];
  if (typeof index !== "number" || list === undefined) return undefined;
  const name = valueAt(root, [...at, list.by]);
  return typeof name === "string" ? `${list.word} ${JSON.stringify(name)}` : undefined;
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
