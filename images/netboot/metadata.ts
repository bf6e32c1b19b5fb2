/**
 * A group's metadata as a machine reads it: `KEY=value` lines. Source: poseidon/matchbox v0.11.0,
 * docs/api-http.md (/metadata) and matchbox/http/metadata.go. Pure.
 */
import type { BootGroup } from "./boot-files";
import { type Labels, labelsOf } from "./select-group";

/**
 * The lines, sorted: keys are in upper case, those of nested objects joined with `_`. Metadata come first, then the
 * selectors win over them, then what was asked wins over both. Lists and null have no line, as upstream.
 * @param group - the machine's group
 * @param query - what the machine said of itself
 * @param rawQuery - the same as it was sent
 */
export function metadataLines(
  group: Pick<BootGroup, "metadata" | "selector">,
  query: Labels,
  rawQuery: string,
): string {
  const { metadata, selector } = group;
  const selectors = Object.entries(selector).map(([key, value]) => [key.toLowerCase(), value]);
  const data = {
    ...metadata,
    ...(Object.fromEntries(selectors) as Labels),
    request: { query: labelsOf(query), raw_query: rawQuery },
  };
  const lines = flatten(data, []).map(([key, value]) => `${key}=${value}\n`);
  return lines.sort().join("");
}

/** Texts of metadata that would begin a line of their own. */
export function brokenTexts(metadata: Readonly<Record<string, unknown>>): string[] {
  return flatten(metadata, [])
    .filter(([, value]) => /[\r\n]/.test(value))
    .map(([key]) => key);
}

function flatten(value: unknown, keys: readonly string[]): [string, string][] {
  if (typeof value === "object") {
    if (value === null || Array.isArray(value)) return [];
    return Object.entries(value).flatMap(([key, item]) => flatten(item, [...keys, key]));
  }
  const name = keys.join("_").toUpperCase();
  const isPlain =
    typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isPlain ? [[name, String(value)]] : [];
}
