/** Ansible's reading of booleans. Pure. */
import { plainNumber } from "../numbers";

const TRUE = new Set(["yes", "on", "1", "true"]);
const TRUE_OF_ARGUMENTS = new Set([...TRUE, "y", "t", "1.0"]);

/** Ansible's `bool` filter: `yes`, `on`, `1` and `true` are true, anything else is false. */
export function ansibleBool(value: unknown): boolean {
  if (typeof value === "string") return TRUE.has(value.toLowerCase());
  return plainNumber(value) === 1;
}

/** How arguments and keywords are read: `y`, `t` and `1.0` are true as well. */
export function argumentBool(value: unknown): boolean {
  if (typeof value === "string") return TRUE_OF_ARGUMENTS.has(value.toLowerCase().trim());
  return plainNumber(value) === 1;
}
