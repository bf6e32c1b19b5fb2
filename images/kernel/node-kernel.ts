/**
 * What a running node tells of its kernel: a script that only reads, for any POSIX shell, and its
 * answer as a value. Places of configs: moby's check-config.sh and kubernetes/system-validators.
 * Debian's kernels have no /proc/config.gz, so that /boot counts as much.
 */
import { tryParseVersion } from "./kernel-version";
import { namesRealtime } from "./requirements/realtime";
import type { CgroupVersion } from "./requirements/requirement";

/** A node's kernel, without its config. */
export interface NodeKernel {
  /** `uname -r`. */
  readonly release: string;
  /** `uname -v`. */
  readonly version: string;
  /** `uname -m`. */
  readonly machine: string;
  /** Undefined where none is mounted. */
  readonly cgroup: CgroupVersion | undefined;
  /** Whether it says of itself that it is a real-time kernel. */
  readonly saysRealtime: boolean;
  /** Path of the config on the node; undefined where none can be read. */
  readonly configFile: string | undefined;
}

/** Prints one fact a line: a word, a space, the value. Changes nothing. */
export const NODE_KERNEL_SCRIPT = `
LC_ALL=C; export LC_ALL
release=$(uname -r) || exit 1
echo "release $release"
echo "version $(uname -v)"
echo "machine $(uname -m)"
if [ -r /sys/kernel/realtime ] && read -r it </sys/kernel/realtime; then echo "realtime $it"; fi
while read -r _ at type _; do
  case $type in cgroup | cgroup2) echo "$type $at" ;; esac
done </proc/mounts
for it in /proc/config.gz "/boot/config-$release" \\
  "/lib/modules/$release/config" "/usr/lib/modules/$release/config" \\
  "/usr/lib/ostree-boot/config-$release" "/usr/lib/kernel/config-$release" \\
  "/usr/src/linux-$release/.config" "/usr/src/linux-headers-$release/.config" \\
  "/lib/modules/$release/build/.config"
do
  if [ -r "$it" ] && [ -s "$it" ]; then echo "config $it"; break; fi
done
exit 0
`;

/** What nodes say is shown on terminals, so that nothing but plain text may be in it. */
const PLAIN = /^[ -~]*$/;

/** Reads the script's answer. @returns undefined when a Linux kernel would not say that */
export function tryParseNodeKernel(answer: string): NodeKernel | undefined {
  const lines = answer.split("\n").filter((line) => PLAIN.test(line));
  const facts = lines.map((line) => {
    const [word = "", ...rest] = line.split(" ");
    return { word, value: rest.join(" ").trim() };
  });
  const all = (wanted: string): string[] =>
    facts.filter(({ word }) => word === wanted).map(({ value }) => value);
  const [release = ""] = all("release");
  const [version = ""] = all("version");
  if (tryParseVersion(release) === undefined) return undefined;
  return {
    release,
    version,
    machine: all("machine")[0] ?? "",
    cgroup: cgroupOf(all("cgroup"), all("cgroup2")),
    saysRealtime: namesRealtime(version) || all("realtime")[0] === "1",
    configFile: all("config")[0],
  };
}

/** Beside groups of version 1, systemd mounts version 2 in a folder, where it limits nothing. */
function cgroupOf(first: readonly string[], second: readonly string[]): CgroupVersion | undefined {
  if (second.includes("/sys/fs/cgroup")) return 2;
  if (first.length > 0) return 1;
  return second.length > 0 ? 2 : undefined;
}
