/** What this package brings for cluster files to name: image families and deployments. Data only. */
import type { Catalogue, ImageOffer } from "../cluster";
import { etcdRules } from "../cluster/deployments/etcd";
import { KERNEL_VARIANTS } from "../core/names";
import { IMAGE_FAMILIES } from "../images/families";
import type { ImageFamily } from "../images/family";
import { REWRITES } from "./mirrors/rewrite-offer";

const [first, ...others] = IMAGE_FAMILIES;

/** See the header. */
export const CATALOGUE: Catalogue = {
  images: [offerOf(first), ...others.map(offerOf)],
  deployments: [etcdRules],
  rewrites: REWRITES,
};

function offerOf({ name, releases }: ImageFamily): ImageOffer {
  return {
    family: name,
    releases: new Map(
      releases.map(({ release, operatingSystems }) => [
        release,
        KERNEL_VARIANTS.filter((it) => operatingSystems[it] !== undefined),
      ]),
    ),
  };
}
