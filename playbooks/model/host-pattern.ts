/**
 * `hosts:` of plays and `limit`: names, groups, `all`, globs and regular expressions (`~web\d+`), with positions (`web[0]`, `web[1:3]`, `web[-1]`),
 * joined by commas or colons, with `:&` for intersection and `:!` for exclusion. As in Ansible, all unions come first. Pure.
 */
import { isIPv6 } from "node:net";
import { fault, type Fault } from "../../core/faults";
import { member } from "../../core/mapping";

/** Hosts of a group by their places in it, both ends included; negative ones count from the end. */
interface Positions {
  readonly from: number;
  /** Undefined: `from` alone. */
  readonly to?: number;
}

/** One term of a pattern. */
interface Term {
  readonly operator: "union" | "intersection" | "exclusion";
  /** A name, a glob, or `~` and a regular expression. */
  readonly text: string;
  readonly positions?: Positions;
}

/** A parsed pattern. */
export interface HostPattern {
  readonly text: string;
  /** Names of hosts and groups that it adds up: a limit may be a list of thousands of them. */
  readonly names: ReadonlySet<string>;
  /** All other terms. */
  readonly terms: readonly Term[];
}

/** What a pattern needs to know of a host. */
export interface PatternHost {
  readonly name: string;
  readonly groups: readonly string[];
  /** Its places in its groups and in `all`. @default - the order of the names */
  readonly places?: Readonly<Record<string, number>> | undefined;
}

const ALLOWED =
  "names of hosts and groups, all, globs with *, ? and [abc], regular expressions after ~, positions such as web[0] and web[1:3], joined by , or :, with :& and :!";
const NAME = /^[\w.*?%@+-]+(?:\[!?[\w.-]+\][\w.*?-]*)*$/;
/** What makes an expression or a glob of a term. */
const PATTERN = /^~|[*?[]/;
const POSITIONS = /^(.+)\[(?:(-?\d+)|(\d+):(\d*))\]$/;

/** @returns the pattern, or what is wrong with it */
export function parseHostPattern(at: string, value: unknown): HostPattern | Fault {
  const text = textOf(value);
  if (text === undefined || text.trim() === "") {
    return fault("AS1412", at, { given: value ?? null, allowed: ALLOWED });
  }
  const terms = splitTerms(text).map(parseTerm);
  const isRight = terms.length > 0 && !text.includes("{{") && terms.every(isReadable);
  if (isRight) {
    const names = terms.filter(isName).map((it) => it.text);
    return { text, names: new Set(names), terms: terms.filter((it) => !isName(it)) };
  }
  return fault("AS1412", at, { given: text, allowed: ALLOWED, ...hintFor(text) });
}

/** Whether what a pattern covers depends on places in groups, and so on other hosts. */
export function hasPositions({ terms }: HostPattern): boolean {
  return terms.some((it) => it.positions !== undefined);
}

/** The machine that runs the plays: there without an inventory, and never among `all`. */
export const LOCALHOST = "localhost";
/** What it is called in patterns. */
export const LOCAL_NAMES: readonly string[] = [LOCALHOST, "127.0.0.1", "::1"];

/** Whether a pattern asks for the machine that runs the plays by its name, where no host is called so. */
export function meansLocalhost({ names }: HostPattern, isHost: (name: string) => boolean): boolean {
  return LOCAL_NAMES.every((it) => !isHost(it)) && LOCAL_NAMES.some((it) => names.has(it));
}

/**
 * Names of the hosts that a pattern covers.
 * @param hosts - all hosts there are
 */
export function coveredNames(
  pattern: HostPattern,
  hosts: readonly PatternHost[],
): ReadonlySet<string> {
  const placed = new Map(
    pattern.terms.flatMap((it) =>
      it.positions === undefined ? [] : [[it, namesAt(it.text, it.positions, hosts)] as const],
    ),
  );
  const covered = hosts.filter((host) =>
    combine(pattern, host, (term) => placed.get(term)?.has(host.name) ?? matches(term.text, host)),
  );
  return new Set(covered.map((it) => it.name));
}

/**
 * Whether a pattern covers a host, as far as that can be told without knowing all hosts.
 * @returns undefined when it depends on places in groups, or on groups that are not known
 */
export function covers(
  pattern: HostPattern,
  { name, groups }: { readonly name: string; readonly groups: readonly string[] | undefined },
): boolean | undefined {
  if (groups === undefined) return coversUnknown(pattern, name);
  const host = { name, groups };
  const answer = (position: boolean): boolean =>
    combine(
      pattern,
      host,
      ({ text, positions }) => matches(text, host) && (positions === undefined || position),
    );
  const [most, least] = [answer(true), answer(false)];
  return most === least ? most : undefined;
}

/** The same for a host whose groups are not known. */
function coversUnknown({ names, terms }: HostPattern, name: string): boolean | undefined {
  const isSure =
    names.has(name) ||
    names.has("all") ||
    terms.some(
      ({ text, positions }) => positions === undefined && matches(text, { name, groups: [] }),
    );
  return isSure && terms.every((it) => it.operator === "union") ? true : undefined;
}

function combine(
  { names, terms }: HostPattern,
  { name, groups }: PatternHost,
  isIn: (term: Term) => boolean,
): boolean {
  const unions = terms.filter((it) => it.operator === "union");
  const isNamed =
    names.has(name) ||
    names.has("all") ||
    groups.some((it) => names.has(it)) ||
    (groups.length === 0 && names.has("ungrouped"));
  const isIncluded = isNamed || unions.some(isIn) || (names.size === 0 && unions.length === 0);
  return (
    isIncluded &&
    terms.every((it) => it.operator === "union" || isIn(it) === (it.operator === "intersection"))
  );
}

/** Which hosts of those that a term matches have the places; outside of the list there is none. */
function namesAt(
  text: string,
  { from, to }: Positions,
  hosts: readonly PatternHost[],
): Set<string> {
  const matched = hosts.filter((it) => matches(text, it));
  const place = ({ places }: PatternHost): number => member(places, text) ?? places?.all ?? 0;
  const ordered = matched.sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
  const chosen = to === undefined ? [ordered.at(from)] : ordered.slice(from, to + 1);
  return new Set(chosen.flatMap((it) => (it ? [it.name] : [])));
}

function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    return value.every((it) => typeof it === "string") ? value.join(",") : undefined;
  }
  return typeof value === "string" ? value : undefined;
}

/** Colons and commas in brackets join nothing, nor do colons of addresses and of expressions beside a comma. */
function splitTerms(text: string): string[] {
  // Looking for the bracket behind each of thousands of commas takes its time.
  const between = (separator: string): RegExp | string =>
    text.includes("[") ? new RegExp(`${separator}(?![^[\\]]*\\])`) : separator;
  const parts = text.split(between(",")).map((it) => it.trim());
  const terms = parts.flatMap((part) => {
    const bare = part.replace(/^[&!]/, "");
    if (isIPv6(bare) || (parts.length > 1 && bare.startsWith("~"))) return [part];
    return part.split(between(":")).map((it) => it.trim());
  });
  return terms.filter((it) => it !== "");
}

function parseTerm(text: string): Term {
  if (text.startsWith("&")) return { operator: "intersection", ...parseName(text.slice(1)) };
  if (text.startsWith("!")) return { operator: "exclusion", ...parseName(text.slice(1)) };
  return { operator: "union", ...parseName(text) };
}

function parseName(text: string): Pick<Term, "text" | "positions"> {
  const [, name, single, from, to] = text.startsWith("~") ? [] : (POSITIONS.exec(text) ?? []);
  if (name === undefined) return { text };
  if (single !== undefined) return { text: name, positions: { from: Number(single) } };
  const last = to === undefined || to === "" ? Number.POSITIVE_INFINITY : Number(to);
  return { text: name, positions: { from: Number(from), to: last } };
}

/** A name that stands for itself, and adds to what is covered. */
function isName({ operator, text, positions }: Term): boolean {
  return operator === "union" && positions === undefined && !PATTERN.test(text);
}

function isReadable({ text }: Term): boolean {
  if (text.startsWith("~")) return tryExpression(text) !== undefined;
  return NAME.test(text) || isIPv6(text);
}

function hintFor(text: string): { hint?: string } {
  if (text.includes("{{"))
    return { hint: "a pattern cannot be a template; use limit to choose hosts" };
  if (text.includes("~")) return { hint: "the regular expression cannot be read" };
  return {};
}

function matches(term: string, { name, groups }: PatternHost): boolean {
  if (term === "all" || term === "*") return true;
  if (!PATTERN.test(term)) {
    return term === name || groups.includes(term) || (term === "ungrouped" && groups.length === 0);
  }
  const expression = term.startsWith("~") ? tryExpression(term) : globOf(term);
  return expression !== undefined && [name, ...groups].some((it) => expression.test(it));
}

const expressions = new Map<string, RegExp | undefined>();

/** As in Ansible, an expression has to match from the beginning, and may end before the name does. */
function tryExpression(text: string): RegExp | undefined {
  if (expressions.has(text)) return expressions.get(text);
  const source = text
    .slice(1)
    .replace(/\(\?P</g, "(?<")
    .replace(/\\A/g, "^")
    .replace(/\\Z/g, "$");
  let expression: RegExp | undefined;
  try {
    expression = new RegExp(`^(?:${source})`);
  } catch {
    expression = undefined;
  }
  expressions.set(text, expression);
  return expression;
}

function globOf(glob: string): RegExp {
  const source = glob.replace(/\[(!?)([\w.-]+)\]|[^\w]/g, (part, not?: string, set?: string) => {
    if (set !== undefined) return `[${not === "!" ? "^" : ""}${set}]`;
    if (part === "*") return ".*";
    return part === "?" ? "." : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
