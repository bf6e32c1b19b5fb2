/**
 * Unpacking on the host: beside its place, in a folder of its own, from which the members are moved when all are whole. An
 * archive that ends early, a full disk or a connection that is lost leave what was there alone.
 */
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";
import { TAR_SCRIPT, type Archive } from "./compare";

/** Options for which tar has to see what is there already. */
const LOOKS =
  /^--(keep|skip|unlink|recursive-unlink|overwrite|no-overwrite|newer|after-date|absolute-names|one-top-level|listed)|^-(?!-)\w*[kPUgN]/;

/**
 * $0: the script that runs tar; $1: folder; $2: `beside`, `compare` to look whether anything differs at all, or `within` to
 * unpack it in place; the rest: words of tar. Prints `same` when nothing differs.
 */
const SCRIPT = `
LC_ALL=C; export LC_ALL
dest=$1 how=$2
shift 2
case $dest in -*) dest=./$dest ;; esac
unpack() { /bin/sh -c "$0" sh -x -C "$@"; }
if [ "$how" = within ]; then unpack "$dest" "$@"; exit; fi
temp=$(mktemp -d "$dest/.armstead.XXXXXX") || exit 1
trap 'rm -rf -- "$temp"' EXIT
trap 'exit 1' HUP INT TERM
case $(tar --version 2>/dev/null) in
  *GNU*) set -- --quoting-style=literal --show-transformed-names "$@" ;;
esac
members=$(unpack "$temp" -v "$@") || exit 1
break='
'
# Folders that are there get mode, owner and time when the archive tells them: not those that are only parts of names.
tells() {
  case $break$members$break in
    *"$break./$1$break"*) return 0 ;;
    *"$break$1$break"*) [ -n "$1" ] && return 0 ;;
  esac
  return 1
}
like() {
  set -- "$2" $(stat -c '%a %u:%g' -- "$1") "$1"
  [ "$(stat -c '%u:%g' -- "$1")" = "$3" ] || chown -- "$3" "$1" || return 1
  chmod "$2" "$1" && touch -r "$4" "$1"
}
# What each folder holds goes into the folder that is there, or takes its place as a whole.
move() {
  find "$1" -mindepth 1 -maxdepth 1 ! -type d -exec /bin/sh -c '
    dest=$0
    for it; do
      to=$dest/\${it##*/}
      if [ -d "$to" ] && [ ! -L "$to" ]; then rmdir -- "$to" || exit 1; fi
    done
    mv -f -- "$@" "$dest/"' "$2" {} + || return 1
  for it in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    [ -d "$it" ] && [ ! -L "$it" ] || continue
    # A link stays when the archive has only names through it.
    if [ -d "$2/\${it##*/}" ] && { [ ! -L "$2/\${it##*/}" ] || ! tells "$3\${it##*/}/"; }; then
      move "$it" "$2/\${it##*/}" "$3\${it##*/}/" || return 1
    else
      rm -f -- "$2/\${it##*/}" && mv -- "$it" "$2/" || return 1
    fi
  done
  ! tells "$3" || like "$1" "$2"
}
# Names at the end of a pipe: the shell takes no line break from the end of a text.
differs() {
  cd -- "$temp" && find . -mindepth 1 -exec /bin/sh -c '
    for it; do
      to=$0/$it
      if [ -L "$it" ]; then
        [ -L "$to" ] && [ "$(readlink -- "$it" && echo .)" = "$(readlink -- "$to" && echo .)" ] || echo "$it"
      elif [ -d "$it" ]; then [ -d "$to" ] || echo "$it"
      elif [ -f "$it" ]; then
        [ -f "$to" ] && [ ! -L "$to" ] && [ "$(stat -c "%a %u %g" -- "$it")" = "$(stat -c "%a %u %g" -- "$to")" ] &&
          cmp -s -- "$it" "$to" || echo "$it"
      fi
    done' "$1" {} +
}
if [ "$how" = compare ]; then
  case $dest in /*) whole=$dest ;; *) whole=$PWD/$dest ;; esac
  [ -n "$(differs "$whole")" ] || { echo same; exit 0; }
fi
sync -f "$temp" 2>/dev/null || sync
move "$temp" "$dest" ""`;

/** Where and how. */
interface Unpacking {
  readonly dest: string;
  /** Further options of tar. */
  readonly extra: readonly string[];
  /** Nobody knows whether it is unpacked already: then nothing is done when it is. */
  readonly isUnsure: boolean;
}

/**
 * Unpacks into a folder.
 * @returns whether anything was done
 * @throws TaskFailure for what tar cannot unpack
 */
export async function extract(
  context: TaskContext,
  archive: Archive,
  { dest, extra, isUnsure }: Unpacking,
): Promise<boolean> {
  const { host, signal } = context;
  const { options, include, stdin } = archive;
  const how = extra.some((it) => LOOKS.test(it)) ? "within" : isUnsure ? "compare" : "beside";
  const argv = ["/bin/sh", "-c", SCRIPT, TAR_SCRIPT, dest, how, ...options, ...include];
  const input = stdin === undefined ? {} : { stdin };
  const { code, stdout, stderr } = await host.change({ argv, ...input }, { signal });
  if (code !== 0) throw new TaskFailure(`failed to unpack: ${stderr.trim()}`);
  return stdout.trim() !== "same";
}
