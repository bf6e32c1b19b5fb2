/** Moves an object's marks on, as it becomes surer that a state has its id. A mark too many is safe. */
import { isApiFault } from "../../api/fault";
import type { CallOptions } from "../../core/bounded";
import { seenTags, toldTags } from "./claim-tags";
import { rescueOptions } from "./rescue";

/** Gives the object these tags. */
export type Retag = (tags: readonly string[], options: CallOptions) => Promise<unknown>;

interface Tagged {
  readonly tags: readonly string[];
}

/**
 * Says that Terraform is about to be told the id: from now on no create takes the object over. Never
 * rejects, since the object is as good without it, and the next refresh says more.
 */
export async function markTold(it: Tagged, retag: Retag, options: CallOptions): Promise<void> {
  const tags = toldTags(it);
  if (tags.length === it.tags.length) return;
  await retag(tags, rescueOptions(options)).catch(() => undefined);
}

/** Says that a refresh found the object in a state. A token that may only read leaves the mark. */
export async function markSeen(it: Tagged, retag: Retag, options: CallOptions): Promise<void> {
  const tags = seenTags(it);
  if (tags.length === it.tags.length) return;
  try {
    await retag(tags, options);
  } catch (error) {
    if (!isApiFault(error)) throw error;
  }
}
