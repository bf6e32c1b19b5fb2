/**
 * What nodes boot, as values: a family, a release, and the kernels that they come with. Nothing
 * is built or fetched here. Slugs are those of the API's operating systems.
 */
import { fault, UserFault } from "../core/faults";
import { KERNEL_VARIANTS, type KernelVariantName } from "../core/names";
import { findFamily, IMAGE_FAMILIES } from "./families";
import type { ImageFamily } from "./family";

/** Options of {@link ClusterImage.debian}. */
export interface DebianImageOptions {
  /** Debian release: `12` or `13`. @default 13 */
  readonly release?: string;
}

/** An image that nodes boot. */
export class ClusterImage {
  private constructor(
    /** Family: `debian`. */
    readonly family: string,
    /** Release, as the family counts them. */
    readonly release: string,
    /** Kernels that the release has. */
    readonly kernels: readonly KernelVariantName[],
    private readonly slugs: ReadonlyMap<KernelVariantName, string>,
  ) {}

  /**
   * Debian, with its own standard and PREEMPT_RT kernels.
   * @throws {@link UserFault} AS1219 when there is no such release
   */
  static debian({ release }: DebianImageOptions = {}): ClusterImage {
    return ClusterImage.of("debian", release);
  }

  /**
   * An image by the words of a cluster file.
   * @param family - name of the family
   * @param release - default: the family's newest
   * @throws {@link UserFault} AS1207, AS1219
   */
  static of(family: string, release?: string): ClusterImage {
    const found = findFamily(family);
    if (!found) {
      const allowed = IMAGE_FAMILIES.map(({ name }) => name);
      throw new UserFault([
        fault("AS1207", "image", { problem: "unknown family", given: family, allowed }),
      ]);
    }
    const wanted = release ?? found.releases[0].release;
    const offer = found.releases.find((it) => it.release === wanted);
    if (!offer) throw new UserFault([unknownRelease(found, wanted)]);
    const slugs = new Map(
      KERNEL_VARIANTS.flatMap((it) => {
        const slug = offer.operatingSystems[it];
        return slug === undefined ? [] : [[it, slug] as const];
      }),
    );
    return new ClusterImage(family, wanted, [...slugs.keys()], slugs);
  }

  /**
   * Slug of the operating system with a kernel.
   * @throws {@link UserFault} AS1220 when the image has no such kernel
   */
  operatingSystem(kernel: KernelVariantName): string {
    const slug = this.slugs.get(kernel);
    if (slug !== undefined) return slug;
    const problem = `image ${this.family} ${this.release} has no kernel`;
    throw new UserFault([
      fault("AS1220", "kernel", { problem, given: kernel, allowed: this.kernels }),
    ]);
  }
}

function unknownRelease({ name, releases }: ImageFamily, given: string) {
  return fault("AS1219", "image.release", {
    problem: `image ${name} has no release`,
    given,
    allowed: releases.map(({ release }) => release),
  });
}
