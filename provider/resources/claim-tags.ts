/**
 * Tags by which a create finds what an earlier, interrupted create has made, and by which a claim
 * finds all that belongs to it. Users never see them in `tags`. Pure.
 */

/** Begins the tag that names the claim. */
export const CLAIM_TAG = "armstead-claim:";
/** Begins the tag that names the object within its claim. */
export const NAME_TAG = "armstead-name:";
/** Begins the tag of a single create without a claim. */
export const APPLY_TAG = "armstead-apply:";

const PREFIXES = [CLAIM_TAG, NAME_TAG, APPLY_TAG];

/** Whether a tag is one of ours. */
export function isOwnTag(tag: string): boolean {
  return PREFIXES.some((it) => tag.startsWith(it));
}

/** The tags that a user gave. */
export function userTags(tags: readonly string[]): string[] {
  return tags.filter((it) => !isOwnTag(it));
}

/** The claim's id that an object carries. */
export function claimOf(tags: readonly string[]): string | null {
  return tags.find((it) => it.startsWith(CLAIM_TAG))?.slice(CLAIM_TAG.length) ?? null;
}

/** Our tags of an object under a claim; none without a claim. */
export function claimTags(claimId: string | null, name: string): string[] {
  return claimId === null ? [] : [`${CLAIM_TAG}${claimId}`, `${NAME_TAG}${name}`];
}

/** Whether an object carries all of these tags. */
export function carries(
  it: { readonly tags: readonly string[] },
  tags: readonly string[],
): boolean {
  return tags.every((tag) => it.tags.includes(tag));
}

/**
 * What `tags` reads as: what the user never set is never shown, so that tags of others are no drift.
 * @param before - from state or plan
 */
export function shownTags(
  before: readonly string[] | null,
  tags: readonly string[],
): readonly string[] | null {
  return before === null ? null : userTags(tags);
}

/** What `tags` is after an import: no tag reads as unset. */
export function importedTags(tags: readonly string[]): readonly string[] | null {
  const found = userTags(tags);
  return found.length === 0 ? null : found;
}
