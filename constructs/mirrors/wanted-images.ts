/** Container images that a cluster names, and what takes their place. Pure. */
import type { RewritesSpec } from "../../cluster";
import { formatReference, parseReference, type Reference } from "../../images/references/reference";
import { replacerOf } from "./rewrite-offer";

/** See the header. */
export interface WantedImages {
  /** Each as named, and what takes its place, in the order in which they were named. */
  readonly named: readonly { readonly old: Reference; readonly image: Reference }[];
  /** What takes their places: each once, sorted by name. */
  readonly images: readonly Reference[];
}

/**
 * See the header.
 * @param texts - references; what is none is left out, as a rule of its own tells of it
 * @param rewrites - replacements; undefined: none
 */
export function wantedImages(
  texts: readonly string[],
  rewrites: RewritesSpec | undefined,
): WantedImages {
  const replace = replacerOf(rewrites);
  const named = texts.flatMap((text) => {
    const parsed = parseReference(text);
    return parsed.kind === "parsed" ? [{ old: parsed.value, image: replace(parsed.value) }] : [];
  });
  const unique = new Map(named.map(({ image }) => [formatReference(image), image]));
  const images = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
  return { named, images };
}
