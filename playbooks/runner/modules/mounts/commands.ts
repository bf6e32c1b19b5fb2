/** Mounting and unmounting on the host. */
import path from "node:path";
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";
import { mountedAt, type Mounted } from "./mount-info";

/** What to mount where. */
export interface MountWish {
  readonly path: string;
  readonly src: string;
  readonly fstype: string;
  readonly opts: string;
  /** Undefined: all is given, and no file is asked. */
  readonly fstab: string | undefined;
}

type Acting = Pick<TaskContext, "host" | "signal">;

const FSTAB = "/etc/fstab";

/** What is mounted at a path; a link is no mount point. */
export async function findMounted(
  { host, signal }: Acting,
  mountPoint: string,
): Promise<Mounted | undefined> {
  const info = await host.readFile("/proc/self/mountinfo", { signal });
  return mountedAt(info?.toString() ?? "", path.posix.resolve("/", mountPoint));
}

/** @throws TaskFailure with Ansible's words */
export async function mount(context: Acting, wish: MountWish): Promise<void> {
  const said = await attempt(context, ["mount", ...mountWords(wish)]);
  if (said !== undefined) throw new TaskFailure(`Error mounting ${wish.path}: ${said}`);
}

/** @throws TaskFailure with Ansible's words */
export async function unmount(context: Acting, mountPoint: string): Promise<void> {
  const said = await attempt(context, ["umount", "--", mountPoint]);
  if (said !== undefined) throw new TaskFailure(`Error unmounting ${mountPoint}: ${said}`);
}

/**
 * Mounts again in place; what cannot be is unmounted and mounted, unless options were asked for.
 * @throws TaskFailure with Ansible's words
 */
export async function remount(
  context: Acting,
  wish: MountWish,
  { opts }: { readonly opts?: string | undefined } = {},
): Promise<void> {
  const more = opts === undefined ? "" : `,${opts}`;
  // Of two words for one thing the last counts: those that were asked for.
  const words = ["-o", `remount${more}`, ...mountedWords(wish)];
  const options = wish.fstab === FSTAB ? [] : optionWords(wish);
  const said = await attempt(context, ["mount", ...options, ...words]);
  if (said === undefined) return;
  if (opts !== undefined) {
    throw new TaskFailure(
      "Options were specified with remounted, but the remount command failed. Failing in order to prevent an " +
        'unexpected mount result. Try replacing this command with a "state: unmounted" followed by a ' +
        '"state: mounted" using the full desired mount options instead.',
    );
  }
  await unmount(context, wish.path);
  await mount(context, wish);
}

/** Only the system's own file is known to every mount; for others all is given. */
function mountWords(wish: MountWish): string[] {
  if (wish.fstab === FSTAB) return ["--", wish.path];
  return ["-t", wish.fstype, ...optionWords(wish), "--", wish.src, wish.path];
}

/** The same for what is mounted: what no file tells of is known by its place alone. */
function mountedWords({ path: mountPoint, src, fstype, fstab }: MountWish): string[] {
  if (fstab === FSTAB || src === "") return ["--", mountPoint];
  return ["-t", fstype, "--", src, mountPoint];
}

function optionWords({ opts }: MountWish): string[] {
  return opts === "defaults" ? [] : ["-o", opts];
}

/** @returns what a command that failed has said */
async function attempt(
  { host, signal }: Acting,
  argv: readonly string[],
): Promise<string | undefined> {
  const { code, stdout, stderr } = await host.change({ argv }, { signal });
  return code === 0 ? undefined : `${stdout}${stderr}`.trim() || `exit code ${code}`;
}
