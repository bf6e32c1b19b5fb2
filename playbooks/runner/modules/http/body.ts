/** Bodies of requests in the formats that Ansible knows. Pure. */
import { keyText } from "../../../model/mapping-keys";
import { writeJson } from "../args/python-json";
import { TaskFailure } from "../task-failure";

/** How a body is written. */
export type BodyFormat = "raw" | "json" | "form-urlencoded";

/** A body, and the type that it has unless a header says otherwise. */
export interface EncodedBody {
  readonly body?: Buffer;
  readonly contentType?: string;
}

/** @throws TaskFailure for what cannot be a form */
export function encodeBody(body: unknown, format: BodyFormat): EncodedBody {
  if (format === "raw") {
    return body === undefined || body === null ? {} : { body: Buffer.from(asText(body)) };
  }
  if (format === "json") {
    const contentType = "application/json";
    if (body === undefined) return { contentType };
    return { contentType, body: Buffer.from(typeof body === "string" ? body : jsonOf(body)) };
  }
  const contentType = "application/x-www-form-urlencoded";
  if (body === undefined || body === null) return { contentType };
  return { contentType, body: Buffer.from(typeof body === "string" ? body : formOf(body)) };
}

/** As Python writes it, so that servers which compare texts see the same: other signs than ASCII escaped. */
function jsonOf(value: unknown): string {
  return writeJson(value).replaceAll(
    /[\u007f-\uffff]/g,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function formOf(value: unknown): string {
  const pairs: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === "object" && value !== null
      ? Object.entries(value).map(([key, it]: [string, unknown]) => [keyText(key), it])
      : [value];
  return pairs
    .flatMap((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw new TaskFailure(
          "failed to parse body as form_urlencoded: expected a mapping, or a list of pairs",
        );
      }
      const [key, given] = pair as [unknown, unknown];
      const values: readonly unknown[] = Array.isArray(given) ? given : [given];
      return values
        .filter((it) => it !== null && it !== undefined)
        .map((it) => `${quotePlus(asText(key))}=${quotePlus(asText(it))}`);
    })
    .join("&");
}

function quotePlus(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  return writeJson(value);
}
