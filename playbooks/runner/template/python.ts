/** Values as Python prints them, since templates of Ansible rely on it: True, None, ['a'], {'k': 1}. Pure. */

/** Python's `str()`. */
export function pythonStr(value: unknown): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

/** What `{{ … }}` prints: as `str()`, but nothing for None, as Ansible has it. */
export function pythonPrint(value: unknown): string {
  return value === null || value === undefined ? "" : pythonStr(value);
}

/** Python's `repr()`. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, it]) => `${quote(key)}: ${pythonRepr(it)}`);
    return `{${entries.join(", ")}}`;
  }
  return typeof value;
}

/** Python's `bool()`. */
export function pythonBool(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** Python's name of a value's type. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "str";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return Array.isArray(value) ? "list" : "dict";
}

/** Whether two values are equal in Python: by content, whatever the order of keys. */
export function pythonEqual(left: unknown, right: unknown): boolean {
  return left === right || equalityKey(left) === equalityKey(right);
}

/** A text that is the same for equal values only. */
export function equalityKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(equalityKey).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, it]) => `${JSON.stringify(key)}:${equalityKey(it)}`,
    );
    return `{${entries.sort().join(",")}}`;
  }
  if (typeof value === "boolean") return value ? "1" : "0";
  return value === undefined ? "null" : JSON.stringify(value);
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
};

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  // Control characters are what repr() escapes, so they must be named here.
  // eslint-disable-next-line no-control-regex
  const escaped = text.replace(/[\u0000-\u001f\u007f-\u00a0\\]/g, (it) => {
    return NAMED_ESCAPES[it] ?? `\\x${it.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}
