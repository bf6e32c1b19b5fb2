/** What cluster files may name: image families, and deployments of this package and others. Pure. */
import type { Catalogue, ImageOffer, Installer, ReleaseOffer } from "../cluster";
import { fault, type Fault, throwIfAny } from "../core/faults";
import { IMAGE_FAMILIES, kernelsOf } from "../images/families";
import type { ImageFamily, ImageRelease, KernelOffer } from "../images/family";
import type { AnyDeploymentKind } from "./deployment-kind";
import { DEPLOYMENT_KINDS } from "./deployment-kinds";
import { REWRITES } from "./mirrors/rewrite-offer";

const [firstImage, ...otherImages] = IMAGE_FAMILIES;
const [firstKind, ...otherKinds] = DEPLOYMENT_KINDS;

/** What this package brings. */
export const CATALOGUE: Catalogue = {
  images: [offerOf(firstImage), ...otherImages.map(offerOf)],
  deployments: [firstKind.rules, ...otherKinds.map(({ rules }) => rules)],
  rewrites: REWRITES,
};

/**
 * The catalogue with kinds of deployments from elsewhere.
 * @param kinds - none of them may have the name of another
 * @throws UserFault AS1607
 */
export function catalogueWith(kinds: readonly AnyDeploymentKind[]): Catalogue {
  const all = [...DEPLOYMENT_KINDS, ...kinds].map(({ rules }) => rules);
  const names = all.map(({ kind }) => kind);
  const twice = names.filter((name, n) => names.indexOf(name) < n);
  throwIfAny(twice.map((given): Fault => fault("AS1607", "deployments", { given })));
  const [first, ...others] = all;
  return first ? { ...CATALOGUE, deployments: [first, ...others] } : CATALOGUE;
}

function offerOf({
  name,
  machines,
  reachedBy,
  kernelArguments,
  releases,
}: ImageFamily): ImageOffer {
  const inLab = machines.some((it) => it !== "metal");
  return {
    family: name,
    isReachedBySsh: reachedBy === "ssh",
    kernelArguments,
    releases: new Map(releases.map((it) => [it.release, releaseOffer(it, inLab)])),
  };
}

function releaseOffer(release: ImageRelease, inLab: boolean): ReleaseOffer {
  return new Map(kernelsOf(release).map(([kernel, offer]) => [kernel, installerOf(offer, inLab)]));
}

function installerOf({ operatingSystem, labOnly }: KernelOffer, inLab: boolean): Installer {
  if (operatingSystem === undefined) return "script";
  if (labOnly === true) return "lab";
  return inLab ? "api" : "metal";
}
