/** Bodies of requests: checked by zod, refused in the API's shape, one text a field. */
import { z } from "zod";
import { invalid } from "./api-error";

/**
 * @param schema - what is expected; unknown fields are ignored
 * @param body - as parsed from JSON; none counts as empty
 * @throws ApiError 422 naming every wrong field
 */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw invalid(...read.error.issues.map(describe));
}

function describe(issue: z.core.$ZodIssue): string {
  const field = issue.path.map(String).join(".") || "body";
  const missing = issue.code === "invalid_type" && issue.input === undefined;
  return missing ? `${field} can't be blank` : `${field} is invalid: ${issue.message}`;
}

/** Tags of an object. */
export const tagsSchema = z.array(z.string());
