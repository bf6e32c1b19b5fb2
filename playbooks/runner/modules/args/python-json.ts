/** Values as Ansible writes them into text: JSON with a space after commas and colons. */

import { WholeFloat } from "../../../../core/whole-float";
import { dataText } from "../../../model/data-text";

/** Texts stay as they are; lists and mappings become JSON. */
export function pythonJson(value: unknown): unknown {
  return typeof value === "object" && value !== null && !(value instanceof WholeFloat)
    ? writeJson(value)
    : value;
}

/** Any value as JSON. */
export function writeJson(value: unknown): string {
  return dataText(value, { space: " " });
}
