/**
 * What every answer of the API must keep to, whatever was asked (contract section 1). The items
 * C-002, C-003, C-009 and C-011 are asked one by one as well; here nothing slips past them.
 */
import { z } from "zod";
import type { Answer } from "./contract-answer";

/** Times as the API writes them: UTC, whole seconds (C-011). */
export const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** A UUID of any version. */
export const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
/** The one content type of bodies (C-003). */
export const JSON_TYPE = "application/json; charset=utf-8";

/** A value somewhere in a body. */
export interface Leaf {
  /** Key that it stands under, or index. */
  readonly key: string;
  /** Such as `/devices/0/id`. */
  readonly at: string;
  readonly value: unknown;
}

/** Every value of a body, objects included, from the outside in. */
export function* walk(value: unknown, at = "", key = ""): Generator<Leaf> {
  yield { key, at, value };
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* walk(inner, `${at}/${name}`, name);
}

/** The hrefs of a body. */
export function hrefsOf(body: unknown): string[] {
  return [...walk(body)].flatMap(({ key, value }) =>
    key === "href" && typeof value === "string" ? [value] : [],
  );
}

/** The times of a body, with where they stand. */
export function timesOf(body: unknown): Leaf[] {
  return [...walk(body)].filter(
    ({ key, at, value }) =>
      (key.endsWith("_at") || key === "termination_time") &&
      typeof value === "string" &&
      !at.includes("/customdata/"),
  );
}

const oneError = z.strictObject({ error: z.string().regex(/Invalid/) });
const manyErrors = z.strictObject({ errors: z.array(z.string().min(1)).min(1) });

/** @returns the rules that an answer breaks, each with its number */
export function brokenRules(answer: Answer): string[] {
  return [...brokenHeaders(answer), ...brokenError(answer), ...brokenBody(answer)];
}

function brokenHeaders({ headers, text }: Answer): string[] {
  const faults: string[] = [];
  if (!UUID.test(headers.get("x-request-id") ?? "")) faults.push("C-003 no UUID in X-Request-Id");
  if (text !== "" && headers.get("content-type") !== JSON_TYPE)
    faults.push(`C-003 content type ${headers.get("content-type") ?? "missing"}`);
  return faults;
}

function brokenError({ status, json }: Answer): string[] {
  if (status < 400) return [];
  const shape = status === 401 ? oneError : manyErrors;
  return shape.safeParse(json).success ? [] : [`C-002 the body of ${status} is no error body`];
}

function brokenBody({ json }: Answer): string[] {
  const times = timesOf(json)
    .filter(({ value }) => !TIMESTAMP.test(String(value)))
    .map(({ at, value }) => `C-011 ${at} is ${String(value)}`);
  const hrefs = hrefsOf(json)
    .filter((it) => !/^[/#]/.test(it) || it.startsWith("/metal/"))
    .map((it) => `C-009 href ${it}`);
  return [...times, ...hrefs];
}
