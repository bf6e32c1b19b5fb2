/** What a check of a config finds, and tolerant reading of values that may be malformed. Pure. */
import { type Code, type Fault, fault, type FaultParts } from "../../core/faults";
import { formatPath, valueAt } from "../../core/finding";
import { isMapping } from "../../core/mapping";

/** Keys and indexes from the root: `["storage", "files", 0, "mode"]`. */
export type ConfigPath = readonly (string | number)[];

/** A fault, or a warning, which does not stop the machine. */
export interface Found {
  readonly severity: "error" | "warning";
  readonly fault: Fault;
}

/** An object of a config that may be malformed. */
export type Raw = Readonly<Record<string, unknown>>;

/** An object of a config, with its place. */
export interface Placed {
  readonly at: ConfigPath;
  readonly value: Raw;
}

/** Something that is wrong. */
export function wrong(code: Code, at: ConfigPath, parts: FaultParts = {}): Found {
  return { severity: "error", fault: fault(code, formatPath(at), parts) };
}

/** Something that is probably not meant so. */
export function doubtful(code: Code, at: ConfigPath, parts: FaultParts = {}): Found {
  return { severity: "warning", fault: fault(code, formatPath(at), parts) };
}

/** Objects of the list at a path; what is no object is the shape's matter. */
export function objectsAt(root: unknown, path: ConfigPath): Placed[] {
  const list = valueAt(root, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    isMapping(value) ? [{ at: [...path, index], value }] : [],
  );
}

/** Text that is not empty; an empty one means the same as none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
