/**
 * Whether a change must replace an object because it leaves its claim. Terraform destroys a claim before it
 * updates what was under it, so that an update in place would come to an object that is gone. Pure.
 */
import type { MaybeUnknown } from "../framework/resource";

interface Claimed {
  readonly claim_id: MaybeUnknown<string | null>;
}

/** An object under no claim comes under one in place. */
export function leavesClaim(
  planned: Claimed,
  prior: { readonly claim_id: string | null },
): boolean {
  return prior.claim_id !== null && planned.claim_id !== prior.claim_id;
}
