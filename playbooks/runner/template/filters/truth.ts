/** Ansible's reading of booleans. Pure. */

const TRUE = new Set(["y", "yes", "on", "1", "true", "t", "1.0"]);

/** Ansible's `bool` filter: `yes`, `on`, `1` and `true` are true, anything else is false. */
export function ansibleBool(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value === 1;
  return typeof value === "string" && TRUE.has(value.toLowerCase());
}
