/** What `armstead kernel check` says: a table of items, what is wrong first, and one line a set. Pure. */
import { formatTable } from "../core/table";
import type { Count, JudgedItem, JudgedSet } from "../images/kernel/judge";
import type { KernelSource } from "./kernel-source";

/** The result as data. */
export interface KernelReport {
  readonly file: string;
  readonly kernel: {
    readonly release: string;
    /** `arm64`, `amd64`; null for another one. */
    readonly architecture: string | null;
    readonly cgroup: number;
    /** `uname -v`; null for a file. */
    readonly version: string | null;
    /** `uname -m`; null for a file. */
    readonly machine: string | null;
  };
  /** Nothing that is required is missing in any set. */
  readonly met: boolean;
  readonly sets: readonly JudgedSet[];
}

/** Puts the result together. */
export function kernelReport(source: KernelSource, sets: readonly JudgedSet[]): KernelReport {
  const { file, release, config, facts, node } = source;
  return {
    file,
    kernel: {
      release,
      architecture: config.architecture ?? null,
      cgroup: facts.cgroup,
      version: node?.version ?? null,
      machine: node?.machine ?? null,
    },
    met: sets.every(({ met }) => met),
    sets,
  };
}

/** The result as text. */
export function formatKernelReport({ file, kernel, sets }: KernelReport): string {
  const { release, architecture, cgroup, version } = kernel;
  const what = version === null ? `kernel ${release}` : `kernel ${release} ${version}`;
  const head = `${what}, ${architecture ?? "unknown architecture"}, cgroup ${cgroup}: ${file}`;
  return [head, items(sets), summary(sets)].join("\n\n");
}

function items(sets: readonly JudgedSet[]): string {
  const all = sets.flatMap(({ name, items }) => items.map((it) => ({ set: name, ...it })));
  // Sorting keeps the order of what is equal: that of the tables.
  const rows = all.sort((left, right) => rank(left) - rank(right));
  return formatTable(
    ["set", "item", "need", "verdict", "why"],
    rows.map((it) => [it.set, it.name, it.need, it.verdict, it.why]),
  );
}

/** What is required and missing comes first, what is not asked last. */
function rank({ verdict, need }: JudgedItem): number {
  if (verdict === "missing") return need === "required" ? 0 : 1;
  return verdict === "not-applicable" ? 3 : 2;
}

function summary(sets: readonly JudgedSet[]): string {
  return formatTable(
    ["set", "result", "required", "optional", "not applicable"],
    sets.map(({ name, met, required, optional }) => [
      name,
      met ? "met" : "not met",
      share(required),
      share(optional),
      String(required.notApplicable + optional.notApplicable),
    ]),
  );
}

function share({ met, missing }: Count): string {
  return `${met} of ${met + missing}`;
}
