/** Texts that are never templated: the tag `!unsafe`. They become templates that give the text itself. Pure. */
import { isMapping } from "../../core/mapping";
import { isTemplate } from "./template/tokens";

/** A text that holds no template, whatever it looks like. */
export class UnsafeText {
  /** @param text - as it is */
  constructor(readonly text: string) {}

  /** What it is where nothing is templated. */
  toJSON(): string {
    return this.text;
  }
}

/** A backslash by itself: in front of a quote it would be an escape. */
const BACKSLASH = "'\\ '[0]";

/** A template whose value is the text. */
export function asTemplate(text: string): string {
  if (!isTemplate(text)) return text;
  const pieces = text.match(/'+|\\|[^'\\]+/g) ?? [];
  const literals = pieces.map((it) => {
    if (it === "\\") return BACKSLASH;
    return it.startsWith("'") ? `"${it}"` : `'${it}'`;
  });
  return `{{ ${literals.join(" ~ ")} }}`;
}

/** The same for every text in a value. */
export function asTemplates(value: unknown): unknown {
  if (typeof value === "string") return asTemplate(value);
  if (Array.isArray(value)) return value.map(asTemplates);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, asTemplates(it)]));
}
