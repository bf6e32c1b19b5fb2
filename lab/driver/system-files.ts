/** Files that a system has over Debian's own, the same for both drivers. */
import type { TreeEntry } from "../../images/build/tree";
import { starlingxLabFiles } from "../../images/starlingx/lab/tree";
import type { MachineSystem } from "../machine-driver";

/** The files; none of plain Debian. */
export function systemFiles({ scripted, kernel }: MachineSystem): TreeEntry[] {
  return scripted === "starlingx" ? starlingxLabFiles(kernel) : [];
}
