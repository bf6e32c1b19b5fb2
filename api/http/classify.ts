/**
 * From an answer that is no success to a code. Status first, words second: the words of contract 5.2 are
 * looked for only where the status leaves several meanings.
 */
import type { OuterCode } from "../../core/faults";
import type { Answer } from "./answer";

const BY_STATUS: Readonly<Record<number, OuterCode>> = {
  401: "AS2101",
  403: "AS2102",
  404: "AS2103",
  429: "AS2108",
};

/** Words of refusals, in the order in which they are tried. */
const BY_WORDS: readonly { readonly words: RegExp; readonly code: OuterCode }[] = [
  { words: /locked/i, code: "AS2105" },
  { words: /while it is provisioning/i, code: "AS2111" },
  { words: /server is not provisionable/i, code: "AS2107" },
  { words: /there are no available hardware reservations/i, code: "AS2106" },
  { words: /there aren't available servers|no available servers|out of capacity/i, code: "AS2106" },
];

/** The code of an answer that is no success. */
export function codeOf({ status, foreign }: Answer, messages: readonly string[]): OuterCode {
  if (foreign !== undefined) return "AS2110";
  const known = BY_STATUS[status];
  if (known !== undefined) return known;
  if (status === 422 || status === 503) {
    const match = BY_WORDS.find(({ words }) => messages.some((it) => words.test(it)));
    if (match !== undefined) return match.code;
  }
  return status >= 500 ? "AS2109" : "AS2104";
}

const PASSING_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Whether a repeat may do better: the server is busy or away, not unwilling. */
export function isPassing({ status }: Answer, code: OuterCode): boolean {
  return PASSING_STATUS.has(status) && code !== "AS2106" && code !== "AS2107";
}

/**
 * Whether a request that must not be repeated may have taken effect in spite of this answer.
 * A refusal in the API's own words had none; a server error, or anything that a proxy says, may hide one.
 */
export function mayHaveWorked({ status, foreign }: Answer, code: OuterCode): boolean {
  if (foreign !== undefined) return true;
  return status >= 500 && code !== "AS2106" && code !== "AS2107";
}
