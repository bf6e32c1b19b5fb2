/**
 * Host keys of an OpenSSH known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): plain and
 * hashed names, `[host]:port`, patterns, and `@revoked`. Certificates are left out. Pure.
 */
import { createHmac } from "node:crypto";

/** Keys of one host. */
export interface KnownKeys {
  /** OpenSSH lines without comment: `ssh-ed25519 AAAA…`. */
  readonly allowed: readonly string[];
  readonly revoked: readonly string[];
}

/**
 * @param text - of the file
 * @param host - name or address, as it is connected to
 * @param port - 22 is written without brackets in the file
 */
export function findKnownKeys(text: string, host: string, port: number): KnownKeys {
  const wanted = port === 22 ? host : `[${host}]:${port}`;
  const allowed: string[] = [];
  const revoked: string[] = [];
  for (const line of text.split("\n")) {
    const entry = parseLine(line);
    if (!entry || !matches(entry.names, wanted)) continue;
    if (entry.marker === undefined) allowed.push(entry.key);
    if (entry.marker === "@revoked") revoked.push(entry.key);
  }
  return { allowed: allowed.filter((it) => !revoked.includes(it)), revoked };
}

interface Entry {
  readonly marker: string | undefined;
  readonly names: string;
  readonly key: string;
}

function parseLine(line: string): Entry | undefined {
  const words = line.trim().split(/\s+/);
  if (words[0] === "" || words[0]?.startsWith("#")) return undefined;
  const marker = words[0]?.startsWith("@") ? words.shift() : undefined;
  const [names, type, blob] = words;
  if (names === undefined || type === undefined || blob === undefined) return undefined;
  return { marker, names, key: `${type} ${blob}` };
}

function matches(names: string, wanted: string): boolean {
  if (names.startsWith("|1|")) return matchesHash(names, wanted);
  const patterns = names.split(",");
  const hit = (pattern: string): boolean => toPattern(pattern).test(wanted);
  const refused = patterns.some((it) => it.startsWith("!") && hit(it.slice(1)));
  return !refused && patterns.some((it) => !it.startsWith("!") && hit(it));
}

function matchesHash(names: string, wanted: string): boolean {
  const [, , salt, hash] = names.split("|");
  const seen = createHmac("sha1", Buffer.from(salt ?? "", "base64")).update(wanted);
  return seen.digest("base64") === hash;
}

function toPattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
}
