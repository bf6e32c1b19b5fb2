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
