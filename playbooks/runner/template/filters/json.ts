/** JSON as Python's `json.dumps` writes it: a space behind `,` and `:`, and ASCII only unless asked otherwise. Pure. */

/** How to write. */
export interface JsonStyle {
  /** Spaces a level; 0 for one line. */
  readonly indent: number;
  readonly ascii: boolean;
  readonly sorted: boolean;
}

/** Writes a value. */
export function dumpJson(value: unknown, style: JsonStyle, depth = 0): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) {
    return wrap(
      value.map((it) => dumpJson(it, style, depth + 1)),
      "[]",
      style,
      depth,
    );
  }
  if (typeof value === "object") {
    const members = Object.entries(value);
    if (style.sorted) members.sort(([a], [b]) => (a < b ? -1 : 1));
    const entries = members.map(
      ([key, it]) => `${text(key, style)}: ${dumpJson(it, style, depth + 1)}`,
    );
    return wrap(entries, "{}", style, depth);
  }
  return text(value, style);
}

function text(value: unknown, { ascii }: JsonStyle): string {
  const json = JSON.stringify(value);
  if (!ascii) return json;
  return json.replace(
    /[\u007f-\uffff]/g,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function wrap(
  items: readonly string[],
  brackets: string,
  { indent }: JsonStyle,
  depth: number,
): string {
  const [open = "", close = ""] = brackets;
  if (items.length === 0) return brackets;
  if (indent === 0) return open + items.join(", ") + close;
  const outer = "\n" + " ".repeat(indent * depth);
  const inner = "\n" + " ".repeat(indent * (depth + 1));
  return open + inner + items.join(`,${inner}`) + outer + close;
}
