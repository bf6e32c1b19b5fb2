/** Reads what the shell tells of time at work. Pure; facts from times(1p). */

/** Seconds in all, from what the shell's `times` prints: `0m1.20s` in two lines of two. */
export function sumOfTimes(text: string): number {
  const all = [...text.matchAll(/(\d+)m([\d.]+)s/g)];
  return all.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
