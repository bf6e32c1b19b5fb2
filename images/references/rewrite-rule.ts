/**
 * One replacement of container images. Pure. Its forms, from the narrowest: one image (`a/b:1`), every tag
 * of a name (`a/b:*`), all that is below a registry or a path (`a/*`).
 */
import {
  DEFAULT_REGISTRY,
  formatReference,
  type Parsed,
  parseName,
  parseReference,
  type Reference,
  splitRegistry,
} from "./reference";
import { tryArm64Name } from "./naming-trap";

/** A rule as it is written. */
export interface RewriteRule {
  readonly from: string;
  readonly to: string;
}

/** A rule that can be applied. */
export interface ParsedRule {
  /** By which rules are told apart and looked up. */
  readonly key: string;
  /** Gives the replacement of what the rule's `from` matches. */
  apply(it: Reference): Reference;
  /** Something that `to` leads to: where chains of rules are looked for. */
  readonly sample: Reference;
}

/** What is wrong with a rule, and in which of its two parts. */
export interface RuleFault {
  readonly field: keyof RewriteRule;
  readonly problem: string;
}

type Pattern =
  | { readonly kind: "image"; readonly reference: Reference }
  | { readonly kind: "tags"; readonly name: Pick<Reference, "registry" | "repository"> }
  | { readonly kind: "below"; readonly registry: string; readonly path: string };

/** Stands for any tag and any name in {@link ParsedRule.sample}. */
const ANY = "any-zz";
const FORMS = "write name:tag for one image, name:* for every tag, registry/* for all below it";

/** Parses a rule. */
export function parseRule({ from, to }: RewriteRule): ParsedRule | RuleFault {
  const source = parsePattern(from);
  if (source.kind === "wrong") return { field: "from", problem: source.problem };
  const target = parsePattern(to);
  if (target.kind === "wrong") return { field: "to", problem: target.problem };
  const [left, right] = [source.value, target.value];
  if ((left.kind === "below") !== (right.kind === "below")) {
    return { field: "to", problem: "from and to must both end in /*, or neither" };
  }
  if (left.kind === "image" && left.reference.digest !== undefined) {
    return { field: "from", problem: "a digest names what is inside: it cannot be replaced" };
  }
  const apply = (it: Reference): Reference => replace(it, left, right);
  const sample = apply(exampleOf(left));
  const arm64 = tryArm64Name(sample);
  if (arm64 && from !== to) {
    const name = formatReference(arm64).replace(ANY, "*");
    return { field: "to", problem: `the name says amd64: did you mean ${name}?` };
  }
  return { key: keyOf(left), apply, sample };
}

/** Keys of the rules that match, the narrowest first. */
export function keysFor({ registry, repository, tag, digest }: Reference): string[] {
  const parts = repository.split("/");
  const below = parts.map((_, n) => [registry, ...parts.slice(0, parts.length - 1 - n)].join("/"));
  const name = `${registry}/${repository}`;
  // Replacing an image that is pinned by digest would break the pin; a move keeps what is inside.
  const own = digest === undefined ? [`${name}:${tag ?? ""}`, `${name}:*`] : [];
  return [...own, ...below.map((it) => `${it}/*`)];
}

function parsePattern(text: string): Parsed<Pattern> {
  if (text.endsWith("/*")) return parseBelow(text.slice(0, -2));
  if (text.endsWith(":*")) {
    const name = parseName(text.slice(0, -2));
    return name.kind === "wrong"
      ? name
      : { kind: "parsed", value: { kind: "tags", name: name.value } };
  }
  // Left out, the tag would mean :latest, which is hardly ever meant in a rule.
  const hasTag = text.includes("@") || text.lastIndexOf(":") > text.lastIndexOf("/");
  if (!hasTag) return { kind: "wrong", problem: `no tag: ${FORMS}` };
  const image = parseReference(text);
  return image.kind === "wrong"
    ? image
    : { kind: "parsed", value: { kind: "image", reference: image.value } };
}

function parseBelow(text: string): Parsed<Pattern> {
  // Any name below it shows whether the prefix can be one.
  const whole = parseReference(`${text}/${ANY}:${ANY}`);
  if (whole.kind === "wrong") return whole;
  const { registry, rest } = splitRegistry(`${text}/${ANY}`);
  const path = rest.split("/").slice(0, -1).join("/");
  return { kind: "parsed", value: { kind: "below", registry, path } };
}

function keyOf(it: Pattern): string {
  if (it.kind === "image") return formatReference(it.reference);
  if (it.kind === "tags") return `${it.name.registry}/${it.name.repository}:*`;
  return `${joined(it.registry, it.path)}/*`;
}

function replace(it: Reference, from: Pattern, to: Pattern): Reference {
  if (to.kind === "image") return to.reference;
  const { registry: _, repository, ...which } = it;
  if (to.kind === "tags") return { ...to.name, ...which };
  const skipped = from.kind === "below" && from.path !== "" ? from.path.length + 1 : 0;
  const moved = joined(to.path, repository.slice(skipped));
  const isBare = to.registry === DEFAULT_REGISTRY && !moved.includes("/");
  return { registry: to.registry, repository: isBare ? `library/${moved}` : moved, ...which };
}

function exampleOf(it: Pattern): Reference {
  if (it.kind === "image") return it.reference;
  if (it.kind === "tags") return { ...it.name, tag: ANY };
  return { registry: it.registry, repository: joined(it.path, ANY), tag: ANY };
}

function joined(...parts: readonly string[]): string {
  return parts.filter((it) => it !== "").join("/");
}
