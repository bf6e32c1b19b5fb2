/**
 * `hosts:` of plays and `limit`: names, groups, `all` and globs, joined by commas or colons, with `:&`
 * for intersection and `:!` for exclusion. As in Ansible, all unions come first. Pure.
 */
import { fault, type Fault } from "../../core/faults";

/** One term of a pattern. */
interface Term {
  readonly operator: "union" | "intersection" | "exclusion";
  /** A name or glob. */
  readonly text: string;
}

/** A parsed pattern. */
export interface HostPattern {
  readonly text: string;
  readonly terms: readonly Term[];
}

/** What a pattern needs to know of a host. */
export interface PatternHost {
  readonly name: string;
  readonly groups: readonly string[];
}

const ALLOWED =
  "names of hosts and groups, all, globs with * and ?, joined by , or :, with :& and :!";
const NAME = /^[\w.*?-]+$/;

/** @returns the pattern, or what is wrong with it */
export function parseHostPattern(at: string, value: unknown): HostPattern | Fault {
  const text = textOf(value);
  if (text === undefined || text.trim() === "") {
    return fault("AS1412", at, { given: value ?? null, allowed: ALLOWED });
  }
  const terms = text
    .split(/[,:]/)
    .map((it) => it.trim())
    .filter((it) => it !== "")
    .map(parseTerm);
  const wrong = terms.find((it) => !NAME.test(it.text));
  if (wrong === undefined && terms.length > 0) return { text, terms };
  return fault("AS1412", at, { given: text, allowed: ALLOWED, ...hintFor(text) });
}

/** Whether a pattern covers a host. */
export function covers(pattern: HostPattern, host: PatternHost): boolean {
  const matching = (operator: Term["operator"]): boolean[] =>
    pattern.terms.filter((it) => it.operator === operator).map((it) => matches(it.text, host));
  const unions = matching("union");
  const included = unions.length === 0 || unions.some(Boolean);
  return (
    included && matching("intersection").every(Boolean) && !matching("exclusion").some(Boolean)
  );
}

/**
 * The same for a host whose groups are not known yet.
 * @returns undefined when the answer may depend on them
 */
export function coversUnknown(pattern: HostPattern, name: string): boolean | undefined {
  const fixed = pattern.terms.map((it) => ({ ...it, text: it.text === "all" ? "*" : it.text }));
  const [only] = fixed;
  if (
    fixed.length === 1 &&
    only?.operator === "union" &&
    matches(only.text, { name, groups: [] })
  ) {
    return true;
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return value.every((it) => typeof it === "string") ? value.join(",") : undefined;
  }
  return typeof value === "string" ? value : undefined;
}

function parseTerm(text: string): Term {
  if (text.startsWith("&")) return { operator: "intersection", text: text.slice(1) };
  if (text.startsWith("!")) return { operator: "exclusion", text: text.slice(1) };
  return { operator: "union", text };
}

function hintFor(text: string): { hint?: string } {
  if (text.includes("{{"))
    return { hint: "a pattern cannot be a template; use limit to choose hosts" };
  if (text.includes("[")) return { hint: "positions in a group are not supported; name a group" };
  if (text.startsWith("~")) return { hint: "regular expressions are not supported; use globs" };
  return {};
}

function matches(term: string, { name, groups }: PatternHost): boolean {
  if (term === "all" || term === "*") return true;
  if (!/[*?]/.test(term)) return term === name || groups.includes(term);
  const source = term
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  const glob = new RegExp(`^${source}$`);
  return glob.test(name) || groups.some((it) => glob.test(it));
}
