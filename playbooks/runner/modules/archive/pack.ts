/** Packing on the host: the archive is made beside its place, and takes it only where it differs. */
import type { TaskContext } from "../../module";
import { PLACE_FUNCTION } from "../../transport/file-scripts";
import { TaskFailure } from "../task-failure";
import type { Format } from "./plan-archive";

/** What is packed. */
export interface Packing {
  readonly dest: string;
  readonly format: Format;
  /** Names are below it. */
  readonly root: string;
  readonly names: readonly string[];
  /** Compress the only file itself, without an archive around it. */
  readonly isSingle: boolean;
}

/** Stands at the end of the errors when a part of the pipe failed. */
const FAILED = "armstead: not packed";

/**
 * $1: `sum` or `write`; $2: target; $3: format; $4: folder of the names; $5: `several`, `none`, or `single` for a file that is
 * compressed itself. The input is names, each with a NUL at its end. Prints `same` or `differs`.
 */
const SCRIPT = `
LC_ALL=C; export LC_ALL
${PLACE_FUNCTION}
what=$1 dest=$2 format=$3 root=$4 names=$5
failed() { echo '${FAILED}' >&2; }
pack() {
  case $format in
    gz) gzip -c ;;
    bz2) bzip2 -c ;;
    xz) xz -c ;;
    *) cat ;;
  esac || failed
}
# GNU tar takes a backslash in a name for an escape, unless it is told not to.
verbatim=
case $(tar --version 2>/dev/null) in *GNU*) verbatim=--no-unquote ;; esac
# xargs would start a second tar for very many names, so the list is bounded by the caller.
names() {
  if [ "$format" = zip ]; then
    xargs -0 -r sh -c 'command -v zip >/dev/null || { echo "there is no zip on the host" >&2; exit 1; }
      zip -q -X - -- "$@"' sh
  else
    xargs -0 -r tar -cf - $verbatim --no-recursion --
  fi || failed
}
make() {
  cd -- "$root" || { failed; return; }
  case $names in
    single) { xargs -0 sh -c 'cat < "./$1"' sh || failed; } | pack ;;
    # An archive of nothing is the block that ends an archive: tar itself would not make one.
    none) head -c 10240 /dev/zero | pack ;;
    *) names | { if [ "$format" = zip ]; then cat; else pack; fi; } ;;
  esac
}
case $dest in /*) ;; *) dest=$PWD/$dest ;; esac
old=$([ ! -f "$dest" ] || sha256sum < "$dest")
if [ "$what" = sum ]; then
  new=$(make | sha256sum)
else
  beside "$dest" || exit 1
  # What is said is kept in memory: the disk may be full.
  said=$( (make) 2>&1 > "$temp" )
  case $said in *'${FAILED}'*) printf '%s\\n' "$said" >&2; exit 1 ;; esac
  new=$(sha256sum < "$temp")
fi
[ "$old" != "$new" ] || { echo same; exit 0; }
[ "$what" = sum ] || place "$temp" "$dest" '' '' '' || exit 1
echo differs`;

/** Bytes of names: what one command may get on every Linux. */
const MAX_NAMES_BYTES = 120_000;

/**
 * Packs, or in check mode only compares.
 * @returns whether the archive differs from what is there
 * @throws TaskFailure for what cannot be packed
 */
export async function pack(
  { host, check, signal }: TaskContext,
  { dest, format, root, names, isSingle }: Packing,
): Promise<boolean> {
  const stdin = names.map((it) => `${it}\0`).join("");
  if (Buffer.byteLength(stdin) > MAX_NAMES_BYTES) {
    throw new TaskFailure("too many files for one archive here: use command with tar");
  }
  if (format === "zip" && names.length === 0) {
    throw new TaskFailure(`Errors when writing archive at ${dest}: a zip archive cannot be empty`);
  }
  const what = isSingle ? "single" : names.length === 0 ? "none" : "several";
  const words = [check ? "sum" : "write", dest, format, root, what];
  const command = { argv: ["/bin/sh", "-c", SCRIPT, "sh", ...words], stdin };
  const { code, stdout, stderr } = check
    ? await host.query(command, { signal })
    : await host.change(command, { signal });
  if (code === 0 && !stderr.includes(FAILED)) return stdout.trim() === "differs";
  const said = stderr.replaceAll(FAILED, "").trim();
  throw new TaskFailure(`Errors when writing archive at ${dest}: ${said}`);
}
