/** Numbers of things in words: `1 machine`, `3 machines`. Pure. */

/** @param thing - in the singular, with a plural in s */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
