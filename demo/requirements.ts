/**
 * What the demo needs of the system: terraform or tofu, and QEMU for the qemu driver. On Debian and
 * Ubuntu as root it installs what is missing from the distribution; elsewhere it says the exact command.
 */
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { OuterFault } from "../core/faults";
import type { Environment } from "../core/folders";
import type { DriverKind } from "../lab/machine-driver";
import { runProgram } from "./process";

interface Requirement {
  readonly program: string;
  readonly debianPackage: string;
}

const ALWAYS: readonly Requirement[] = [
  { program: "dpkg-deb", debianPackage: "dpkg" },
  { program: "xz", debianPackage: "xz-utils" },
];
const BY_DRIVER: Readonly<Record<DriverKind, readonly Requirement[]>> = {
  qemu: [
    { program: "qemu-system-aarch64", debianPackage: "qemu-system-arm" },
    { program: "mke2fs", debianPackage: "e2fsprogs" },
  ],
  process: [{ program: "unshare", debianPackage: "util-linux" }],
};

/** Path of a program on PATH (and in the system's sbin folders), or undefined. */
export function tryFindProgram(name: string, environment: Environment): string | undefined {
  const folders = `${environment.PATH ?? ""}:/usr/sbin:/sbin`.split(":").filter((it) => it !== "");
  return folders.map((it) => path.join(it, name)).find(isExecutable);
}

/** `terraform`, else `tofu`. @throws OuterFault AS2501 when there is neither */
export function findTerraform(environment: Environment): string {
  const found = tryFindProgram("terraform", environment) ?? tryFindProgram("tofu", environment);
  if (found === undefined) throw new OuterFault("AS2501");
  return found;
}

/**
 * Makes sure that the system parts of a driver are there.
 * @throws OuterFault AS2502 with the command to run where they cannot be installed from here
 */
export async function ensureRequirements(
  driver: DriverKind,
  options: {
    readonly environment: Environment;
    readonly signal: AbortSignal;
    readonly say: (line: string) => void;
  },
): Promise<void> {
  const { environment, signal, say } = options;
  const missing = [...ALWAYS, ...BY_DRIVER[driver]].filter(
    ({ program }) => tryFindProgram(program, environment) === undefined,
  );
  if (missing.length === 0) return;
  const packages = missing.map((it) => it.debianPackage);
  const command = `apt-get install --no-install-recommends ${packages.join(" ")}`;
  const names = missing.map((it) => it.program).join(", ");
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) {
    throw new OuterFault("AS2502", {
      problem: `not installed: ${names}`,
      hint: `as root: ${command}`,
    });
  }
  say(`installing ${packages.join(", ")}`);
  const quiet = { ...environment, DEBIAN_FRONTEND: "noninteractive" };
  for (const words of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", ...packages],
  ]) {
    const { code, output } = await runProgram("apt-get", words, {
      folder: "/",
      environment: quiet,
      signal,
    });
    if (code !== 0)
      throw new OuterFault("AS2502", {
        problem: `apt-get failed: ${output.trim()}`,
        hint: command,
      });
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
