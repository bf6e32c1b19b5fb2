/** Which travelling files a template names: by `include`, `import`, `extends`, and by lookups. Pure. */
import { closingOf, textAt } from "./references";
import { stringOf, type Segment, type Token } from "./tokens";

/** A file that a template names. */
export interface NamedFile {
  /** Undefined where it is computed. */
  readonly name: string | undefined;
  /** A template, which is rendered, or a file as it is. */
  readonly kind: "template" | "file";
  /** It may be missing. */
  readonly optional: boolean;
  /** What names it: `include`, or the lookup's name. */
  readonly by: string;
  /** Offset in the text. */
  readonly at: number;
}

/** A call of `lookup`, `query` or `q`. */
export interface NamedLookup {
  /** Short name; undefined where it is computed. */
  readonly name: string | undefined;
  readonly token: Token;
  /** Its terms, when all are fixed texts. */
  readonly terms: readonly string[] | undefined;
  readonly optional: boolean;
}

/** Lookups that read files, and whether these are templates. */
const FILE_LOOKUPS: ReadonlyMap<string, NamedFile["kind"]> = new Map([
  ["file", "file"],
  ["template", "template"],
  ["fileglob", "file"],
  ["first_found", "file"],
  ["ini", "file"],
  ["csvfile", "file"],
]);
const FUNCTIONS = new Set(["lookup", "query", "q"]);
const STATEMENTS = new Set(["include", "import", "from", "extends"]);

/** The files that the segments of a template name. */
export function namedFiles(segments: readonly Segment[]): NamedFile[] {
  return segments.flatMap((segment) => [
    ...filesOfStatement(segment),
    ...lookupsIn(segment.tokens).flatMap(filesOfLookup),
  ]);
}

/** The lookups of one expression or statement. */
export function lookupsIn(tokens: readonly Token[]): NamedLookup[] {
  return tokens.flatMap((token, index) => {
    const isCall = FUNCTIONS.has(textAt(tokens, index)) && textAt(tokens, index + 1) === "(";
    if (!isCall || textAt(tokens, index - 1) === ".") return [];
    const args = tokens.slice(index + 2, closingOf(tokens, index + 1));
    const [first, ...rest] = args;
    const fixed = first?.kind === "string" && (rest.length === 0 || textAt(rest, 0) === ",");
    const optional = /errors,=,.(?:ignore|warn)/.test(args.map((it) => it.text).join(","));
    return [
      {
        name: fixed ? shortName(stringOf(first)) : undefined,
        token: first ?? token,
        terms: fixed ? fixedTerms(rest) : undefined,
        optional,
      },
    ];
  });
}

function shortName(name: string): string {
  return name.replace(/^ansible\.(?:builtin|legacy)\./, "");
}

/** Texts up to the first argument by name; undefined when anything else is among them. */
function fixedTerms(tokens: readonly Token[]): string[] | undefined {
  const terms: string[] = [];
  for (let at = 0; at < tokens.length; at += 2) {
    const token = tokens[at + 1];
    if (textAt(tokens, at) !== ",") return undefined;
    if (token?.kind === "name" && textAt(tokens, at + 2) === "=") return terms;
    if (token?.kind !== "string") return undefined;
    terms.push(stringOf(token));
  }
  return terms;
}

function filesOfLookup({ name, token, terms, optional }: NamedLookup): NamedFile[] {
  const kind = name === undefined ? "template" : FILE_LOOKUPS.get(name);
  if (kind === undefined) return [];
  const by = name ?? "lookup";
  const isPlain = (name === "file" || name === "template") && terms !== undefined;
  if (!isPlain) return [{ name: undefined, kind, optional: true, by, at: token.at }];
  return terms.map((it) => ({ name: it, kind, optional, by, at: token.at }));
}

function filesOfStatement({ kind, tokens }: Segment): NamedFile[] {
  const word = textAt(tokens, 0);
  const first = tokens[1];
  if (kind !== "statement" || !STATEMENTS.has(word) || !first) return [];
  const texts = tokens.map((it) => it.text).join(" ");
  const optional = / ignore missing( with(out)? context)?$/.test(texts);
  const next = tokens[2];
  const isPlain =
    first.kind === "string" &&
    (!next || ["ignore", "with", "without", "as", "import"].includes(next.text));
  const name = isPlain ? stringOf(first) : undefined;
  return [{ name, kind: "template", optional, by: word, at: first.at }];
}
