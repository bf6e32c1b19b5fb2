/**
 * What nodes boot, as values: a family, a release, and the kernels that they come with. Nothing
 * is built or fetched here. Slugs are those of the API's operating systems.
 */
import { fault, type Fault, throwIfAny, UserFault } from "../core/faults";
import type { KernelVariantName } from "../core/names";
import { findFamily, IMAGE_FAMILIES, kernelsOf } from "./families";
import type { ImageFamily, ImageRelease } from "./family";

/** Options of images that a script of iPXE's may boot. */
export interface ImageOptions {
  /** Release. @default - the family's newest */
  readonly release?: string;
  /** URL of the iPXE script that boots it. @default - the API installs it */
  readonly ipxe?: string;
}

/** Options of {@link ClusterImage.debian}. */
export interface DebianImageOptions {
  /** Debian release: `12` or `13`. @default 13 */
  readonly release?: string;
}

/** What a device is told to run. */
export interface BootSource {
  /** Slug of the API's operating system. */
  readonly operatingSystem: string;
  /** With `custom_ipxe`: where the script is. */
  readonly ipxeScriptUrl?: string;
}

/** The operating system of what a script boots. */
const BY_SCRIPT = "custom_ipxe";

/** An image that nodes boot. */
export class ClusterImage {
  readonly #family: ImageFamily;
  readonly #release: ImageRelease;

  private constructor(
    family: ImageFamily,
    release: ImageRelease,
    /** URL of the iPXE script that boots it; undefined when the API installs it. */
    readonly ipxe: string | undefined,
  ) {
    this.#family = family;
    this.#release = release;
  }

  /** Family: `debian`. */
  get family(): string {
    return this.#family.name;
  }

  /** Release, as the family counts them. */
  get release(): string {
    return this.#release.release;
  }

  /** Kernels that the release has. */
  get kernels(): readonly KernelVariantName[] {
    return kernelsOf(this.#release).map(([kernel]) => kernel);
  }

  /** Whether playbooks run on its nodes; else all they are told comes with the machine. */
  get isReachedBySsh(): boolean {
    return this.#family.reachedBy === "ssh";
  }

  /** Whether a play can tell its boot loader what the kernel is told. */
  get isToldByBootLoader(): boolean {
    return this.#family.kernelArguments === "boot-loader";
  }

  /**
   * Debian, with its own standard and PREEMPT_RT kernels.
   * @throws {@link UserFault} AS1219 when there is no such release
   */
  static debian(options: DebianImageOptions = {}): ClusterImage {
    return ClusterImage.of("debian", options);
  }

  /**
   * An image by the words of a cluster file.
   * @param family - name of the family
   * @param options - its release, and the script that boots it
   * @throws {@link UserFault} AS1207, AS1219
   */
  static of(family: string, options: ImageOptions = {}): ClusterImage {
    const { release, ipxe } = options;
    const found = findFamily(family);
    if (!found) {
      const allowed = IMAGE_FAMILIES.map(({ name }) => name);
      const problem = "unknown family";
      throw new UserFault([fault("AS1207", "image", { problem, given: family, allowed })]);
    }
    const wanted = release ?? found.releases[0].release;
    const offer = found.releases.find((it) => it.release === wanted);
    if (!offer) throw new UserFault([unknownRelease(found, wanted)]);
    return new ClusterImage(found, offer, ipxe);
  }

  /** The image as a cluster file would describe it. */
  describe(): { readonly family: string; readonly release: string; readonly ipxe?: string } {
    const { family, release, ipxe } = this;
    return { family, release, ...(ipxe === undefined ? {} : { ipxe }) };
  }

  /**
   * What a device is told to run, for a kernel.
   * @throws {@link UserFault} AS1220 when the image has no such kernel, AS1233 when nothing boots it
   */
  boot(kernel: KernelVariantName): BootSource {
    const offer = this.#release.kernels[kernel];
    throwIfAny(offer ? [] : [this.#noKernel(kernel)]);
    if (this.ipxe !== undefined) {
      return { operatingSystem: BY_SCRIPT, ipxeScriptUrl: this.ipxe };
    }
    const operatingSystem = offer?.operatingSystem;
    if (operatingSystem === undefined) throw new UserFault([fault("AS1233", "image")]);
    return { operatingSystem };
  }

  #noKernel(given: KernelVariantName): Fault {
    const problem = `image ${this.family} ${this.release} has no kernel`;
    return fault("AS1220", "kernel", { problem, given, allowed: this.kernels });
  }
}

function unknownRelease({ name, releases }: ImageFamily, given: string): Fault {
  return fault("AS1219", "image.release", {
    problem: `image ${name} has no release`,
    given,
    allowed: releases.map(({ release }) => release),
  });
}
