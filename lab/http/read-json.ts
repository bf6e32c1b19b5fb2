/** JSON as clients send it. What it gives can be written again: a value that is nested too deeply could not. */
import { ApiError } from "./api-error";

/** Real requests need five or six; writing a value takes stack with each. */
export const DEEPEST = 100;

/**
 * @param bytes - UTF-8
 * @returns undefined for a text that is empty, or blank
 * @throws ApiError 400
 */
export function readJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  if (text.trim() === "") return undefined;
  const value = parse(text);
  if (isDeeperThan(DEEPEST, value)) {
    throw new ApiError(400, [`The request body is nested deeper than ${DEEPEST} levels`]);
  }
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError(400, ["The request body is not valid UTF-8"]);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, ["The request body is not valid JSON"]);
  }
}

function isDeeperThan(limit: number, value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; depth < limit && level.length > 0; depth += 1) {
    level = level.flatMap((it): unknown[] => Object.values(it)).filter(isContainer);
  }
  return level.length > 0;
}

function isContainer(it: unknown): it is object {
  return typeof it === "object" && it !== null;
}
