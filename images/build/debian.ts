/** Names of Debian's releases and architectures, in one place. */
import { Bug } from "../../core/faults";
import type { Architecture } from "../../core/names";

/** Releases that nodes can run, by number. */
export const SUITES = { "12": "bookworm", "13": "trixie" } as const;
/** A release's number. */
export type Release = keyof typeof SUITES;

/** What `uname -m` says. */
export const MACHINE_NAMES: Readonly<Record<Architecture, string>> = {
  arm64: "aarch64",
  amd64: "x86_64",
};

/** Path of the program that loads dynamically linked ones; compiled into each of them. */
export const LOADERS: Readonly<Record<Architecture, string>> = {
  arm64: "usr/lib/ld-linux-aarch64.so.1",
  amd64: "usr/lib64/ld-linux-x86-64.so.2",
};

/** Folder of an architecture's libraries below usr/lib. */
export function libraryFolder(architecture: Architecture): string {
  return `usr/lib/${MACHINE_NAMES[architecture]}-linux-gnu`;
}

/**
 * The release of this number.
 * @throws Bug when nodes cannot run it; the API offers only those that they can
 */
export function getRelease(number: string): Release {
  if (number === "12" || number === "13") return number;
  throw new Bug(`no node runs Debian ${JSON.stringify(number)}`);
}
