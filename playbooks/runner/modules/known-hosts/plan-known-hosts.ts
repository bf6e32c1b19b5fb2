/** What becomes of a known_hosts file: the rules of `known_hosts`. Pure. */
import { TaskFailure } from "../task-failure";
import { hashedHosts, isFor, readLine, type KnownHost } from "./lines";

/** The arguments that decide. */
export interface KeyWish {
  /** In lower case. */
  readonly host: string;
  /** A line of the file; undefined: all keys of the host. */
  readonly key?: string | undefined;
  readonly state: "present" | "absent";
  /** Hash the host's name with this salt. @default - the key's line is written as it is */
  readonly salt?: Uint8Array | undefined;
}

/**
 * The file afterwards.
 * @param before - empty when there is no file
 * @throws TaskFailure for a key that is not the host's
 */
export function planKnownHosts(before: string, wish: KeyWish): string {
  const lines = before === "" ? [] : before.replace(/\n$/, "").split("\n");
  const { host, state } = wish;
  if (wish.key === undefined) {
    // Marked lines are about many hosts, as with ssh-keygen -R.
    const kept = lines.filter((it) => {
      const line = readLine(it);
      return line?.marker !== "" || !isFor(line, host);
    });
    return kept.length === lines.length ? before : join(kept);
  }
  const wanted = hashed(wish.key.replace(/\n$/, ""), wish);
  const index = findLine(lines, { host, wanted });
  const found = lines[index] === undefined ? undefined : readLine(lines[index]);
  const isSame = found !== undefined && isSameKey(found, readLine(wanted), host);
  if (state === "absent") {
    // A key of the same type is removed too, although it is another one: so it is in Ansible.
    return index < 0 ? before : join(lines.toSpliced(index, 1));
  }
  if (isSame) return before;
  return join([...lines.filter((_, at) => at !== index), wanted]);
}

function hashed(key: string, { host, salt }: KeyWish): string {
  const matching = key.split("\n").map(readLine);
  if (!matching.some((it) => it !== undefined && isFor(it, host))) {
    throw new TaskFailure("Host parameter does not match hashed host field in supplied key");
  }
  if (salt === undefined) return key;
  const words = key.trim().split(/\s+/);
  return words.with(words[0]?.startsWith("@") === true ? 1 : 0, hashedHosts(host, salt)).join(" ");
}

/** The first line of the host with this key, or with another one of its type; -1 when there is none. */
function findLine(
  lines: readonly string[],
  { host, wanted }: { readonly host: string; readonly wanted: string },
): number {
  const key = readLine(wanted);
  return lines.findIndex((it) => {
    const line = readLine(it);
    return line !== undefined && isFor(line, host) && line.type === key?.type;
  });
}

/** Two hashed names of one host are the same, whatever their salts. */
function isSameKey(found: KnownHost, wanted: KnownHost | undefined, host: string): boolean {
  if (wanted === undefined) return false;
  const isHashed = (it: KnownHost): boolean => it.hosts.startsWith("|1|");
  const sameHosts =
    found.hosts === wanted.hosts || (isHashed(found) && isHashed(wanted) && isFor(found, host));
  return sameHosts && found.marker === wanted.marker && found.key === wanted.key;
}

function join(lines: readonly string[]): string {
  return lines.map((it) => `${it}\n`).join("");
}
