/** How many there are of each status, in words. Pure. */

/** `1 failed, 99 ok`: statuses with how often they are there, what is bad first. */
export function countsOf(statuses: readonly string[]): string {
  const bad = [...new Set(statuses)].filter((it) => it !== "ok").sort();
  const counts = [...bad, "ok"].flatMap((status) => {
    const count = statuses.filter((it) => it === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  return counts.join(", ") || "no host";
}
