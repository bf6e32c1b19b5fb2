/**
 * Programs of the host that builders and machines need, and the Debian package of each.
 * Looks in the system's folders only, so that `sbin` counts for every user.
 */
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";
import { OuterFault } from "../../core/faults";

/** Program → the Debian package that holds it. */
const PACKAGE_OF = {
  "apt-config": "apt",
  "apt-get": "apt",
  busybox: "busybox-static",
  cp: "coreutils",
  "dpkg-deb": "dpkg",
  env: "coreutils",
  flock: "util-linux",
  gzip: "gzip",
  mke2fs: "e2fsprogs",
  mount: "mount",
  nsenter: "util-linux",
  pivot_root: "util-linux",
  "qemu-system-aarch64": "qemu-system-arm",
  setpriv: "util-linux",
  sh: "dash",
  tar: "tar",
  unshare: "util-linux",
  xz: "xz-utils",
} as const;

/** A program that {@link findProgram} knows. */
export type HostProgram = keyof typeof PACKAGE_OF;

const FOLDERS = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** The program's absolute path, or undefined when the host lacks it. */
export async function tryFindProgram(name: HostProgram): Promise<string | undefined> {
  for (const folder of FOLDERS) {
    const file = path.join(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

/**
 * The program's absolute path.
 * @throws OuterFault AS2450 with the command that installs it
 */
export async function findProgram(name: HostProgram): Promise<string> {
  const file = await tryFindProgram(name);
  if (file === undefined) throw missingPrograms([name]);
  return file;
}

/**
 * Makes sure that the host has all of them, and tells of all missing ones at once.
 * @throws OuterFault AS2450 with the one command that installs them
 */
export async function ensurePrograms(names: readonly HostProgram[]): Promise<void> {
  const found = await Promise.all(names.map((name) => tryFindProgram(name)));
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length > 0) throw missingPrograms(missing);
}

/** The fault for programs that the host lacks. */
export function missingPrograms(missing: readonly HostProgram[]): OuterFault {
  const packages = [...new Set(missing.map((it) => PACKAGE_OF[it]))].sort();
  return new OuterFault("AS2450", {
    problem: `this host lacks ${missing.join(", ")}`,
    hint: `run as root: apt-get install -y --no-install-recommends ${packages.join(" ")}`,
  });
}
