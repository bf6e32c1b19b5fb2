/** Checks templates and expressions wherever a user may write them: grammar, and names of filters, tests and functions. */
import type { FaultParts } from "../../core/faults";
import { fault } from "../../core/faults";
import type { Cursor } from "./cursor";
import { isMapping } from "../../core/mapping";
import type { Parsing, TemplateRules } from "./parsing";
import { boundNames, findCalls } from "./template/references";
import {
  isTemplate,
  splitTemplate,
  TemplateSyntaxError,
  tokenize,
  type Segment,
} from "./template/tokens";

/** What is wrong with a text, and where in it. */
interface Finding extends FaultParts {
  /** Offset in the text. */
  readonly at?: number;
}

const REFUSED_STATEMENTS = new Set(["include", "import", "from", "extends", "block"]);

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

/** Checks a travelling template file. */
export function checkTemplateFile(parsing: Parsing, path: string): void {
  const content = parsing.files.get(path) ?? "";
  if (content.startsWith("#jinja2:")) {
    const position = { file: path, line: 1, column: 1 };
    const hint = "the settings are Ansible's own: trim_blocks on, lstrip_blocks off";
    parsing.report(fault("AS1404", "", { given: "#jinja2:", hint, position }));
  }
  for (const { at = 0, ...parts } of findings(content, "template", parsing.rules.templates)) {
    const before = content.slice(0, at).split("\n");
    const position = { file: path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    parsing.report(fault("AS1411", "", { ...parts, position }));
  }
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
  const named = segments.flatMap((it) => [...checkStatement(it), ...checkNames(it, bound, rules)]);
  if (named.length > 0) return named;
  const problem = rules.syntax(text, kind);
  return problem === undefined ? [] : [{ problem, at: offsetOf(text, problem) }];
}

function expressionSegment(source: string): Segment {
  return { kind: "expression", source, at: 0, open: "", close: "", tokens: tokenize(source) };
}

function checkStatement({ kind, tokens }: Segment): Finding[] {
  const [first] = tokens;
  if (kind !== "statement" || !first || !REFUSED_STATEMENTS.has(first.text)) return [];
  const hint = "write everything into one template";
  return [{ problem: `\`{% ${first.text} %}\` is not supported`, hint, at: first.at }];
}

function checkNames(
  { tokens }: Segment,
  bound: ReadonlySet<string>,
  rules: TemplateRules,
): Finding[] {
  const tables = { filter: rules.filters, test: rules.tests, function: rules.functions };
  return findCalls(tokens).flatMap(({ kind, token }) => {
    const allowed = tables[kind];
    if (allowed.includes(token.text.replace(/^(ansible\.builtin|ansible\.legacy)\./, "")))
      return [];
    if (kind === "function" && bound.has(token.text)) return [];
    return [{ problem: `unknown ${kind}`, given: token.text, allowed, at: token.at }];
  });
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
