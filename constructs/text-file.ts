/** Text files that options of deployments name: code gives their path, cluster files come with their content. Reads only. */
import type { TextFile } from "../cluster";
import { readTextFile } from "../cluster/references";
import { type Fault, throwIfAny } from "../core/faults";
import { currentBase, valueOf } from "./files";
import { known } from "./known";

/**
 * The file, read and judged.
 * @param file - its path, from the current folder, or the file
 * @param at - the option that names it
 * @param judge - what is wrong with it
 * @throws UserFault AS1211, AS1604, and what the judge finds
 */
export function textFile(
  file: string | TextFile,
  at: string,
  judge: (file: TextFile) => readonly Fault[],
): TextFile {
  const found =
    typeof file === "string" ? valueOf(readTextFile(known(file, at), currentBase()), at) : file;
  throwIfAny(judge(found));
  return found;
}
