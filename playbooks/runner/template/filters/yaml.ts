/** YAML as PyYAML writes it: sorted keys, lists under a key not indented, plain text where it stays text. Pure. */
import { isDict, Undefined } from "../values";
import { yamlScalar } from "./yaml-scalar";

/** How to write. */
export interface YamlStyle {
  /** Spaces a level. */
  readonly indent: number;
  /** Collections that hold no collection go on one line. */
  readonly leavesInFlow: boolean;
  /** Everything goes on one line. @default false */
  readonly allInFlow?: boolean;
  /** Keys in their order. @default true */
  readonly sorted?: boolean;
}

/** Writes a document, with a newline at its end. */
export function dumpYaml(value: unknown, style: YamlStyle): string {
  if (!isCollection(value)) {
    const text = yamlScalar(value, { column: style.indent, flow: false });
    // Only plain text needs a mark of its end.
    return /^['"]/.test(text) ? `${text}\n` : `${text}\n...\n`;
  }
  return `${isInline(value, style) ? flow(value, 2 * style.indent) : block(value, style, 0)}\n`;
}

type Collection = readonly unknown[] | Readonly<Record<string, unknown>>;

function isCollection(value: unknown): value is Collection {
  if (value instanceof Undefined) throw value.failure();
  return Array.isArray(value) || isDict(value);
}

function block(value: Collection, style: YamlStyle, column: number): string {
  if (isInline(value, style)) return flow(value, column + style.indent);
  const margin = `\n${" ".repeat(column)}`;
  const inner = column + style.indent;
  if (Array.isArray(value)) {
    return value.map((it: unknown) => element(it, style, inner)).join(margin);
  }
  return sorted(value)
    .map(
      ([key, it]) =>
        `${yamlScalar(key, { column: inner, flow: false })}:${member(it, style, column)}`,
    )
    .join(margin);
}

/** What is nested keeps its columns; what is on one line follows the dash closely. */
function element(value: unknown, style: YamlStyle, column: number): string {
  const isBlock = isCollection(value) && !isInline(value, style);
  return (isBlock ? "-".padEnd(style.indent) : "- ") + nested(value, style, column);
}

function member(value: unknown, style: YamlStyle, column: number): string {
  const below = column + style.indent;
  if (!isCollection(value) || isInline(value, style)) return ` ${nested(value, style, below)}`;
  const inner = Array.isArray(value) ? column : below;
  return `\n${" ".repeat(inner)}${block(value, style, inner)}`;
}

function nested(value: unknown, style: YamlStyle, column: number): string {
  return isCollection(value)
    ? block(value, style, column)
    : yamlScalar(value, { column, flow: false });
}

function isInline(value: Collection, { leavesInFlow }: YamlStyle): boolean {
  const members: unknown[] = Object.values(value);
  return members.length === 0 || (leavesInFlow && !members.some(isCollection));
}

function flow(value: Collection, column: number): string {
  const place = { column, flow: true };
  if (Array.isArray(value)) return `[${value.map((it) => yamlScalar(it, place)).join(", ")}]`;
  return `{${sorted(value)
    .map(([key, it]) => `${yamlScalar(key, place)}: ${yamlScalar(it, place)}`)
    .join(", ")}}`;
}

function sorted(value: Collection): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
