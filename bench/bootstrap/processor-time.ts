/** Reads what the kernel and the shell tell of time at work. Pure; facts from proc(5) and times(1p). */

/** Of `/proc/<pid>/stat` times are told in these, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;
/** Own user and system time, and that of children that have ended: fields after the name in parentheses. */
const TIME_FIELDS: readonly number[] = [11, 12, 13, 14];

/** Seconds of a process and the children that it has waited for, from the text of `/proc/<pid>/stat`; 0 for none. */
export function familySeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = TIME_FIELDS.map((it) => Number(fields[it] ?? 0));
  return ticks.reduce((sum, it) => sum + it, 0) / TICKS_PER_SECOND;
}

/** Seconds in all, from what the shell's `times` prints: `0m1.20s` in two lines of two. */
export function sumOfTimes(text: string): number {
  const all = [...text.matchAll(/(\d+)m([\d.]+)s/g)];
  return all.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
