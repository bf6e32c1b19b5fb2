/** Values as Ansible writes them into text: JSON with a space after commas and colons. */

/** Texts stay as they are; lists and mappings become JSON. */
export function pythonJson(value: unknown): unknown {
  return typeof value === "object" && value !== null ? writeJson(value) : value;
}

/** Any value as JSON. */
export function writeJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).map(
    ([key, it]) => `${JSON.stringify(key)}: ${writeJson(it)}`,
  );
  return `{${members.join(", ")}}`;
}
