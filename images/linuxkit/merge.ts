/**
 * Several LinuxKit files as one, as `linuxkit build a.yml b.yml` merges them: lists one behind the other, of
 * the kernel what was said last. Written as one file, the result does not run into upstream's fault of
 * knowing the volumes of the last file only. Pure. Source: linuxkit/linuxkit, moby/config.go (AppendConfig).
 */
import type { Kernel, LinuxkitFile } from "./schema/linuxkit-file";

const LISTS = ["init", "volumes", "onboot", "onshutdown", "services", "files"] as const;

/** See the header. Of no files it is the empty one. */
export function mergeLinuxkit(files: readonly LinuxkitFile[]): LinuxkitFile {
  const kernel = files.reduce<Kernel>((merged, it) => mergeKernel(merged, it.kernel ?? {}), {});
  const lists = LISTS.flatMap((key) => {
    const items = files.flatMap((it): unknown[] => it[key] ?? []);
    return items.length === 0 ? [] : [[key, items] as const];
  });
  return {
    ...(Object.keys(kernel).length === 0 ? {} : { kernel }),
    ...(Object.fromEntries(lists) as Omit<LinuxkitFile, "kernel" | "trust">),
  };
}

function mergeKernel(first: Kernel, second: Kernel): Kernel {
  // An empty text says nothing, but for these two: there it takes back what was said before.
  const said = Object.entries(second).filter(
    ([key, value]) => value !== "" || key === "tar" || key === "ucode",
  );
  return { ...first, ...Object.fromEntries(said) };
}

/** Container images that an image is built of, each once, in the order in which linuxkit works. */
export function imagesIn({
  kernel,
  init,
  onboot,
  onshutdown,
  services,
  volumes,
}: LinuxkitFile): string[] {
  const named = [volumes, onboot, onshutdown, services].flatMap((list) =>
    (list ?? []).flatMap(({ image }) => image ?? []),
  );
  const all = [kernel?.image ?? "", ...(init ?? []), ...named];
  // A package of the building machine is not in any registry.
  return [...new Set(all.filter((it) => it !== "" && !it.startsWith("@pkg:")))];
}
