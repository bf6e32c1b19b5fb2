/** Why a template could not be rendered. The runner turns it into a task's failure. */

/** A template's failure; `undefined` ones are what `is defined` and `default` forgive. */
export class TemplateFailure extends Error {
  override readonly name = "TemplateFailure";
  readonly kind: "undefined" | "syntax" | "other";

  /**
   * @param kind - what went wrong
   * @param problem - one clause, lower case, no full stop
   */
  constructor(kind: "undefined" | "syntax" | "other", problem: string) {
    super(problem);
    this.kind = kind;
  }
}
