/** An HTTP answer, read whole and looked at: is it the API's own, and what does it complain about? */
import { z } from "zod";

/** An answer of whoever listens at the endpoint. */
export interface Answer {
  readonly status: number;
  /** `X-Request-Id`; the API sends it with every answer. */
  readonly requestId: string | undefined;
  /** Milliseconds the server asks to wait, from `Retry-After`. */
  readonly retryAfterMs: number | undefined;
  /** Parsed JSON; undefined when the body is empty. */
  readonly body: unknown;
  /** Why this cannot be the API's own answer; undefined when it can. */
  readonly foreign: string | undefined;
}

const LONGEST_RETRY_AFTER_MS = 600_000;
const errorWire = z.object({
  error: z.string().optional().catch(undefined),
  errors: z
    .union([z.array(z.unknown()), z.string()])
    .optional()
    .catch(undefined),
});

/** Reads an answer to its end. */
export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const parsed = parse(text, response.headers.get("content-type") ?? "");
  const foreign = requestId === undefined ? "no X-Request-Id" : parsed.foreign;
  return {
    status: response.status,
    requestId,
    retryAfterMs: retryAfterMs(response.headers),
    body: parsed.body,
    // A success without the header still counts as the API's when its body is JSON: small servers forget it.
    foreign: response.ok ? parsed.foreign : (parsed.foreign ?? foreign),
  };
}

/** The API's own words: from `error` and from `errors`, whichever is there. */
export function messagesOf(body: unknown): string[] {
  const read = errorWire.safeParse(body);
  if (!read.success) return [];
  const { error, errors } = read.data;
  const many = typeof errors === "string" ? [errors] : (errors ?? []);
  return [...(error === undefined ? [] : [error]), ...many.map(wording)].filter((it) => it !== "");
}

function wording(it: unknown): string {
  return typeof it === "string" ? it : JSON.stringify(it);
}

function parse(text: string, type: string): Pick<Answer, "body" | "foreign"> {
  if (text === "") return { body: undefined, foreign: undefined };
  const kind = type.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/([\w.+-]+\+)?json$/.test(kind)) {
    return { body: undefined, foreign: `content type ${kind === "" ? "missing" : kind}` };
  }
  try {
    return { body: JSON.parse(text) as unknown, foreign: undefined };
  } catch {
    return { body: undefined, foreign: "a body that is cut off or not JSON" };
  }
}

/** Seconds, or a date that is taken relative to the server's own clock. */
function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const wait = /^\d+$/.test(value.trim())
    ? Number(value) * 1_000
    : Date.parse(value) - Date.parse(headers.get("date") ?? "");
  return Number.isFinite(wait) ? Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, wait)) : undefined;
}
