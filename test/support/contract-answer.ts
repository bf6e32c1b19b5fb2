/** One answer of the API, read to its end, with the few questions that the exam asks of it. */
import { z } from "zod";

/** A request as it was sent. */
export interface SentRequest {
  readonly method: string;
  /** Without the base's prefix, with the query. */
  readonly path: string;
}

const errorBody = z.looseObject({ errors: z.array(z.string()).optional() });

/** See the module's header. */
export class Answer {
  /** The body as JSON; undefined when there is none, or when it is something else. */
  readonly json: unknown;

  constructor(
    readonly request: SentRequest,
    readonly status: number,
    readonly headers: Headers,
    readonly text: string,
  ) {
    this.json = tryParse(text);
  }

  /** Insists on a status. @throws Error with the request and the whole answer */
  is(...allowed: readonly number[]): this {
    if (allowed.includes(this.status)) return this;
    throw new Error(`${this.toString()}\nexpected: ${allowed.join(" or ")}`);
  }

  /** The body, checked for what the exam reads. @throws Error with the request and the fault */
  as<T>(schema: z.ZodType<T>): T {
    const read = schema.safeParse(this.json);
    if (read.success) return read.data;
    throw new Error(`${this.toString()}\nunreadable: ${z.prettifyError(read.error)}`);
  }

  /** The strings of `errors`; none when the answer is no such error. */
  get errors(): readonly string[] {
    return errorBody.safeParse(this.json).data?.errors ?? [];
  }

  /** For messages. */
  toString(): string {
    const { method, path } = this.request;
    return `${method} ${path} → ${this.status} ${this.text.slice(0, 600)}`;
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
