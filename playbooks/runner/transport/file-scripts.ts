/**
 * Scripts for files on the host, for any POSIX shell with coreutils or busybox. Paths and values
 * come as arguments, never as text of the script.
 */

/** Format for `stat -c` that coreutils and busybox share. */
export const STAT_FORMAT = "%f %u %g %s %Y %X %Z %i %h %d %U %G";

/** $1: path; $2: -L or empty. The second line is where a link leads. */
export const STAT_SCRIPT = `
LC_ALL=C; export LC_ALL
stat $2 -c '${STAT_FORMAT}' -- "$1" || exit
if [ -L "$1" ]; then readlink -- "$1"; fi
exit 0
`;

/** $1: path. */
export const READ_SCRIPT = `LC_ALL=C; export LC_ALL; cat -- "$1"`;

/** $1: path. Read through the shell: for odd names coreutils would print an escaped line. */
export const CHECKSUM_SCRIPT = `
LC_ALL=C; export LC_ALL
if [ ! -e "$1" ] && [ ! -L "$1" ]; then echo "$1: No such file" >&2; exit 1; fi
sha256sum < "$1"
`;

/**
 * A shell function that gives a finished temporary file ($1) mode ($3), owner ($4) and group ($5),
 * syncs it and puts it in the place of $2. What is empty stays as it was with the old file, or
 * becomes what the umask gives a new one.
 */
export const PLACE_FUNCTION = `
place() {
  mode=$3 owner=$4 group=$5
  if old=$(stat -L -c '%a %u %g' -- "$2" 2>/dev/null); then
    set -- "$1" "$2" $old
    mode=\${mode:-$3} owner=\${owner:-$4} group=\${group:-$5}
  else
    mode=\${mode:-$(printf '%o' $((0666 & ~$(umask))))}
  fi
  own=$(stat -c '%u %g' -- "$1")
  [ "\${owner:-\${own% *}} \${group:-\${own#* }}" = "$own" ] ||
    chown -- "$owner\${group:+:$group}" "$1" || return 1
  chmod "$mode" "$1" || return 1
  sync "$1" 2>/dev/null
  mv -f -- "$1" "$2" || return 1
  case $2 in
    -*/*) sync "./\${2%/*}/" 2>/dev/null ;;
    */*) sync "\${2%/*}/" 2>/dev/null ;;
  esac
  return 0
}
# Makes the temporary file $temp beside $1; it is removed at the end, whatever happens.
beside() {
  # Not every mktemp knows "--".
  case $1 in -*/*) temp=./\${1%/*}/ ;; */*) temp=\${1%/*}/ ;; *) temp=./ ;; esac
  temp=$(mktemp "$temp.armstead.XXXXXX") || return 1
  trap 'rm -f -- "$temp"' EXIT
  trap 'exit 1' HUP INT TERM
}
`;

/**
 * Writes the input to a file. $1: path; $2: bytes to come; $3: mode in octal; $4: owner; $5: group;
 * $6: not empty to follow a link; the last four may be empty. The new file is made beside the old
 * one and takes its place only when it is complete and synced: input that ends early, a full disk
 * or an unknown owner leave the old one alone.
 */
export const WRITE_SCRIPT = `
LC_ALL=C; export LC_ALL
${PLACE_FUNCTION}
fail() { echo "$1" >&2; exit 1; }
dest=$1
if [ -n "$6" ] && [ -L "$dest" ]; then
  real=$(readlink -f -- "$dest" && echo .) || fail "the link $dest leads nowhere"
  dest=\${real%??}
fi
[ ! -d "$dest" ] || fail "$dest is a folder"
beside "$dest" || exit 1
cat > "$temp" || exit 1
[ "$(wc -c < "$temp")" -eq "$2" ] || fail "the content did not arrive whole"
place "$temp" "$dest" "$3" "$4" "$5"`;
