/**
 * Downloads with what the host has: curl, GNU wget or busybox wget. The shell function `fetch` writes a
 * URL ($1) to a file ($2, `-` for the output). It reads `$timeout` (seconds), `$insecure` (yes or empty)
 * and headers, one a line, from `$headers`.
 */
export const FETCH_FUNCTION = `
fetch() {
  url=$1 into=$2
  set --
  if command -v curl >/dev/null 2>&1; then
    option=-H
    headers_to_words
    [ -z "$insecure" ] || set -- "$@" --insecure
    curl -fsSL --max-redirs 10 --connect-timeout "$timeout" --speed-time "$timeout" --speed-limit 1 \\
      "$@" -o "$into" -- "$url"
    return
  fi
  command -v wget >/dev/null 2>&1 || { echo 'the host has neither curl nor wget' >&2; return 1; }
  help=$(wget --help 2>&1)
  case $help in
  *BusyBox*)
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
  option=--header
  headers_to_words
  wget "$@" -O "$into" "$url"
}`.replaceAll(
  "headers_to_words",
  `while IFS= read -r header; do [ -z "$header" ] || set -- "$@" $option "$header"; done <<END
$headers
END`,
);
