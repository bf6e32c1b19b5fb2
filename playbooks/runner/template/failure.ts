/** Why a template could not be rendered. The runner turns it into a task's failure. */

/** What went wrong. */
export type FailureKind = "undefined" | "withheld" | "syntax" | "other";

/**
 * A template's failure; `undefined` ones are what `is defined` and `default` forgive. `withheld` ones are
 * forgiven by nothing: the value exists, but not in this run.
 */
export class TemplateFailure extends Error {
  override readonly name = "TemplateFailure";
  readonly kind: FailureKind;

  /**
   * @param kind - what went wrong
   * @param problem - one clause, lower case, no full stop
   */
  constructor(kind: FailureKind, problem: string) {
    super(problem);
    this.kind = kind;
  }
}
