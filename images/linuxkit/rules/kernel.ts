/** Rules of the kernel section, when several files are merged: of what wins. Pure. */
import { parseReference } from "../../references/reference";
import { type Found, found, type Parts, type Placed } from "../parts";
import type { Kernel } from "../schema/linuxkit-file";
import { KERNEL_REPOSITORY, KERNEL_SERIES, type KernelSeries } from "../tables/kernels";

const CURRENT = KERNEL_SERIES.filter(({ state }) => state === "current");

/**
 * What wins of a key: the last value that is not empty; of `tar` and `ucode` the last one at all, as
 * an empty one takes back what an earlier file set.
 */
export function winnerOf(
  kernels: readonly Placed<Partial<Kernel>>[],
  key: keyof Kernel,
): Placed<Partial<Kernel>> | undefined {
  const mayBeEmpty = key === "tar" || key === "ucode";
  return kernels.findLast(
    ({ value }) => value[key] !== undefined && (mayBeEmpty || value[key] !== ""),
  );
}

/** See the header. */
export function checkKernel({ kernels }: Parts): Found[] {
  const [microcode, image] = [winnerOf(kernels, "ucode"), winnerOf(kernels, "image")];
  return [
    ...(microcode && microcode.value.ucode !== ""
      ? [found("AS1774", microcode, ["ucode"], { given: microcode.value.ucode })]
      : []),
    ...(image ? checkSeries(image) : []),
  ];
}

function checkSeries(it: Placed<Partial<Kernel>>): Found[] {
  const given = it.value.image ?? "";
  const parsed = parseReference(given);
  if (parsed.kind === "wrong" || parsed.value.repository !== KERNEL_REPOSITORY) return [];
  const tag = parsed.value.tag ?? "";
  const allowed = CURRENT.map(({ newest, series }) => `${KERNEL_REPOSITORY}:${newest ?? series}`);
  const refuse = (problem: string): Found[] => [
    found("AS1775", it, ["image"], { problem, given, allowed }),
  ];
  if (/(^|-)rt(-|$)/.test(tag)) return refuse("LinuxKit has no real-time kernel that can be used");
  const series = seriesOf(tag);
  if (series === undefined) return [];
  if (!series.architectures.includes("arm64")) return refuse("no kernel of the series for arm64");
  if (series.state === "current") return [];
  return [found("AS1776", it, ["image"], { severity: "warning", given, allowed })];
}

/** Undefined for a tag that names none, or one that came later than the table. */
function seriesOf(tag: string): KernelSeries | undefined {
  return KERNEL_SERIES.find(({ series }) => tag.startsWith(`${series}.`) || tag === series);
}
