/**
 * Host keys of an OpenSSH known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): plain and
 * hashed names, `[host]:port`, patterns, and `@revoked`. Certificates are left out. Pure.
 */
import { createHmac } from "node:crypto";
import { SSH_PORT } from "./model/inventory-host";

interface Entry {
  readonly marker: string | undefined;
  readonly names: string;
  readonly key: string;
}

/** An entry that is hashed, or has patterns. */
interface Matcher {
  readonly place: number;
  readonly isMeant: (wanted: string) => boolean;
}

/** A file, read once for all hosts that are looked up in it. */
export class KnownHosts {
  readonly #entries: readonly Entry[];
  /** Places of the entries that have a name as it is, in lower case. */
  readonly #plain = new Map<string, number[]>();
  readonly #matchers: Matcher[] = [];

  /** @param text - of the file */
  constructor(text: string) {
    this.#entries = text.split("\n").flatMap((it) => parseLine(it) ?? []);
    for (const [place, { names }] of this.#entries.entries()) {
      if (isHashed(names)) this.#matchers.push({ place, isMeant: hashMatcher(names) });
      else if (/[*?!]/.test(names)) this.#matchers.push({ place, isMeant: patternMatcher(names) });
      else for (const name of names.toLowerCase().split(",")) this.#add(name, place);
    }
  }

  /**
   * Keys that a host may show, in the file's order, as `ssh-ed25519 AAAA…`.
   * @param host - name or address, as it is connected to
   * @param port - 22 is written without brackets in the file
   */
  keysOf(host: string, port: number): string[] {
    const wanted = port === SSH_PORT ? host : `[${host}]:${port}`;
    const places = new Set([
      ...(this.#plain.get(wanted.toLowerCase()) ?? []),
      ...this.#matchers.flatMap(({ place, isMeant }) => (isMeant(wanted) ? [place] : [])),
    ]);
    const entries = [...places].sort((a, b) => a - b).flatMap((it) => this.#entries[it] ?? []);
    const revoked = entries.filter((it) => it.marker === "@revoked").map((it) => it.key);
    return entries
      .filter(({ marker, key }) => marker === undefined && !revoked.includes(key))
      .map((it) => it.key);
  }

  #add(name: string, place: number): void {
    const known = this.#plain.get(name);
    if (known) known.push(place);
    else this.#plain.set(name, [place]);
  }
}

function parseLine(line: string): Entry | undefined {
  const words = line.trim().split(/\s+/);
  if (words[0] === "" || words[0]?.startsWith("#")) return undefined;
  const marker = words[0]?.startsWith("@") ? words.shift() : undefined;
  const [names, type, blob] = words;
  if (names === undefined || type === undefined || blob === undefined) return undefined;
  return { marker, names, key: `${type} ${blob}` };
}

function isHashed(names: string): boolean {
  return names.startsWith("|1|");
}

function hashMatcher(names: string): Matcher["isMeant"] {
  const [, , text = "", hash] = names.split("|");
  const salt = Buffer.from(text, "base64");
  return (wanted) => createHmac("sha1", salt).update(wanted).digest("base64") === hash;
}

function patternMatcher(names: string): Matcher["isMeant"] {
  const patterns = names.split(",");
  const refused = patterns.filter((it) => it.startsWith("!")).map((it) => toPattern(it.slice(1)));
  const meant = patterns.filter((it) => !it.startsWith("!")).map(toPattern);
  return (wanted) => meant.some((it) => it.test(wanted)) && !refused.some((it) => it.test(wanted));
}

function toPattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
}
