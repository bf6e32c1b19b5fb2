/** The shape of an image family. */
import type { KernelVariantName } from "../core/names";

/** A release of a family. */
export interface ImageRelease {
  /** As the family counts: `13`. */
  readonly release: string;
  /** Name that people know: `trixie`. */
  readonly codename: string;
  /** Kernel → slug of the API's operating system; a kernel that is missing does not exist. */
  readonly operatingSystems: Readonly<Partial<Record<KernelVariantName, string>>>;
}

/** A family of images. */
export interface ImageFamily {
  readonly name: string;
  /** One clause about what it is. */
  readonly summary: string;
  /** Newest first: the first one is the default. */
  readonly releases: readonly [ImageRelease, ...ImageRelease[]];
}
