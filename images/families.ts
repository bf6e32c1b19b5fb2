/** Every image family that clusters can be made of. Data only; a family is a file of its own. */
import type { KernelVariantName } from "../core/names";
import { COREOS } from "./coreos/family";
import { DEBIAN } from "./debian";
import { DOCKER_HOST } from "./docker-host/family";
import type { ImageFamily, ImageRelease, KernelOffer } from "./family";
import { FLATCAR } from "./flatcar/family";
import { LINUXKIT } from "./linuxkit/family";
import { STARLINGX } from "./starlingx/family";

/** A system that the API can install, taken apart. */
export interface InstalledSystem {
  readonly family: string;
  readonly release: string;
  readonly kernel: KernelVariantName;
}

/** All families; the first one is the default. */
export const IMAGE_FAMILIES: readonly [ImageFamily, ...ImageFamily[]] = [
  DEBIAN,
  LINUXKIT,
  DOCKER_HOST,
  FLATCAR,
  COREOS,
  STARLINGX,
];

/** A family by its name. */
export function findFamily(name: string): ImageFamily | undefined {
  return IMAGE_FAMILIES.find((it) => it.name === name);
}

/** Kernels of a release, in the order of the words. */
export function kernelsOf({ kernels }: ImageRelease): [KernelVariantName, KernelOffer][] {
  return Object.entries(kernels) as [KernelVariantName, KernelOffer][];
}

/** What stands behind an operating system's slug; undefined for one that no family has. */
export function findSystem(slug: string): InstalledSystem | undefined {
  return IMAGE_FAMILIES.flatMap(systemsOf).find((it) => it.slug === slug);
}

function systemsOf({ name, releases }: ImageFamily): (InstalledSystem & { slug: string })[] {
  return releases.flatMap((it) =>
    kernelsOf(it).flatMap(([kernel, { operatingSystem: slug }]) =>
      slug === undefined ? [] : [{ family: name, release: it.release, kernel, slug }],
    ),
  );
}
