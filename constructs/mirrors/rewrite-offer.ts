/** What this package brings for `registries.rewrites` and `registries.images`. Pure. */
import type { ReferenceFault, RewriteOffer } from "../../cluster/catalogue";
import type { RewritesSpec } from "../../cluster";
import { tryArm64Name } from "../../images/references/naming-trap";
import { formatReference, parseReference, type Reference } from "../../images/references/reference";
import {
  checkRewrites,
  REWRITE_BASES,
  type RewriteBase,
  rewriter,
  type RewriteTable,
} from "../../images/references/rewrites";

/** See the header. */
export const REWRITES: RewriteOffer = {
  bases: REWRITE_BASES,
  checkRules: (spec) => checkRewrites(tableOf(spec)),
  checkImage: (image, spec): ReferenceFault | undefined => {
    const parsed = parseReference(image);
    if (parsed.kind === "wrong") return parsed;
    const arm64 = tryArm64Name(replacerOf(spec)(parsed.value));
    if (arm64 === undefined) return undefined;
    return {
      problem: "the name says amd64:",
      hint: `write ${formatReference(arm64)}, or replace it`,
    };
  },
};

/** The function that replaces references, for a cluster's rewrites. */
export function replacerOf(spec: RewritesSpec | undefined): (it: Reference) => Reference {
  return spec === undefined ? (it) => it : rewriter(tableOf(spec));
}

function tableOf({ base, images }: RewritesSpec): RewriteTable {
  return { base: REWRITE_BASES.find((it) => it === base) ?? NO_BASE, images };
}

const NO_BASE: RewriteBase = "none";
