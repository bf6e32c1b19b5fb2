/** Whether a reference's name may be that of an arm64 image. */
import { tryArm64Name } from "../../images/references/naming-trap";
import { parseReference } from "../../images/references/reference";

/** See the header. */
export function isArm64Name(text: string): boolean {
  const parsed = parseReference(text);
  return parsed.kind === "parsed" && tryArm64Name(parsed.value) === undefined;
}
