/**
 * What a kernel is told when it boots so that work with deadlines is left alone: CPUs that are kept free, CPUs
 * without a timer tick, huge pages. Pure.
 * Source: kernel.org admin-guide/kernel-parameters (isolcpus, nohz_full, rcu_nocbs, irqaffinity, hugepagesz,
 * hugepages), arch/arm64 hugetlbpage (sizes with pages of 4 KiB).
 */

/** Sizes of huge pages that ARM64 has with pages of 4 KiB, in MiB. */
export const HUGE_PAGE_MIB = { "64K": 0.0625, "2M": 2, "32M": 32, "1G": 1024 } as const;
/** A size, as the kernel writes it. */
export type HugePageSize = keyof typeof HUGE_PAGE_MIB;
/** All sizes. */
export const HUGE_PAGE_SIZES = Object.keys(HUGE_PAGE_MIB) as [HugePageSize, ...HugePageSize[]];

/** Huge pages that are set aside at boot. */
export interface HugePages {
  readonly size: HugePageSize;
  /** 1 or more. */
  readonly count: number;
}

/** See the header. Lists of CPUs are written as the kernel does: `2-7,10`. */
export interface KernelTuning {
  /** CPUs that the scheduler leaves to whoever asks for them by name. @default - none */
  readonly isolatedCpus?: string | undefined;
  /** CPUs whose timer stops while one task runs. @default - none */
  readonly nohzFull?: string | undefined;
  /** @default - none */
  readonly hugePages?: readonly HugePages[] | undefined;
}

/** Numbers of a list of CPUs, as written; undefined when it is none. */
export function parseCpuList(text: string): number[] | undefined {
  const parts = text.split(",").map((it) => /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(it));
  const cpus: number[] = [];
  for (const part of parts) {
    const first = Number(part?.[1]);
    const last = Number(part?.[2] ?? part?.[1]);
    // Ascending, so that one list has one spelling.
    if (part === null || last < first || first <= (cpus.at(-1) ?? -1)) return undefined;
    for (let cpu = first; cpu <= last; cpu += 1) cpus.push(cpu);
  }
  return cpus;
}

/** Words for the kernel's command line, in a fixed order. */
export function kernelArguments({
  isolatedCpus,
  nohzFull,
  hugePages = [],
}: KernelTuning): string[] {
  const [first, ...others] = [...hugePages].sort(
    (a, b) => HUGE_PAGE_MIB[b.size] - HUGE_PAGE_MIB[a.size],
  );
  return [
    ...(isolatedCpus === undefined ? [] : [`isolcpus=managed_irq,domain,${isolatedCpus}`]),
    ...(nohzFull === undefined ? [] : [`nohz_full=${nohzFull}`, `rcu_nocbs=${nohzFull}`]),
    ...(first === undefined ? [] : [`default_hugepagesz=${first.size}`]),
    ...[first, ...others].flatMap((it) =>
      it === undefined ? [] : [`hugepagesz=${it.size}`, `hugepages=${it.count}`],
    ),
  ];
}

/** Memory that the huge pages take, in MiB. */
export function hugePageMemory({ hugePages = [] }: KernelTuning): number {
  return hugePages.reduce((sum, { size, count }) => sum + HUGE_PAGE_MIB[size] * count, 0);
}

/** What a play tells a boot loader, and what the kernel has to say afterwards. */
export interface BootLoaderTuning {
  /** Words of the command line. */
  readonly arguments: readonly string[];
  /** Isolated CPUs as the kernel lists them; empty when it may be any. */
  readonly isolated: string;
  /** CPUs without a tick as the kernel lists them; empty when it may be any. */
  readonly ticks: string;
}

/** See {@link BootLoaderTuning}; undefined when there is nothing to tell. */
export function bootLoaderTuning(tuning: KernelTuning | undefined): BootLoaderTuning | undefined {
  const words = tuning ? kernelArguments(tuning) : [];
  if (words.length === 0) return undefined;
  return {
    arguments: words,
    isolated: tuning?.isolatedCpus ?? "",
    ticks: tuning?.nohzFull ?? "",
  };
}
