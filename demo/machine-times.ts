/** Where a deploy spends its time, from its own output: lines such as `…: Creation complete after 12s`. Pure. */

/** Seconds that something took. */
export interface Took {
  readonly name: string;
  readonly seconds: number;
}

const DONE =
  /(armstead_\w+)\.(\S+?)(?:\["([^"]+)"\])?: (?:Creation|Modifications|Destruction) complete after (?:(\d+)m)?(\d+)s/;

/** What one line of terraform's output tells; undefined when it tells nothing. */
export function readDone(line: string): Took | undefined {
  const [, type, , key, minutes, seconds] = DONE.exec(line) ?? [];
  if (type === undefined) return undefined;
  const name = key === undefined ? type : `${type} ${key}`;
  return { name, seconds: Number(minutes ?? 0) * 60 + Number(seconds) };
}
