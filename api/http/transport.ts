/**
 * Requests with retries. What is safe to repeat is repeated; a create or an action is repeated only when
 * it certainly never took effect, and otherwise reported as lost (AS2003) for the caller to look up.
 */
import type { CallOptions, Sleep } from "../../core/bounded";
import { Lanes } from "../../core/lanes";
import { backoffMs } from "../../core/retry";
import { redactor } from "../../core/secret";
import { ApiFault } from "../fault";
import { type Answer, messagesOf } from "./answer";
import { type Query, requestUrl } from "./base-url";
import { codeOf, isPassing, mayHaveWorked } from "./classify";
import { describeCause, type Method, send, type SendContext, type Sent } from "./send";

/** One call of the API. */
export interface ApiRequest {
  readonly method: Method;
  /** Segments, not escaped yet. */
  readonly path: readonly string[];
  readonly query?: Query;
  readonly body?: unknown;
  /** Whether a repeat does no harm. @default - true for all but POST */
  readonly repeatable?: boolean;
}

/** Writes an event for whoever debugs; never a secret. */
export type ApiLog = (event: string, fields: Readonly<Record<string, unknown>>) => void;

/** What the transport is made of. */
export interface TransportContext extends SendContext {
  readonly endpoint: string;
  readonly sleep: Sleep;
  /** Gives 0 to 1. */
  readonly random: () => number;
  readonly maxRetries: number;
  readonly maxParallelRequests: number;
  readonly log?: ApiLog | undefined;
}

/** Makes one call, retries included, and gives its successful answer. @throws ApiFault */
export type Transport = (request: ApiRequest, options: CallOptions) => Promise<Answer>;

/** Whether to go on after an attempt that gave no success. */
interface Verdict {
  readonly again: boolean;
  readonly waitMs?: number | undefined;
  readonly fault: ApiFault;
}

/** Makes a {@link Transport}. */
export function createTransport(context: TransportContext): Transport {
  const lanes = new Lanes(context.maxParallelRequests);
  const redact = redactor([context.token]);

  return async (request, { signal }) => {
    const url = requestUrl(context.endpoint, request.path, request.query);
    const { method, body } = request;
    for (let attempt = 0; ; attempt += 1) {
      const sent = await lanes.run(() => send(context, { method, url, body, signal }), { signal });
      if (sent.kind === "answer" && isSuccess(sent.answer)) return sent.answer;
      if (signal?.aborted && isRepeatable(request)) signal.throwIfAborted();
      const name = `${method} /${request.path.join("/")}`;
      const { again, waitMs, fault } = judge(request, sent, { name, attempt, redact, signal });
      context.log?.("api.attempt_failed", { request: name, attempt, fault: fault.message });
      if (!again || attempt >= context.maxRetries) throw fault;
      await context.sleep(waitMs ?? backoffMs(attempt, context.random), { signal });
    }
  };
}

function isSuccess({ status, foreign }: Answer): boolean {
  return 200 <= status && status < 300 && foreign === undefined;
}

function isRepeatable({ method, repeatable }: ApiRequest): boolean {
  return repeatable ?? method !== "POST";
}

interface Attempt {
  readonly name: string;
  readonly attempt: number;
  readonly redact: (text: string) => string;
  readonly signal: AbortSignal | undefined;
}

function judge(request: ApiRequest, sent: Sent, attempt: Attempt): Verdict {
  return sent.kind === "answer"
    ? judgeAnswer(request, sent.answer, attempt)
    : judgeSilence(request, sent, attempt);
}

function judgeSilence(
  request: ApiRequest,
  { kind, cause }: Exclude<Sent, { kind: "answer" }>,
  { name, attempt, redact, signal }: Attempt,
): Verdict {
  const repeatable = isRepeatable(request);
  const stopped = signal?.aborted === true;
  // A request that was cut off by its own caller may have been sent, whatever the error looks like.
  const safe = repeatable || (kind === "unsent" && !stopped);
  const problem = `${name}: ${redact(stopped ? "stopped while waiting for the answer" : describeCause(cause))}`;
  const fault = new ApiFault(
    safe ? "AS2001" : "AS2003",
    {},
    { problem, ...times(attempt) },
    { cause },
  );
  return { again: safe, fault };
}

function judgeAnswer(request: ApiRequest, answer: Answer, it: Attempt): Verdict {
  const messages = messagesOf(answer.body).map(it.redact);
  const meant = codeOf(answer, messages);
  const repeatable = isRepeatable(request);
  const lost = !repeatable && mayHaveWorked(answer, meant);
  const words = messages.length === 0 ? wordsFor(answer) : messages.join("; ");
  const id = answer.requestId === undefined ? "" : ` (request id ${answer.requestId})`;
  const facts = { status: answer.status, requestId: answer.requestId, messages };
  const parts = { problem: `${it.name}: ${answer.status}: ${words}${id}`, ...times(it.attempt) };
  const passing = isPassing(answer, meant) && !lost;
  return {
    again: passing,
    waitMs: answer.retryAfterMs,
    fault: new ApiFault(lost ? "AS2003" : meant, facts, parts),
  };
}

function wordsFor({ foreign }: Answer): string {
  return foreign === undefined ? "no reason given" : `not an answer of the API: ${foreign}`;
}

function times(attempt: number): { readonly tried?: readonly string[] } {
  return attempt === 0 ? {} : { tried: [`${attempt + 1} times`] };
}
