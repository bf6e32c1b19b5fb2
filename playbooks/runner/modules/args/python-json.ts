/** Values as Ansible writes them into text: JSON with a space after commas and colons. */

/** Texts stay as they are; lists and mappings become JSON. */
export function pythonJson(value: unknown): unknown {
  return typeof value === "object" && value !== null ? write(value) : value;
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}: ${write(it)}`);
  return `{${members.join(", ")}}`;
}
