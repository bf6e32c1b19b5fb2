/**
 * Names of hosts as inventories write them: `web[01:20:2].example.org:2222` is ten names and a port.
 * Source: Ansible's `parse_address` and `expand_hostname_range`. Pure.
 */
import { isIPv6 } from "node:net";

/** What a name in an inventory stands for. */
export interface WrittenHosts {
  readonly names: readonly string[];
  /** The port behind the name. */
  readonly port?: number;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** More than any inventory needs; a slip such as [1:10000000] would fill the memory. */
const MAX_HOSTS = 50_000;
const NAME = /^[\w.:%@+-]+$/;

/** @returns the hosts, or what is wrong with the name, in one clause */
export function readHostNames(written: string): WrittenHosts | string {
  const bracketed = /^\[(.+)\]:(\d+)$/.exec(written);
  const plain = isIPv6(written) ? null : /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/.exec(written);
  const [, host = written, port] = bracketed ?? plain ?? [];
  if (host.endsWith(":") && !isIPv6(host)) return "a port must follow the colon";
  const names = expand(host);
  if (typeof names === "string") return names;
  const wrong = names.find((it) => !NAME.test(it) || /^-+$/.test(it));
  if (wrong !== undefined) return "wrong name of a host";
  if (port === undefined) return { names };
  const isPort = Number(port) > 0 && Number(port) < 65_536;
  return isPort ? { names, port: Number(port) } : "ports go from 1 to 65535";
}

function expand(text: string): string[] | string {
  const parts = /^([^[]*)\[([^\]]*)\](.*)$/s.exec(text);
  if (!parts) return text.includes("[") ? "a range has no end" : [text];
  const [, head = "", range = "", tail = ""] = parts;
  const members = membersOf(range);
  if (typeof members === "string") return members;
  const rest = expand(tail);
  if (typeof rest === "string") return rest;
  if (members.length * rest.length > MAX_HOSTS) return `more than ${MAX_HOSTS} hosts in one range`;
  return members.flatMap((it) => rest.map((end) => head + it + end));
}

/** `01:20:2`, `a:c`: both ends are members; a leading zero sets the width. */
function membersOf(range: string): string[] | string {
  const bounds = range.split(":");
  const [from = "", to = "", by = "1"] = bounds;
  const begin = from === "" ? "0" : from;
  if (bounds.length < 2 || bounds.length > 3) return "a range is begin:end or begin:end:step";
  if (to === "") return "a range needs an end";
  const step = /^\d+$/.test(by) ? Number(by) : 0;
  if (step === 0) return "the step of a range is a whole number from 1";
  if (begin.length === 1 && to.length === 1 && LETTERS.includes(begin) && LETTERS.includes(to)) {
    return count(LETTERS.indexOf(begin), LETTERS.indexOf(to), step, (it) => LETTERS[it] ?? "");
  }
  if (!/^\d+$/.test(begin) || !/^\d+$/.test(to)) return "a range goes over numbers or letters";
  const isPadded = begin.length > 1 && begin.startsWith("0");
  if (isPadded && begin.length !== to.length) {
    return "with leading zeros, both ends of a range have the same length";
  }
  const width = isPadded ? begin.length : 0;
  return count(Number(begin), Number(to), step, (it) => String(it).padStart(width, "0"));
}

function count(
  from: number,
  to: number,
  step: number,
  show: (it: number) => string,
): string[] | string {
  if (from > to) return "a range begins before its end";
  if ((to - from) / step > MAX_HOSTS) return `more than ${MAX_HOSTS} hosts in one range`;
  const members: string[] = [];
  for (let it = from; it <= to; it += step) members.push(show(it));
  return members;
}
