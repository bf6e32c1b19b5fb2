/** A small HTTP server on a namespaced host: it tells what it was asked, and answers as it is told by the path. */
import type { ModuleBench } from "./module-run";

/** Where it listens, on the host. */
export const ECHO_URL = "http://127.0.0.1:8010";

/** One run a connection. Meanwhile the words of all processes are noted in /t/seen. */
const HANDLER = `#!/bin/sh
cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' >> /t/seen
cr=$(printf '\\r')
IFS= read -r line
method=\${line%% *} path=\${line#* } path=\${path%% *}
head= length=0 login=
while IFS= read -r field; do
  field=\${field%$cr}
  [ -n "$field" ] || break
  head="$head$field
"
  case $field in
  [Cc]ontent-[Ll]ength:*) length=\${field#*: } ;;
  [Aa]uthorization:*) login=\${field#*: } ;;
  esac
done
[ "$length" -eq 0 ] || head -c "$length" > /t/body
answer() {
  printf 'HTTP/1.1 %s\\r\\n' "$1"; shift
  for it; do printf '%s\\r\\n' "$it"; done
  printf 'Connection: close\\r\\n\\r\\n'
}
case $path in
/echo*)
  answer '200 OK' 'Content-Type: text/plain' 'X-Own-Header: one' 'X-Own-Header: two'
  [ "$method" = HEAD ] || { printf '%s %s\\n%s\\n' "$method" "$path" "$head"; [ "$length" -eq 0 ] || cat /t/body; }
  ;;
/json) answer '200 OK' 'Content-Type: application/vnd.x+json; charset=utf-8'; printf '{"a": [1, "\\303\\251"]}' ;;
/status/*) answer "\${path#/status/} Told So" 'Content-Type: text/plain'; printf 'because' ;;
/to/*) answer '302 Found' "Location: /\${path#/to/}" ;;
/circle) answer '302 Found' 'Location: circle' ;;
/login)
  if [ "$login" = 'Basic bWU6czNjcmV0OiI=' ]; then answer '200 OK'; printf welcome
  else answer '401 Unauthorized' 'WWW-Authenticate: Basic realm="x"'; fi ;;
/cookies) answer '200 OK' 'Set-Cookie: a=1; Path=/' 'Set-Cookie: b="2"' ;;
/gzip) answer '200 OK' 'Content-Encoding: gzip'; printf zipped | gzip ;;
/bytes) answer '200 OK' 'Content-Length: 4'; printf 'a\\000\\377\\n' ;;
/file*) case $head in
  *[Ii]f-[Mm]odified-[Ss]ince*) answer '304 Not Modified' ;;
  *) answer '200 OK' 'Content-Disposition: attachment; filename="told.txt"'; printf content ;;
  esac ;;
/slow) sleep 30 ;;
esac
`;

/** Starts it. */
export async function startEcho(bench: ModuleBench): Promise<void> {
  await bench.shell("mkdir -p /srv /t");
  await bench.run("copy", { dest: "/srv/answer", content: HANDLER, mode: "0755" });
  await bench.shell("busybox nc -ll -p 8010 -e /srv/answer >/dev/null 2>&1 </dev/null & sleep 0.2");
}
