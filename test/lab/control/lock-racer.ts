/**
 * Run by a test, a word a line: `take FOLDER` tries the folder's lock, `insist FOLDER` tries until it has
 * it, and both keep it; `free` gives it back, `remove FOLDER` takes it and removes the folder.
 * The answer is `held`, `free`, or the code of the refusal.
 */
import { createInterface } from "node:readline";
import { OuterFault } from "../../../core/faults";
import { removeLockedFolder, takeLock } from "../../../lab/control/lock";

let unlock: (() => Promise<void>) | undefined;

async function obey(word: string, folder: string): Promise<string> {
  if (word === "free") {
    await unlock?.();
    return word;
  }
  try {
    unlock = await takeLock(folder);
  } catch (error) {
    if (!(error instanceof OuterFault)) return String(error);
    return word === "insist" ? obey(word, folder) : error.code;
  }
  if (word !== "remove") return "held";
  await removeLockedFolder(folder);
  return obey("free", folder);
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const [word = "", folder = ""] = line.split(" ");
  void obey(word, folder).then((answer) => process.stdout.write(`${answer}\n`));
});
process.stdout.write("ready\n");
