/** Faults of the API with what callers decide by: code, status, request id and the API's own words. */
import { OuterFault, type OuterCode, type OuterParts } from "../core/faults";

/** What the answer said; all empty when there was none. */
export interface AnswerFacts {
  /** HTTP status; undefined when no answer came. */
  readonly status?: number | undefined;
  /** `X-Request-Id` of the answer. */
  readonly requestId?: string | undefined;
  /** One text a fault, as the API worded it. */
  readonly messages?: readonly string[];
}

/** A fault that the API, or the way to it, answered with. */
export class ApiFault extends OuterFault {
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** What the service's support asks for. */
  readonly requestId: string | undefined;
  /** The API's own words. */
  readonly messages: readonly string[];

  /**
   * @param code - its code
   * @param facts - what the answer said
   * @param parts - what failed and what was tried
   * @param options - the cause, kept
   */
  constructor(code: OuterCode, facts: AnswerFacts, parts: OuterParts = {}, options?: ErrorOptions) {
    super(code, parts, options);
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.messages = facts.messages ?? [];
  }
}

/** Whether an error is an API fault, of one of the codes if any are given. */
export function isApiFault(error: unknown, ...codes: readonly OuterCode[]): error is ApiFault {
  return error instanceof ApiFault && (codes.length === 0 || codes.includes(error.code));
}
