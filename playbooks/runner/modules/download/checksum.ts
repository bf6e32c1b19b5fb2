/** Expected checksums: `sha256:HEX`, or `sha256:URL` of a file of sums. */
import { TaskFailure } from "../task-failure";

/** A checksum as given. */
export interface WantedChecksum {
  readonly algorithm: string;
  /** Hex digits in lower case, or a URL. */
  readonly value: string;
}

const ALGORITHMS: readonly string[] = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];

/** Reads the argument. @throws TaskFailure for anything else */
export function parseChecksum(text: string): WantedChecksum | undefined {
  if (text === "") return undefined;
  const at = text.indexOf(":");
  const [algorithm, value] = [text.slice(0, at).toLowerCase(), text.slice(at + 1).trim()];
  if (at < 0 || !ALGORITHMS.includes(algorithm)) {
    throw new TaskFailure(`checksum must be ALGORITHM:HEX or ALGORITHM:URL, not ${text}`);
  }
  if (/^(https?|ftp|file):\/\//.test(value)) return { algorithm, value };
  const hex = value.replaceAll(/\W+/g, "").toLowerCase();
  if (!/^[0-9a-f]{32,128}$/.test(hex)) throw new TaskFailure("the checksum format is invalid");
  return { algorithm, value: hex };
}

/**
 * The sum of a file in a file of sums (`HEX  NAME`, `HEX *./NAME`, or a single `HEX`).
 * @throws TaskFailure when the name is not in it
 */
export function findSum(sums: string, name: string): string {
  const rows = sums
    .split("\n")
    .map((line) => /^([0-9a-fA-F]{32,128})(?:\s+\*?(?:\.\/)?(.*))?$/.exec(line.trim()))
    .filter((it) => it !== null);
  const [only] = rows;
  const single = rows.length === 1 && only?.[2] === undefined ? only : undefined;
  const row = single ?? rows.find((it) => it[2] === name);
  if (row === undefined) throw new TaskFailure(`unable to find a checksum for file '${name}'`);
  return (row[1] ?? "").toLowerCase();
}
