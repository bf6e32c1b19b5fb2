/**
 * What goes with what: deployments, image families, kernels and machines, put together from the tables that
 * clusters are checked by. Pure.
 */
import type { Catalogue, Installer } from "../cluster";
import { KERNEL_VARIANTS, type KernelVariantName } from "../core/names";
import { findFamily } from "../images/families";
import { type MachineKind, MACHINES } from "../images/family";

/** How a machine comes to run the image; null when it cannot. */
export type Support = "installed" | "script" | null;

/** A deployment on an image with a kernel. */
export interface SupportRow {
  /** Kind; null for a cluster without one. */
  readonly deployment: string | null;
  readonly family: string;
  readonly kernel: KernelVariantName;
  /** Releases that have the kernel, newest first. */
  readonly releases: readonly string[];
  readonly machines: Readonly<Record<MachineKind, Support>>;
}

/** Every combination that some machine can run. */
export function supportMatrix({ deployments, images }: Catalogue): SupportRow[] {
  const kinds = [
    { kind: null, families: images.map(({ family }) => family) },
    ...deployments.map(({ kind, families }) => ({
      kind,
      families: families ?? images.filter((it) => it.isReachedBySsh).map(({ family }) => family),
    })),
  ];
  return kinds.flatMap(({ kind, families }) =>
    images
      .filter(({ family }) => families.includes(family))
      .flatMap(({ family, releases }) =>
        KERNEL_VARIANTS.flatMap((kernel): SupportRow[] => {
          const having = [...releases].filter(([, kernels]) => kernels.has(kernel));
          const installers = having.flatMap(([, kernels]) => kernels.get(kernel) ?? []);
          const machines = machinesOf(family, installers);
          if (Object.values(machines).every((it) => it === null)) return [];
          const names = having.map(([release]) => release);
          return [{ deployment: kind, family, kernel, releases: names, machines }];
        }),
      ),
  );
}

function machinesOf(family: string, installers: readonly Installer[]): SupportRow["machines"] {
  const able = findFamily(family)?.machines ?? MACHINES;
  const entries = MACHINES.map((machine) => {
    const isLab = machine !== "metal";
    const isInstalled = installers.some((it) => it === "api" || it === (isLab ? "lab" : "metal"));
    const support = isInstalled ? "installed" : installers.length > 0 ? "script" : null;
    return [machine, able.includes(machine) ? support : null] as const;
  });
  return Object.fromEntries(entries) as Record<MachineKind, Support>;
}
