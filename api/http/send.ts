/** One request, one answer: no retry. Redirects are not followed, since they would carry the token to another server. */
import { types } from "node:util";
import { onAbort } from "../../core/on-abort";
import type { Secret } from "../../core/secret";
import type { Answer } from "./answer";
import { readAnswer } from "./answer";

const { isNativeError } = types;

/** Methods of the API. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What sending needs. */
export interface SendContext {
  readonly fetch: typeof globalThis.fetch;
  readonly token: Secret;
  readonly userAgent: string;
  /** Milliseconds after which one request counts as lost. */
  readonly requestTimeoutMs: number;
}

/** One request. */
export interface Sending {
  readonly method: Method;
  readonly url: URL;
  readonly body: unknown;
  readonly signal: AbortSignal | undefined;
}

/** What became of the request. */
export type Sent =
  | { readonly kind: "answer"; readonly answer: Answer }
  /** The connection was never made: nothing can have happened. */
  | { readonly kind: "unsent"; readonly cause: Error }
  /** Sent, at least in part, and no whole answer came. */
  | { readonly kind: "lost"; readonly cause: Error };

/** Sends one request. The signal is not aborted yet; the caller tells a later abort by it. */
export async function send(context: SendContext, sending: Sending): Promise<Sent> {
  const { method, url, body, signal } = sending;
  const attempt = new AbortController();
  const timer = setTimeout(() => {
    attempt.abort(new Error(`no answer within ${context.requestTimeoutMs / 1_000} s`));
  }, context.requestTimeoutMs);
  const stopListening = onAbort(signal, () => {
    attempt.abort(signal?.reason);
  });
  try {
    const response = await context.fetch(url, {
      method,
      redirect: "manual",
      headers: headersOf(context, body),
      body: body === undefined ? null : JSON.stringify(body),
      signal: attempt.signal,
    });
    return { kind: "answer", answer: await readAnswer(response) };
  } catch (error) {
    const cause = isNativeError(error) ? error : new Error(String(error));
    return { kind: wasNeverSent(cause) ? "unsent" : "lost", cause };
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}

function headersOf({ token, userAgent }: SendContext, body: unknown): Record<string, string> {
  return {
    accept: "application/json",
    "user-agent": userAgent,
    "x-auth-token": token.reveal(),
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
}

const BEFORE_SENDING: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** fetch hides the system's error one or two causes deep. */
function wasNeverSent(error: Error): boolean {
  return chainOf(error).some((it) => "code" in it && BEFORE_SENDING.has(it.code));
}

/** The innermost reason in words: `connect ECONNREFUSED 127.0.0.1:7117` rather than `fetch failed`. */
export function describeCause(error: Error): string {
  const chain = chainOf(error).reverse();
  return chain.find((it) => it.message !== "")?.message ?? error.name;
}

/** An error and its causes, outermost first; of several at once the first. */
function chainOf(error: Error): Error[] {
  const chain: Error[] = [];
  for (let it: unknown = error; isNativeError(it) && !chain.includes(it);) {
    chain.push(it);
    it = "errors" in it && Array.isArray(it.errors) ? (it.errors[0] as unknown) : it.cause;
  }
  return chain;
}
