/**
 * The order of Debian's version numbers, as deb-version(7) defines it: epoch, upstream version, revision;
 * within them letters before other signs, and `~` before everything, the end included. Pure.
 */

/** @returns below, equal to or above zero */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [split(left), split(right)];
  return (
    Number(a.epoch) - Number(b.epoch) ||
    comparePart(a.upstream, b.upstream) ||
    comparePart(a.revision, b.revision)
  );
}

function split(version: string): { epoch: string; upstream: string; revision: string } {
  const [, epoch = "0", rest = version] = /^(\d+):([\s\S]*)$/.exec(version) ?? [];
  const dash = rest.lastIndexOf("-");
  return dash < 0
    ? { epoch, upstream: rest, revision: "" }
    : { epoch, upstream: rest.slice(0, dash), revision: rest.slice(dash + 1) };
}

/** By turns signs up to the next digit, and numbers. */
function comparePart(left: string, right: string): number {
  const [a, b] = [pieces(left), pieces(right)];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [x = "", y = ""] = [a[at], b[at]];
    const order = at % 2 === 0 ? compareSigns(x, y) : compareNumbers(x, y);
    if (order !== 0) return order;
  }
  return 0;
}

function pieces(part: string): string[] {
  return [...part.matchAll(/(\D*)(\d*)/g)].flatMap(([, signs = "", digits = ""]) => [
    signs,
    digits,
  ]);
}

function compareSigns(left: string, right: string): number {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = weight(left[at]) - weight(right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function weight(sign: string | undefined): number {
  if (sign === undefined) return 0;
  if (sign === "~") return -1;
  return /[A-Za-z]/.test(sign) ? sign.charCodeAt(0) : sign.charCodeAt(0) + 256;
}

/** Numbers may be longer than JavaScript's. */
function compareNumbers(left: string, right: string): number {
  const [a, b] = [left.replace(/^0+/, ""), right.replace(/^0+/, "")];
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}
