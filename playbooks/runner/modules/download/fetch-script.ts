/**
 * Downloads with what the host has: curl, GNU wget or busybox wget. The shell function `fetch` writes a
 * URL ($1) to a file ($2, `-` for the output). It reads `$timeout` (seconds), `$insecure` (yes or empty)
 * and headers, one a line, from `$headers`. Headers may be secrets and the words of a process are there for
 * every user to read, so curl gets them through its input, GNU wget in a private file. busybox's wget knows
 * no such way and is given none.
 */
export const FETCH_FUNCTION = `
fetch() {
  url=$1 into=$2
  set --
  if command -v curl >/dev/null 2>&1; then
    [ -z "$insecure" ] || set -- "$@" --insecure
    printf '%s\\n' "$headers" | sed '/^$/d; s/[\\"]/\\\\&/g; s/.*/header = "&"/' |
      curl -fsSL --max-redirs 10 --connect-timeout "$timeout" --speed-time "$timeout" --speed-limit 1 \\
        --config - "$@" -o "$into" -- "$url"
    return
  fi
  command -v wget >/dev/null 2>&1 || { echo 'the host has neither curl nor wget' >&2; return 1; }
  help=$(wget --help 2>&1)
  case $help in
  *BusyBox*)
    [ -z "$headers" ] || {
      echo "the host's wget shows headers to every user of the host: install curl" >&2
      return 1
    }
    case $url in
    https:*) [ -n "$insecure" ] || {
      echo "the host's wget cannot check certificates: install curl, or set validate_certs: false together with a checksum" >&2
      return 1
    } ;;
    esac ;;
  *) set -- "$@" --no-verbose --tries=1 --max-redirect=10 ;;
  esac
  case $help in *' -T'*) set -- "$@" -T "$timeout" ;; esac
  [ -z "$insecure" ] || set -- "$@" --no-check-certificate
  if [ -z "$headers" ]; then
    wget "$@" -O "$into" "$url"
    return
  fi
  (
    settings=$(mktemp) || exit 1
    trap 'rm -f -- "$settings"' EXIT
    trap 'exit 1' HUP INT TERM
    cat "\${WGETRC:-$HOME/.wgetrc}" > "$settings" 2>/dev/null
    printf '%s\\n' "$headers" | sed '/^$/d; s/^/header = /' >> "$settings"
    WGETRC=$settings wget "$@" -O "$into" "$url"
  )
}`;
