/** YAML as PyYAML writes it: sorted keys, lists under a key not indented, plain text where it stays text. Pure. */
import { stringify } from "yaml";

/** How to write. */
export interface YamlStyle {
  /** Spaces a level. */
  readonly indent: number;
  /** Collections that hold no collection go on one line. */
  readonly leavesInFlow: boolean;
}

/** Writes a document, with a newline at its end. */
export function dumpYaml(value: unknown, style: YamlStyle): string {
  if (!isCollection(value)) return `${scalar(value)}\n...\n`;
  return `${block(value, style, 0)}\n`;
}

type Collection = readonly unknown[] | Readonly<Record<string, unknown>>;

function isCollection(value: unknown): value is Collection {
  return typeof value === "object" && value !== null;
}

function block(value: Collection, style: YamlStyle, column: number): string {
  if (isInline(value, style)) return flow(value);
  const margin = `\n${" ".repeat(column)}`;
  if (Array.isArray(value)) {
    const mark = "-".padEnd(style.indent);
    return value.map((it: unknown) => mark + nested(it, style, column + style.indent)).join(margin);
  }
  return sorted(value)
    .map(([key, it]) => `${scalar(key)}:${member(it, style, column)}`)
    .join(margin);
}

function member(value: unknown, style: YamlStyle, column: number): string {
  if (!isCollection(value) || isInline(value, style)) return ` ${nested(value, style, column)}`;
  const inner = Array.isArray(value) ? column : column + style.indent;
  return `\n${" ".repeat(inner)}${block(value, style, inner)}`;
}

function nested(value: unknown, style: YamlStyle, column: number): string {
  return isCollection(value) ? block(value, style, column) : scalar(value);
}

function isInline(value: Collection, { leavesInFlow }: YamlStyle): boolean {
  const members: unknown[] = Object.values(value);
  return members.length === 0 || (leavesInFlow && !members.some(isCollection));
}

function flow(value: Collection): string {
  if (Array.isArray(value)) return `[${value.map(scalar).join(", ")}]`;
  return `{${sorted(value)
    .map(([key, it]) => `${scalar(key)}: ${scalar(it)}`)
    .join(", ")}}`;
}

function sorted(value: Collection): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

function scalar(value: unknown): string {
  if (value === undefined || value === null) return "null";
  if (typeof value === "string" && value.includes("\n")) return JSON.stringify(value);
  return stringify(value, { version: "1.1", singleQuote: true, lineWidth: 0 }).replace(/\n$/, "");
}
