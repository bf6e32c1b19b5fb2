/** Values that are spelled differently and mean the same. All of them take their sides in any order. Pure. */

/** Metro codes: the API answers in lower case whatever it was asked. */
export function sameFolded(left: unknown, right: unknown): boolean {
  return (
    typeof left === "string" &&
    typeof right === "string" &&
    left.toLowerCase() === right.toLowerCase()
  );
}

/** JSON texts of one value. */
export function sameJson(left: unknown, right: unknown): boolean {
  const [a, b] = [canonicalJson(left), canonicalJson(right)];
  return a !== undefined && a === b;
}

/** Times of one moment. */
export function sameTime(left: unknown, right: unknown): boolean {
  if (typeof left !== "string" || typeof right !== "string") return false;
  return Date.parse(left) === Date.parse(right);
}

/** Lists of the same texts in any order. */
export function sameMembers(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return false;
  const [a, b] = [new Set<unknown>(left), new Set<unknown>(right)];
  return a.size === b.size && [...a].every((it) => b.has(it));
}

/** A reservation that was asked for in words is met by any id. */
export function sameReservation(left: unknown, right: unknown): boolean {
  return left === right || left === NEXT_AVAILABLE || right === NEXT_AVAILABLE;
}

const NEXT_AVAILABLE = "next-available";

/** JSON with sorted keys; undefined when the text is none. */
function canonicalJson(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.stringify(JSON.parse(text), (_, it: unknown) => (isObject(it) ? sorted(it) : it));
  } catch {
    return undefined;
  }
}

function sorted(it: object): object {
  return Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isObject(it: unknown): it is object {
  return typeof it === "object" && it !== null && !Array.isArray(it);
}
