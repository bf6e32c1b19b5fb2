/** A text that may be evaluated. */

/** See the file's header. */
export interface EvaluatedText {
  readonly text: string;
  readonly kind: "template" | "expression";
  /** The loop variable, and the template or list it runs through. */
  readonly loop?: { readonly name: string; readonly items: unknown };
}
