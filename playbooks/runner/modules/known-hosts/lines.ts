/** Lines of OpenSSH's known_hosts: which hosts they are for, and which key they hold. Pure. Source: sshd(8). */
import { createHmac } from "node:crypto";
import { fnmatch } from "../args/fnmatch";

/** A line for hosts. */
export interface KnownHost {
  /** `@cert-authority` or `@revoked`; empty for a plain key. */
  readonly marker: string;
  /** Names between commas, or one hashed name. */
  readonly hosts: string;
  readonly type: string;
  readonly key: string;
}

/** @returns undefined for empty lines, comments and what is no key */
export function readLine(line: string): KnownHost | undefined {
  const words = line.trim().split(/\s+/);
  const marker = words[0]?.startsWith("@") === true ? (words.shift() ?? "") : "";
  const [hosts = "", type = "", key = ""] = words;
  if (hosts.startsWith("#") || key === "") return undefined;
  return { marker, hosts, type, key };
}

/** Whether a line is for a host, as `ssh-keygen -F` finds it. @param host - in lower case */
export function isFor({ hosts }: KnownHost, host: string): boolean {
  const [, salt, digest] = /^\|1\|([^|]+)\|(.+)$/.exec(hosts) ?? [];
  if (salt !== undefined) return hashName(host, Buffer.from(salt, "base64")) === digest;
  const patterns = hosts.toLowerCase().split(",");
  const matches = (pattern: string): boolean => namePattern(pattern).test(host);
  const isExcluded = patterns.some((it) => it.startsWith("!") && matches(it.slice(1)));
  return !isExcluded && patterns.some((it) => !it.startsWith("!") && matches(it));
}

/** Only `*` and `?` are wildcards: brackets belong to names with ports. */
function namePattern(pattern: string): RegExp {
  return fnmatch(pattern.replaceAll("[", "[[]"));
}

/** The hosts of a line, hashed with a salt of 20 bytes. */
export function hashedHosts(host: string, salt: Uint8Array): string {
  return `|1|${Buffer.from(salt).toString("base64")}|${hashName(host, salt)}`;
}

function hashName(host: string, salt: Uint8Array): string {
  return createHmac("sha1", salt).update(host).digest("base64");
}
