/**
 * Replacements of container images that have no arm64 build, by images that have one. Pure. The
 * narrowest rule wins, whatever the order, and what a rule gives is looked up again: so doing it twice is
 * doing it once.
 */
import { Bug } from "../../core/faults";
import { ARM64_DEFAULTS } from "./arm64-defaults";
import { formatReference, type Reference } from "./reference";
import {
  keysFor,
  type ParsedRule,
  parseRule,
  type RewriteRule,
  type RuleFault,
} from "./rewrite-rule";

/** Tables that a cluster may start from. */
export const REWRITE_BASES = ["arm64-defaults", "none"] as const;
/** Name of a table; `none` is empty. */
export type RewriteBase = (typeof REWRITE_BASES)[number];

/** A table, and rules of one's own that win over it. */
export interface RewriteTable {
  readonly base: RewriteBase;
  readonly images: readonly RewriteRule[];
}

/** What is wrong with one of the own rules. */
export interface RewriteFault extends RuleFault {
  /** Index in `images`. */
  readonly index: number;
}

type Rules = ReadonlyMap<string, ParsedRule>;
/** More steps than any chain of rules has that ends: every name is shorter than this. */
const MAX_STEPS = 256;
/** A name, and the longest digest in use: rules that make names grow end here. */
const MAX_TEXT = 512;

/** Everything that is wrong with a table's own rules. */
export function checkRewrites({ base, images }: RewriteTable): RewriteFault[] {
  const faults: RewriteFault[] = [];
  const own: { readonly index: number; readonly rule: ParsedRule }[] = [];
  for (const [index, written] of images.entries()) {
    const rule = parseRule(written);
    if ("problem" in rule) faults.push({ ...rule, index });
    else if (own.some((it) => it.rule.key === rule.key)) {
      faults.push({ field: "from", problem: "another rule replaces the same", index });
    } else own.push({ index, rule });
  }
  const rules = mapOf([...baseRules(base), ...own.map(({ rule }) => rule)]);
  for (const { index, rule } of own) {
    if (tryFollow(rule.sample, rules) === undefined) {
      faults.push({ field: "to", problem: "the rules lead in a circle", index });
    }
  }
  return faults;
}

/**
 * Makes the function that replaces a reference, or leaves it as it is.
 * @param table - one that {@link checkRewrites} finds nothing wrong with
 */
export function rewriter(table: RewriteTable): (it: Reference) => Reference {
  const { base, images } = table;
  const own = rulesOf(images);
  const rules = mapOf([...baseRules(base), ...own]);
  return (it) => {
    const end = tryFollow(it, rules);
    if (end === undefined) throw new Bug(`rewrites of ${formatReference(it)} never end`);
    return end;
  };
}

/** A rule that wins over a default, and the same for `from` and `to`, keeps the image as it is. */
function tryFollow(start: Reference, rules: Rules): Reference | undefined {
  let at = start;
  const seen = new Set<string>();
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const text = formatReference(at);
    if (seen.has(text) || text.length > MAX_TEXT) return undefined;
    seen.add(text);
    const key = keysFor(at).find((it) => rules.has(it));
    const next = (key === undefined ? undefined : rules.get(key))?.apply(at) ?? at;
    if (formatReference(next) === text) return at;
    at = next;
  }
  return undefined;
}

function baseRules(base: RewriteBase): ParsedRule[] {
  return base === "none" ? [] : rulesOf(ARM64_DEFAULTS);
}

function rulesOf(written: readonly RewriteRule[]): ParsedRule[] {
  return written.map(parseRule).flatMap((it) => ("problem" in it ? [] : [it]));
}

function mapOf(rules: readonly ParsedRule[]): Rules {
  return new Map(rules.map((it) => [it.key, it]));
}
