/** Reads what the kernel tells of a process's memory and time. Pure; facts from proc(5). */

/** Of `/proc/<pid>/stat` times are told in these, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;
/** User and system time: fields of `/proc/<pid>/stat` after the name in parentheses. */
const OWN_TIME_FIELDS: readonly number[] = [11, 12];
const CHILDREN_TIME_FIELDS: readonly number[] = [13, 14];

/** Highest resident memory so far, from the text of `/proc/<pid>/status`; 0 for a process that has ended. */
export function peakMebibytes(status: string): number {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kibibytes ?? 0) / 1_024;
}

/** User and system time so far, from the text of `/proc/<pid>/stat`. */
export function cpuSeconds(stat: string): number {
  return secondsIn(stat, OWN_TIME_FIELDS);
}

/** The same with that of children that it has waited for. */
export function familySeconds(stat: string): number {
  return secondsIn(stat, [...OWN_TIME_FIELDS, ...CHILDREN_TIME_FIELDS]);
}

function secondsIn(stat: string, places: readonly number[]): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = places.map((it) => Number(fields[it] ?? 0));
  return ticks.reduce((sum, it) => sum + it, 0) / TICKS_PER_SECOND;
}
