/**
 * The words of `applied`, by host: a digest says what was applied; anything else says what is
 * not as it should be, and so differs from every planned digest. Pure.
 */

/** What stands for a host on which nothing has been brought to an end. */
export const PENDING = "pending";

const DRIFT = "drift: ";
const UNREACHABLE = "unreachable: ";
const FAILED = "failed: ";
/** Characters of a reason that are kept. */
const REASON_LENGTH = 200;

/** Whether the entry says that all is as described. */
export function isDigest(entry: string): boolean {
  return entry.startsWith("sha256:");
}

/** Whether refresh wrote the entry over a digest that was true until then. */
export function isFromRefresh(entry: string | undefined): boolean {
  return entry?.startsWith(DRIFT) === true || entry?.startsWith(UNREACHABLE) === true;
}

/** The tasks that would change something. */
export function drift(tasks: readonly string[]): string {
  return DRIFT + shorten(tasks.join(", "));
}

/** A run did not bring the host to its end: refresh cannot tell whether it is as it should be. */
export function pending(reason: string | undefined): string {
  return reason === undefined ? PENDING : `${PENDING}: ${shorten(reason)}`;
}

/** Whether no run has reached the host, as far as is known. */
export function isUnreached(entry: string | undefined): boolean {
  return entry?.startsWith(`${PENDING}: AS22`) === true;
}

/** Refresh did not reach the host. */
export function unreachable(reason: string | undefined): string {
  return UNREACHABLE + shorten(reason ?? "no reason was given");
}

/** A run failed on the host. */
export function failed(reason: string | undefined): string {
  return FAILED + shorten(reason ?? "no reason was given");
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > REASON_LENGTH ? `${line.slice(0, REASON_LENGTH - 1)}…` : line;
}
