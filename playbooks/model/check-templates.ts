/** Checks templates and expressions wherever a user may write them: grammar, and names of filters, tests and functions. */
import { posix } from "node:path";
import type { FaultParts } from "../../core/faults";
import { fault } from "../../core/faults";
import type { Cursor } from "./cursor";
import { isMapping } from "../../core/mapping";
import type { Parsing, TemplateRules } from "./parsing";
import { lookupsIn, namedFiles, type NamedFile } from "./template/file-names";
import { argumentsOf, boundNames, findCalls } from "./template/references";
import {
  isTemplate,
  splitTemplate,
  TemplateSyntaxError,
  tokenize,
  type Segment,
  type Token,
} from "./template/tokens";
import { findFile } from "./travelling";

/** What is wrong with a text, and where in it. */
interface Finding extends FaultParts {
  /** Offset in the text. */
  readonly at?: number;
}

const OF_COLLECTIONS = "only those of ansible.builtin are there; runner: ansible has collections";
const HEADER = /^#jinja2:[^\n]*/;
const HEADER_SWITCHES =
  /^#jinja2:\s*(?:(?:trim_blocks|lstrip_blocks)\s*:\s*(?:true|false)\s*,?\s*)*$/i;

/** Checks every text of a value; `expression` when the texts are expressions without braces. */
export function checkTemplates(
  parsing: Parsing,
  at: Cursor,
  kind: "template" | "expression" = "template",
): void {
  const { value } = at;
  if (Array.isArray(value)) {
    for (const it of at.items) checkTemplates(parsing, it, kind);
  } else if (isMapping(value)) {
    for (const key of at.keys) checkTemplates(parsing, at.at(key), kind);
  } else if (typeof value === "string" && (kind === "expression" || isTemplate(value))) {
    // Conditions need no braces, but many write them.
    const actual = isTemplate(value) ? "template" : kind;
    for (const { at: _, ...parts } of findings(value, actual, parsing.rules.templates)) {
      parsing.report(at.fault("AS1411", parts));
    }
  }
}

/** Checks a travelling template file, and those that it uses by a fixed name. */
export function checkTemplateFile(
  parsing: Parsing,
  path: string,
  seen: Set<string> = new Set<string>(),
): void {
  if (seen.has(path)) return;
  seen.add(path);
  const content = parsing.files.get(path) ?? "";
  const [header] = HEADER.exec(content) ?? [];
  if (header !== undefined && !HEADER_SWITCHES.test(header)) {
    const position = { file: path, line: 1, column: 1 };
    const hint = "only trim_blocks and lstrip_blocks, with True or False";
    parsing.report(fault("AS1404", "", { given: header, hint, position }));
  }
  // The header is no template, and the lines stay the same.
  const text = content.replace(HEADER, (it) => " ".repeat(it.length));
  const own = findings(text, "template", parsing.rules.templates);
  const used = usedFiles(text).filter((it) => it.kind === "template");
  const missing = used.filter(
    (it) => !it.optional && templateOf(parsing, path, it.name) === undefined,
  );
  const faults = [...own, ...missing.map(missingTemplate)];
  for (const { at = 0, ...parts } of faults) {
    const before = content.slice(0, at).split("\n");
    const position = { file: path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    parsing.report(fault("AS1411", "", { ...parts, position }));
  }
  for (const { name } of used) {
    const found = templateOf(parsing, path, name);
    if (found !== undefined) checkTemplateFile(parsing, found, seen);
  }
}

/** Files that are named by a fixed text; none where the text cannot be split. */
function usedFiles(text: string): (NamedFile & { readonly name: string })[] {
  try {
    return namedFiles(splitTemplate(text)).flatMap((it) =>
      it.name === undefined ? [] : [{ ...it, name: it.name }],
    );
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return [];
    throw error;
  }
}

function missingTemplate({ name, by, at }: NamedFile): Finding {
  const hint = "templates are looked for beside the one that names them, and in templates/";
  return { problem: `\`${by}\` names a template that does not travel`, given: name, hint, at };
}

function templateOf({ files }: Parsing, from: string, name: string): string | undefined {
  const beside = posix.join(posix.dirname(from), name);
  return files.has(beside) ? beside : findFile(files, { from, purpose: "templates", path: name });
}

function findings(text: string, kind: "template" | "expression", rules: TemplateRules): Finding[] {
  let segments: Segment[];
  try {
    segments = kind === "template" ? splitTemplate(text) : [expressionSegment(text)];
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return [{ problem: error.message, at: error.at }];
  }
  const bound = boundNames(segments);
  const named = segments.flatMap((it) => [
    ...checkLookups(it, rules),
    ...checkNames(it, bound, rules),
  ]);
  if (named.length > 0) return named;
  const problem = rules.syntax(text, kind);
  return problem === undefined ? [] : [{ problem, at: offsetOf(text, problem) }];
}

function expressionSegment(source: string): Segment {
  return { kind: "expression", source, at: 0, open: "", close: "", tokens: tokenize(source) };
}

/** A lookup that is named by a fixed text must be one that there is. */
function checkLookups({ tokens }: Segment, rules: TemplateRules): Finding[] {
  return lookupsIn(tokens).flatMap(({ name, token }): Finding[] => {
    if (name === undefined || rules.lookups.includes(name)) return [];
    const refusal = rules.refusedLookups.get(name);
    if (refusal !== undefined) {
      return [{ problem: `the lookup ${name} is refused`, hint: refusal, at: token.at }];
    }
    return [{ problem: "unknown lookup", given: name, allowed: rules.lookups, at: token.at }];
  });
}

function checkNames(
  { tokens }: Segment,
  bound: ReadonlySet<string>,
  rules: TemplateRules,
): Finding[] {
  const tables = { filter: rules.filters, test: rules.tests, function: rules.functions };
  return findCalls(tokens).flatMap(({ kind, token }): Finding[] => {
    const allowed = tables[kind];
    const name = token.text.replace(/^(ansible\.builtin|ansible\.legacy)\./, "");
    if (kind === "function" && bound.has(token.text)) return [];
    if (allowed.includes(name))
      return kind === "filter" ? checkUse(name, token, { tokens, rules }) : [];
    const refusal = (kind === "function" ? rules.refusedFunctions : rules.refused).get(name);
    if (refusal !== undefined) {
      return [{ problem: `the ${kind} ${name} is refused`, hint: refusal, at: token.at }];
    }
    const unknown = { problem: `unknown ${kind}`, given: token.text, at: token.at };
    // A list of all others says nothing of what a collection has.
    return [name.includes(".") ? { ...unknown, hint: OF_COLLECTIONS } : { ...unknown, allowed }];
  });
}

/** A filter that there is, called in a way that cannot be had. */
function checkUse(
  name: string,
  token: Token,
  { tokens, rules }: { readonly tokens: readonly Token[]; readonly rules: TemplateRules },
): Finding[] {
  const refusal = rules.misuse(name, argumentsOf(tokens, token));
  if (refusal === undefined) return [];
  return [{ problem: `the filter ${name} is refused here`, hint: refusal, at: token.at }];
}

/** The engine names a line only. */
function offsetOf(text: string, problem: string): number {
  const line = Number(/\(line (\d+)\)/.exec(problem)?.[1] ?? 1);
  return (
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length + (line > 1 ? 1 : 0)
  );
}
