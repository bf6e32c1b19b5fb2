/** Mode, owner and group of files: the arguments that many modules share, and the plan to set them. */
import { flag, text } from "../args/fields";
import type { TaskContext } from "../../module";
import type { FileStat } from "../../host";
import { TaskFailure } from "../task-failure";
import { formatMode, modeField, resolveMode, type ModeSpec } from "./mode";

/** The shared arguments. */
export const ATTRIBUTE_ARGS = {
  mode: modeField().optional(),
  owner: text().optional(),
  group: text().optional(),
  /** Files are always written whole beside the old one, so there is no unsafe way to fall back to. */
  unsafe_writes: flag().optional(),
};

const SELINUX = "use command with chcon or restorecon";

/** Ansible's other arguments of that kind, which need more than a POSIX shell. */
export const REFUSED_ATTRIBUTES = {
  ...{ attributes: "use command with chattr", attr: "use command with chattr" },
  ...{ selevel: SELINUX, serole: SELINUX, setype: SELINUX, seuser: SELINUX },
} as const;

/** Attributes as given; what is undefined stays as it is. */
export interface WantedAttributes {
  readonly mode?: ModeSpec | undefined;
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
}

/** Commands that give what exists the wanted attributes; none when it has them. */
export function planAttributes(path: string, stat: FileStat, wanted: WantedAttributes): string[][] {
  const commands: string[][] = [];
  const owner = isOwner(stat, wanted.owner) ? "" : (wanted.owner ?? "");
  const group = isGroup(stat, wanted.group) ? "" : (wanted.group ?? "");
  if (owner !== "" || group !== "") {
    const both = group === "" ? owner : `${owner}:${group}`;
    // Of a link itself only the owner can be changed; everything else is reached through it.
    commands.push(["chown", ...(stat.type === "link" ? ["-h"] : []), "--", both, path]);
  }
  const mode = wantedMode(stat, wanted.mode);
  // chown clears the setuid and setgid bits, so they are set again after it.
  const cleared = commands.length > 0 && (stat.mode & 0o6000) !== 0;
  if (stat.type !== "link" && (mode !== stat.mode || cleared)) {
    commands.push(["chmod", "--", formatMode(mode), path]);
  }
  return commands;
}

function wantedMode(stat: FileStat, spec: ModeSpec | undefined): number {
  if (spec === undefined) return stat.mode;
  return resolveMode(spec, { mode: stat.mode, isFolder: stat.type === "directory" });
}

function isOwner(stat: FileStat, owner: string | undefined): boolean {
  return owner === undefined || owner === stat.owner || owner === String(stat.uid);
}

function isGroup(stat: FileStat, group: string | undefined): boolean {
  return group === undefined || group === stat.group || group === String(stat.gid);
}

/** What changes, one a line, for people. */
export function describeAttributes(stat: FileStat, wanted: WantedAttributes): string[] {
  const mode = wantedMode(stat, wanted.mode);
  return [
    ...(isOwner(stat, wanted.owner) ? [] : [`owner: ${stat.owner} -> ${wanted.owner ?? ""}`]),
    ...(isGroup(stat, wanted.group) ? [] : [`group: ${stat.group} -> ${wanted.group ?? ""}`]),
    ...(mode === stat.mode || stat.type === "link"
      ? []
      : [`mode: ${formatMode(stat.mode)} -> ${formatMode(mode)}`]),
  ];
}

/**
 * Runs commands one after the other in one round trip, stopping at the first that fails.
 * @throws TaskFailure with what the failing command said
 */
export async function runAll(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  commands: readonly (readonly string[])[],
): Promise<void> {
  if (commands.length === 0) return;
  // Each command comes as its number of words and the words, so nothing has to be quoted.
  const script = `
LC_ALL=C; export LC_ALL
while [ $# -gt 0 ]; do
  count=$1; shift
  n=0; line=
  while [ $n -lt $count ]; do n=$((n + 1)); line="$line \\"\\\${$n}\\""; done
  eval "$line" || exit
  shift $count
done`;
  const words = commands.flatMap((it) => [String(it.length), ...it]);
  const argv = ["/bin/sh", "-c", script, "sh", ...words];
  const { code, stderr, stdout } = await host.change({ argv }, { signal });
  if (code !== 0) throw new TaskFailure(stderr.trim() || stdout.trim() || `exit code ${code}`);
}
