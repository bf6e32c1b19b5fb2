/**
 * Text that statements wrote and that reads as a list, a mapping or a truth of Python: Ansible takes it for that
 * value, and many playbooks build lists in this way. Pure.
 */
import { tokenize, TemplateSyntaxError } from "../../model/template/tokens";
import { isKey, keyName } from "../../model/mapping-keys";
import { TemplateFailure } from "./failure";
import type { Expr } from "./jinja/ast";
import { parseWholeExpression } from "./jinja/parse-template";
import { signed } from "./jinja/operators";
import { toData } from "./values";

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["null", null],
  ["true", true],
  ["false", false],
]);
const MAX_LENGTH = 1_000_000;

/** The value, or the text itself when it is no literal. */
export function readLiteral(text: string): unknown {
  if (text === "True" || text === "False") return text === "True";
  if (!/^[[{]/.test(text) || text.length > MAX_LENGTH) return text;
  try {
    // Python knows fewer words than templates do, and so do literals.
    if (tokenize(text).some((it) => it.kind === "name" && !isWord(it.text))) return text;
    return toData(valueOf(parseWholeExpression(text, true)));
  } catch (error) {
    if (error instanceof TemplateFailure || error instanceof TemplateSyntaxError) return text;
    if (error instanceof RangeError) return text;
    throw error;
  }
}

function isWord(word: string): boolean {
  return WORDS.has(word) || ["None", "True", "False"].includes(word);
}

function valueOf(expr: Expr): unknown {
  switch (expr.type) {
    case "const":
      return expr.value;
    case "name":
      return WORDS.get(expr.name);
    case "list":
    case "tuple":
      return expr.items.map(valueOf);
    case "dict":
      return Object.fromEntries(
        expr.entries.map(([key, it]) => [literalKey(valueOf(key)), valueOf(it)]),
      );
    case "negative":
    case "positive":
      return signed(expr.type, valueOf(expr.of));
    default:
      throw new TemplateFailure("other", "no literal");
  }
}

function literalKey(key: unknown): string {
  if (isKey(key)) return keyName(key);
  throw new TemplateFailure("other", "no literal");
}
