/**
 * One HTTP request from the host, with what it has: curl, GNU wget, or for plain http any netcat. All that may be
 * secret comes through the input and lies in files of a private folder: never in the words of a process, which every
 * user can read.
 *
 * Input: lines of curl's settings ($1 many), of wget's ($2) and of a plain request ($3), then the body. $4: `body` when
 * there is one, or the path of a file of the host behind `file:`; $5 and $6: host and port; $7: `http` or `https`;
 * $8: seconds; $9: statuses that are good, between spaces; then `content` to have it in any case; where the content
 * goes, its name within a folder, mode, owner and group.
 * Output, in base64 but the first: how the program ended and, when the content was put in its place, where; the head of
 * the answer; what the program said; the content.
 */
import { PLACE_FUNCTION } from "../../transport/file-scripts";

/** Ends with 0 whatever the answer is; with 3 when the host has no program for it. */
export const REQUEST_SCRIPT = `
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
umask 077
curl=$1 wget=$2 plain=$3 body=$4 host=$5 port=$6 scheme=$7 seconds=$8 good=$9
shift 9
want=$1 dest=$2 name=$3 mode=$4 owner=$5 group=$6
${PLACE_FUNCTION}
work=$(mktemp -d) || exit 1
temp=
trap 'rm -rf -- "$work" \${temp:+"$temp"}' EXIT
trap 'exit 1' HUP INT TERM
take() {
  n=$1
  while [ "$n" -gt 0 ]; do
    IFS= read -r line || return 1
    printf '%s\\n' "$line"
    n=$((n - 1))
  done
}
take "$curl" > "$work/curl" && take "$wget" > "$work/wget" && take "$plain" > "$work/plain" || exit 1
: > "$work/head"; : > "$work/content"; : > "$work/said"
file=$work/body
cat > "$file"
case $body in
file:*)
  file=\${body#file:}
  [ -r "$file" ] && [ -f "$file" ] || { echo "Unable to open source file $file" >&2; exit 1; }
  ;;
esac
cr=$(printf '\\r')
by_curl() {
  set -- -q -sS --config "$work/curl"
  [ -z "$body" ] || set -- "$@" --data-binary "@$file"
  curl "$@" -D "$work/head" -o "$work/content" 2> "$work/said"
}
by_wget() {
  set --
  [ -z "$body" ] || set -- --body-file="$file"
  WGETRC=$work/wget wget -nv "$@" -i "$work/url" -O "$work/content" 2> "$work/said"
  code=$?
  sed -n 's/^  \\([A-Za-z].*\\)/\\1/p' "$work/said" > "$work/head"
  # An answer that is no success, or wants a login, is an answer too.
  case $code in 6 | 8) [ ! -s "$work/head" ] || code=0 ;; esac
  return $code
}
by_netcat() {
  mkfifo "$work/in" || return 1
  timeout "$seconds" nc "$host" "$port" < "$work/in" > "$work/all" 2> "$work/said" &
  pid=$!
  # Netcat may be gone before all is written: that is told by its end, not by a signal that ends this script.
  trap '' PIPE
  exec 3> "$work/in"
  {
    sed "s/\\$/$cr/" "$work/plain"
    [ -z "$body" ] || printf 'Content-Length: %s\\r\\n' "$(wc -c < "$file" | tr -d ' ')"
    printf '\\r\\n'
    [ -z "$body" ] || cat "$file"
  } >&3 2>/dev/null
  # The input stays open: some servers take its end for a client that is gone.
  wait $pid
  code=$?
  exec 3>&-
  n=0
  while IFS= read -r line; do
    n=$((n + \${#line} + 1))
    [ "$line" != "$cr" ] && [ -n "$line" ] || break
    printf '%s\\n' "$line"
  done < "$work/all" > "$work/head"
  tail -c "+$((n + 1))" "$work/all" > "$work/content"
  [ -s "$work/head" ] && return 0
  [ -s "$work/said" ] || echo "no answer (exit code $code)" > "$work/said"
  return 1
}
if command -v curl >/dev/null 2>&1; then by_curl
elif wget --version 2>/dev/null | grep -q '^GNU Wget'; then
  sed -n 's/^#url //p' "$work/wget" > "$work/url"
  by_wget
elif [ "$scheme" = http ] && command -v nc >/dev/null 2>&1; then by_netcat
else
  echo "the host has neither curl nor GNU wget\${scheme:+ for $scheme}" >&2
  exit 3
fi
code=$?
# Of several heads, as after 100 Continue, the last one counts.
status=$(sed -n 's/^HTTP\\/[0-9.]* \\([0-9]*\\).*/\\1/p' "$work/head" | tail -n 1)
placed=
case $good in *" $status "*) fine=yes ;; *) fine= ;; esac
if [ -n "$dest" ] && [ -n "$fine" ] && [ $code -eq 0 ] && [ "$status" != 304 ]; then
  if [ -d "$dest" ]; then
    told=$(tr -d '\\r' < "$work/head" |
      sed -n 's/^[Cc]ontent-[Dd]isposition:.*filename="\\{0,1\\}\\([^";\\/]*\\).*/\\1/p' | tail -n 1)
    dest=\${dest%/}/\${told:-$name}
  fi
  umask 022
  beside "$dest" && cat "$work/content" > "$temp" && place "$temp" "$dest" "$mode" "$owner" "$group" || exit 1
  trap 'rm -rf -- "$work"' EXIT
  placed=" $dest"
fi
if [ "$want" != content ] && [ -n "$fine" ] && ! grep -qiE '^content-type:.*(json|javascript)' "$work/head"; then
  : > "$work/content"
fi
printf '%s%s\\n' "$code" "$placed"
for part in head said content; do base64 < "$work/$part" | tr -d '\\n'; echo; done
exit 0`;
