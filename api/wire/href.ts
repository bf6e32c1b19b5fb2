/** References between objects, and the small fields that several objects share. */
import { z } from "zod";

/** A reference: `{"href": "/projects/<id>"}`, maybe with the object's own fields beside it. */
export const hrefWire = z.object({ href: z.string() });

/** Text that may be absent. */
export const optionalText = z.string().nullish();

/** A list of text that may be absent. */
export const textList = z
  .array(z.string())
  .nullish()
  .transform((it) => it ?? []);

/** The id a reference ends in: the last part of its path, whatever prefix the server writes. */
export function idOfHref(href: string): string {
  const path = href.split(/[?#]/)[0] ?? "";
  return path.split("/").filter(Boolean).at(-1) ?? "";
}
