/** What templates of Ansible may call and what cannot be had here, with the nearest form. */
import type { Token } from "../../model/template/tokens";
import { stringOf } from "../../model/template/tokens";

const ON_THE_CONTROLLER =
  "the machine that runs the plays is not looked at: use the module stat on the node";
/** Why templates of a plan cannot ask for the time. */
export const NO_CLOCK =
  "the digests of a plan cannot see the clock: use the fact ansible_date_time; armstead play has one";
const WEAK_HASH = "md5_crypt protects no password any more: use sha512 or sha256";
const NOT_EVERYWHERE = "busybox and older systems do not know bcrypt: use sha512 or sha256";
const AT_HOME = "the machine that runs the plays is not looked at: write the path";

/** Functions, by name. */
export const REFUSED_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["lipsum", "it makes texts at random: write the text"],
]);

/** Schemes of `password_hash` that are refused, by their names. */
export const REFUSED_HASHES: ReadonlyMap<string, string> = new Map([
  ["md5", WEAK_HASH],
  ["md5_crypt", WEAK_HASH],
  ["blowfish", NOT_EVERYWHERE],
  ["bcrypt", NOT_EVERYWHERE],
]);

/**
 * Why a filter cannot be called with these arguments; undefined when it can, or when only the run can tell.
 * @param args - what stands between the brackets, if anything
 */
export function misuseOf(name: string, args: readonly Token[], clock: boolean): string | undefined {
  const [first, equals, named] = args;
  if (name === "strftime" && !clock) {
    const isNamed = equals?.text === "=";
    const hasSecond = args.some((it) => it.kind === "name" && it.text === "second");
    return first !== undefined && (!isNamed || hasSecond)
      ? undefined
      : `without seconds, ${NO_CLOCK}`;
  }
  if (name !== "password_hash") return undefined;
  const type = first?.text === "hashtype" ? named : first;
  return type?.kind === "string" ? REFUSED_HASHES.get(stringOf(type)) : undefined;
}

/** Filters and tests, by name. */
export const REFUSED_CALLABLES: ReadonlyMap<string, string> = new Map([
  ["vault", "files are encrypted before they travel"],
  ["unvault", "files are decrypted before they travel"],
  ["expanduser", AT_HOME],
  ["expandvars", AT_HOME],
  ["realpath", AT_HOME],
  ["fileglob", "use the lookup fileglob, which finds travelling files"],
  ...["directory", "exists", "file", "link", "link_exists", "mount", "same_file"].flatMap((it) => [
    [it, ON_THE_CONTROLLER] as const,
    [`is_${it.replace("directory", "dir")}`, ON_THE_CONTROLLER] as const,
  ]),
]);
