/** What of cdktf's output is worth a line to who watches: things that begin and end, not the plan. Pure. */

const STEP =
  /(armstead_\S+: (?:Creating|Creation|Modifying|Modifications|Destroying|Destruction).*)/;
const STILL = /(armstead_\S+: Still .*)/;
const ID = /\s*\[id=[^\]]*\]/;

/**
 * @param line - without colours
 * @param live - whether lines replace each other, as on a terminal: then waiting is worth one, too
 * @returns undefined for what is not worth a line
 */
export function progressLine(line: string, live: boolean): string | undefined {
  const found = STEP.exec(line)?.[1] ?? (live ? STILL.exec(line)?.[1] : undefined);
  return found?.replace(ID, "").trimEnd();
}
