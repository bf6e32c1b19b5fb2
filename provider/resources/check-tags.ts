/** The check of `tags` that all resources share. Pure. */
import { type Fault, fault } from "../../core/faults";
import { Unknown } from "../framework/unknown";
import { isOwnTag } from "./claim-tags";

/** Faults of tags that only the provider may set. */
export function checkTags(tags: readonly (string | Unknown)[] | Unknown | null): Fault[] {
  if (tags === null || tags instanceof Unknown) return [];
  return tags.flatMap((tag, index) =>
    tag instanceof Unknown || !isOwnTag(tag)
      ? []
      : [fault("AS1859", `tags[${index}]`, { given: tag })],
  );
}
