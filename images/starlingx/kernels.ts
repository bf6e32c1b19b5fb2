/**
 * Kernels of StarlingX for arm64. Data only. Sources: StarlingX on ARM development status (rows 44 and 82 of its table of packages); the
 * kernel rules of starlingx/config, API kernel.
 */
import type { KernelVariantName } from "../../core/names";

/** What the build calls kernels. */
export const KERNEL_FLAVOURS = ["std", "rt"] as const;
/** `std` or `rt`. */
export type KernelFlavour = (typeof KERNEL_FLAVOURS)[number];

/** One kernel. */
export interface StarlingxKernel {
  readonly flavour: KernelFlavour;
  /** Value of `system host-kernel-modify`, and of the bootstrap's variable kernel. */
  readonly word: "standard" | "lowlatency";
  readonly package: string;
  /** First version that builds for arm64, where the source tells it. */
  readonly since?: string;
  /** Whether hosts without the worker subfunction may have it. */
  readonly isForAllHosts: boolean;
}

/** By the names of kernels in cluster files. */
export const STARLINGX_KERNELS: Readonly<Record<KernelVariantName, StarlingxKernel>> = {
  standard: { flavour: "std", word: "standard", package: "linux", isForAllHosts: true },
  realtime: {
    flavour: "rt",
    word: "lowlatency",
    package: "linux-rt",
    since: "5.10.177",
    isForAllHosts: false,
  },
};
