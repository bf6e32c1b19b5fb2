/** A text that may be evaluated, split into what is printed and what is computed. Pure. */
import {
  isTemplate,
  splitTemplate,
  TemplateSyntaxError,
  tokenize,
  type Segment,
} from "../../model/template/tokens";
import type { EvaluatedText } from "./evaluated-text";

/** The segments; none where the text cannot be split. */
export function segmentsOf({ text, kind }: EvaluatedText): Segment[] {
  try {
    // A condition may be written with braces as well.
    if (kind === "template" || isTemplate(text)) return splitTemplate(text);
    const tokens = tokenize(text);
    return [{ kind, source: text, at: 0, open: "", close: "", tokens }];
  } catch (error) {
    // What cannot be split is refused before it is evaluated.
    if (error instanceof TemplateSyntaxError) return [];
    throw error;
  }
}
