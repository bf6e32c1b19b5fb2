/**
 * Kernel series that LinuxKit builds. Data only. Source: linuxkit/linuxkit, docs/kernels.md and the
 * build files below kernel/, at 3bf33c3a.
 */
import type { Architecture } from "../../../core/names";

/** A series of kernels. */
export interface KernelSeries {
  /** As tags start: `6.12`. */
  readonly series: string;
  /** A deprecated series keeps its tags and gets no new ones. */
  readonly state: "current" | "deprecated";
  /** Newest version that was built; undefined where the tree names none. */
  readonly newest?: string;
  readonly architectures: readonly Architecture[];
  /** Preemption of the arm64 kernel. */
  readonly preemption?: "none" | "full";
}

/** Newest first; the first one is what an image gets that has no kernel of its own. */
export const KERNEL_SERIES: readonly [KernelSeries, ...KernelSeries[]] = [
  {
    series: "6.12",
    state: "current",
    newest: "6.12.59",
    architectures: ["arm64", "amd64"],
    preemption: "none",
  },
  {
    series: "6.6",
    state: "current",
    newest: "6.6.71",
    architectures: ["arm64", "amd64"],
    preemption: "full",
  },
  { series: "5.15", state: "deprecated", architectures: ["arm64", "amd64"] },
  { series: "5.11", state: "deprecated", architectures: ["arm64", "amd64"] },
  { series: "5.10", state: "deprecated", architectures: ["arm64", "amd64"] },
  { series: "5.4", state: "deprecated", architectures: ["amd64"] },
  // The series of the first arm64 images, in 2017.
  { series: "4.11", state: "deprecated", architectures: ["arm64", "amd64"] },
];

/** Repository of LinuxKit's own kernels, without registry. */
export const KERNEL_REPOSITORY = "linuxkit/kernel";
