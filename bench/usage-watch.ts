/**
 * Watches what terraform and the provider processes that it starts take. The kernel keeps the highest
 * memory of a process, so only what grows in the last moment before its end is missed.
 */
import { childrenOf, readProc } from "./process-tree";
import type { ProgramUse } from "./result";
import { cpuSeconds, peakMebibytes } from "./usage";

/** What was seen of one terraform and its providers. */
export interface CommandUse {
  readonly terraform: ProgramUse;
  readonly provider: ProgramUse;
}

/** No process at all. */
export const NO_USE: ProgramUse = { starts: 0, peakMebibytes: 0, cpuSeconds: 0 };

const SAMPLE_MS = 50;
const PROVIDER = "terraform-provider-armstead";

/** Watches until told to stop. @returns stops, and tells what was seen */
export function watchUse(terraform: number): () => CommandUse {
  const seen = new Map<number, ProgramUse>();
  const look = (): void => {
    for (const pid of [terraform, ...childrenOf(terraform)]) {
      if (pid !== terraform && !seen.has(pid) && !isProvider(pid)) continue;
      seen.set(pid, addUse(seen.get(pid), pid));
    }
  };
  look();
  const timer = setInterval(look, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    const { [terraform]: own = NO_USE, ...others } = Object.fromEntries(seen);
    return { terraform: own, provider: Object.values(others).reduce(sumUse, NO_USE) };
  };
}

/** Both together: the higher memory, the sum of times. */
export function sumUse(one: ProgramUse, other: ProgramUse): ProgramUse {
  return {
    starts: one.starts + other.starts,
    peakMebibytes: Math.max(one.peakMebibytes, other.peakMebibytes),
    cpuSeconds: one.cpuSeconds + other.cpuSeconds,
  };
}

/** Highest resident memory of a running process. */
export function readPeak(pid: number): number {
  return peakMebibytes(readProc(`${pid}/status`));
}

/** A process that is ending tells of less than before. */
function addUse(before: ProgramUse | undefined, pid: number): ProgramUse {
  return {
    starts: 1,
    peakMebibytes: Math.max(before?.peakMebibytes ?? 0, readPeak(pid)),
    cpuSeconds: Math.max(before?.cpuSeconds ?? 0, cpuSeconds(readProc(`${pid}/stat`))),
  };
}

function isProvider(pid: number): boolean {
  return readProc(`${pid}/cmdline`).includes(PROVIDER);
}
