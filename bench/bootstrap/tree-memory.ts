/** Memory of a process and all that it has started, as the kernel shares it out: pages in common count once. */
import { readProc, treeOf } from "../process-tree";

const SAMPLE_MS = 250;

/** Watches until told to stop. @returns stops, and tells the most that was seen, in MiB */
export function watchTreeMemory(pid: number): () => number {
  let most = 0;
  const look = (): void => {
    const kibibytes = treeOf(pid).map(proportionalKibibytes);
    most = Math.max(most, kibibytes.reduce((sum, it) => sum + it, 0) / 1_024);
  };
  const timer = setInterval(look, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return most;
  };
}

function proportionalKibibytes(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(readProc(`${pid}/smaps_rollup`))?.[1] ?? 0);
}
