/** Which processes of this machine run something. */
import { readdirSync, readFileSync } from "node:fs";

/** Ids of the processes whose command line has a word: of this machine, which is the hosts as well. */
export function processesWith(word: string): string[] {
  return readdirSync("/proc").filter((it) => {
    if (!/^\d+$/.test(it) || Number(it) === process.pid) return false;
    try {
      const state = readFileSync(`/proc/${it}/stat`, "utf8");
      const words = readFileSync(`/proc/${it}/cmdline`, "utf8");
      return words.includes(word) && !state.includes(") Z ");
    } catch {
      return false; // it ended meanwhile
    }
  });
}
