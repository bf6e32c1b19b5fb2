/** A method of a value. */
import { TemplateFailure } from "../../failure";
import { isInteger } from "../../numbers";
import { pythonType } from "../../python";

/** See the file's header. */
export interface Method {
  /** Fewest and most arguments by position. @default 0 and 3 */
  readonly least?: number;
  readonly most?: number;
  readonly keywords?: readonly string[] | "any";
  /** Whether undefined values are passed on. @default false */
  readonly takesUndefined?: boolean;
  run(value: unknown, args: readonly unknown[], named: Readonly<Record<string, unknown>>): unknown;
}

/** An argument that must be text. @throws TemplateFailure */
export function textArgument(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TemplateFailure(
    "other",
    `text is needed, not a value of the type ${pythonType(value)}`,
  );
}

/** An argument that must be a whole number. @throws TemplateFailure */
export function countArgument(value: unknown, fallback?: number): number {
  if (value === undefined && fallback !== undefined) return fallback;
  if (isInteger(value) || typeof value === "boolean") return Number(value);
  throw new TemplateFailure(
    "other",
    `a whole number is needed, not a value of the type ${pythonType(value)}`,
  );
}
