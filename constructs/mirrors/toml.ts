/** The little TOML that mirror files need. Pure. */

/** A string: JSON's escapes are TOML's, but for DEL, which TOML wants escaped too. */
export function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007F");
}

/** Lines of keys and values; what is undefined is left out. */
export function tomlLines(
  values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>,
): string[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} = ${tomlValue(value)}`],
  );
}

function tomlValue(value: string | boolean | readonly string[]): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return tomlString(value);
  return `[${value.map(tomlString).join(", ")}]`;
}
