/** Values that Terraform does not know yet; the class lives beside the codec that makes them. */
import { UNKNOWN, Unknown } from "../protocol/unknown";

export { UNKNOWN, Unknown };

/** Whether a value, or any value inside it, is unknown. */
export function isUnknownInside(value: unknown): boolean {
  if (value instanceof Unknown) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(isUnknownInside);
}
