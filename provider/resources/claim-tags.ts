/**
 * Tags by which a create finds what an earlier, interrupted create has made, and by which a claim
 * finds all that belongs to it. Users never see them in `tags`. Pure.
 *
 * What an object carries says how sure it is that some state has its id (ADR 2):
 * - claim, name and apply: its creation is under way, or was cut off. No state has it.
 * - claim and name: Terraform was told the id. Whether it could write it down is not known.
 * - claim alone: a refresh came from a state that has the id.
 */

/** Begins the tag that names the claim. */
export const CLAIM_TAG = "armstead-claim:";
/** Begins the tag that names an object within its claim which no refresh has seen yet. */
export const NAME_TAG = "armstead-name:";
/** Begins the random tag of a single create. */
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

/** The tag of all objects under a claim; none without a claim. */
export function claimTags(claimId: string | null): string[] {
  return claimId === null ? [] : [`${CLAIM_TAG}${claimId}`];
}

/** Tags by which a create finds what an earlier one of the same name has left; none without a claim. */
export function leftTags(claimId: string | null, name: string): string[] {
  return claimId === null ? [] : [...claimTags(claimId), `${NAME_TAG}${name}`];
}

/** The tag of a single create. @param nonce - random */
export function applyTag(nonce: string): string {
  return `${APPLY_TAG}${nonce}`;
}

interface Tagged {
  readonly tags: readonly string[];
}

/** The tags of the creates that are, or were, at an object. */
export function applyTags({ tags }: Tagged): string[] {
  return tags.filter((it) => it.startsWith(APPLY_TAG));
}

/** Whether the creation of an object never came to its end. */
export function isUnderWay(it: Tagged): boolean {
  return applyTags(it).length > 0;
}

/** Whether a refresh found an object of a claim in a state. */
export function isSeen({ tags }: Tagged): boolean {
  return claimOf(tags) !== null && !tags.some(isMark);
}

/** The tags once Terraform is told the id. An object without a claim keeps what nobody looks for again. */
export function toldTags({ tags }: Tagged): readonly string[] {
  return claimOf(tags) === null ? tags : tags.filter((it) => !it.startsWith(APPLY_TAG));
}

/** The tags once a refresh has found the object in a state. */
export function seenTags({ tags }: Tagged): readonly string[] {
  return claimOf(tags) === null ? tags : tags.filter((it) => !isMark(it));
}

function isMark(tag: string): boolean {
  return tag.startsWith(NAME_TAG) || tag.startsWith(APPLY_TAG);
}

/** Whether an object carries all of these tags. */
export function carries(it: Tagged, tags: readonly string[]): boolean {
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
