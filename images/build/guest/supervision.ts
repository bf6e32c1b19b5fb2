/**
 * Supervision of services on minimal nodes, in the words of runit: `/etc/sv/NAME/run`, enabled by
 * a link in `/etc/service/`, commanded by `sv`. Debian's busybox lacks those applets, so these
 * scripts stand in. A node's busybox runs them; nothing here runs on the host.
 */
import { NODE_PATH } from "./accounts";
import { folder, program, type TreeEntry } from "../tree";

const RUNSVDIR = `#!/bin/sh
# runsvdir: one runsv for each link in /etc/service; looks anew every two seconds, or when told.
export PATH=${NODE_PATH}
mkdir -p /run/sv /var/log
[ -p /run/sv/control ] || mkfifo /run/sv/control
exec 3<>/run/sv/control
# An empty number would mean this very process group.
alive() {
  p=
  [ -e "/run/sv/$1/supervisor" ] && read -r p <"/run/sv/$1/supervisor"
  [ -n "$p" ] && kill -0 "$p" 2>/dev/null
}
trap 'exit 0' TERM
while :; do
  for dir in /etc/service/*; do
    name=\${dir##*/}
    [ -x "$dir/run" ] || continue
    alive "$name" && continue
    mkdir -p "/run/sv/$name"
    runsv "$dir" 3>&- </dev/null &
    # Told here, before the next look: two of them would each kill what the other one has started.
    echo $! >"/run/sv/$name/supervisor"
  done
  # Nothing here starts a program as long as nothing changes: a node idles most of its life.
  for state in /run/sv/*/supervisor; do
    name=\${state%/supervisor}
    name=\${name##*/}
    [ ! -x "/etc/service/$name/run" ] && alive "$name" && sv exit "$name"
  done
  read -r -t 2 _ <&3
done
`;

const RUNSV = `#!/bin/sh
# runsv DIR: keeps DIR/run running while /run/sv/NAME/want says "up".
dir=$1 name=\${1##*/} state=/run/sv/\${1##*/} log=/var/log/\${1##*/}.log
mkdir -p "$state"
# A predecessor that was killed may have left its service behind.
[ -s "$state/pid" ] && kill -9 "$(cat "$state/pid")" 2>/dev/null
rm -f "$state/pid"
if [ -e "$dir/down" ]; then echo down >"$state/want"; else echo up >"$state/want"; fi
[ -p "$state/control" ] || mkfifo "$state/control"
exec 3<>"$state/control"
date +%s >"$state/since"
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; exit 0' TERM
while :; do
  read -r want <"$state/want"
  case $want in
  up | once)
    [ "$(stat -c %s "$log" 2>/dev/null || echo 0)" -lt 1048576 ] || mv "$log" "$log.1"
    started=$(date +%s)
    (cd "$dir" && exec ./run) >>"$log" 2>&1 3>&- </dev/null &
    pid=$!
    echo "$pid" >"$state/pid"; echo "$started" >"$state/since"
    wait "$pid"
    pid=
    rm -f "$state/pid"; date +%s >"$state/since"
    read -r want <"$state/want"
    [ "$want" != once ] || echo down >"$state/want"
    # One that ends at once is started again after a second only.
    [ "$want" != up ] || [ "$(date +%s)" -gt "$started" ] || read -r -t 1 _ <&3
    ;;
  exit) rm -rf "$state"; exit 0 ;;
  *) read -r _ <&3 ;;
  esac
done
`;

const SV = `#!/bin/sh
# sv COMMAND NAME...: commands services as runit's sv does. A number that is empty would mean this very group.
usage() { echo "usage: sv up|down|once|restart|term|kill|hup|exit|status NAME..." >&2; exit 100; }
[ $# -ge 2 ] || usage
command=$1; shift
failed=0
pid() { cat "$state/pid" 2>/dev/null; }
lives() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }
running() { p=$(pid) && lives "$p"; }
supervised() { lives "$(cat "$state/supervisor" 2>/dev/null)" && [ -p "$state/control" ]; }
want() { echo "$1" >"$state/want"; echo "$1" 1<>"$state/control"; }
until_() { n=0; until "$@"; do n=$((n + 1)); [ "$n" -lt 140 ] || return 1; sleep 0.05; done; }
stopped() { ! running; }
changed() { running && [ "$p" != "$old" ]; }
stop() {
  running && kill "$p" 2>/dev/null
  until_ stopped && return
  running && kill -9 "$p" 2>/dev/null
  until_ stopped
}
restart() {
  running && old=$p || old=
  want up
  [ -z "$old" ] || kill "$old" 2>/dev/null
  until_ changed && return
  [ -z "$old" ] || kill -9 "$old" 2>/dev/null
  until_ changed
}
show() {
  now=$(date +%s) since=$(cat "$state/since" 2>/dev/null)
  age=$((now - \${since:-$now}))
  if running; then echo "run: $name: (pid $p) \${age}s"
  elif [ -e "/etc/service/$name/down" ]; then echo "down: $name: \${age}s"
  else echo "down: $name: \${age}s, normally up"; fi
}
fail() { echo "fail: $name: $1" >&2; failed=$((failed + 1)); }
for name in "$@"; do
  name=\${name##*/} state=/run/sv/\${name##*/}
  if [ "$command" != exit ]; then
    [ -e "/etc/service/$name" ] || { fail "unable to change to service directory: file does not exist"; continue; }
    supervised || echo scan 1<>/run/sv/control
    until_ supervised || { fail "runsv not running"; continue; }
  fi
  case $command in
  up | start) want up; until_ running || fail "does not start" ;;
  once) want once ;;
  down | stop) want down; stop || fail "does not stop" ;;
  restart) restart || fail "does not restart" ;;
  term | hup | kill | int | usr1 | usr2) running && kill -s "$(echo "$command" | tr a-z A-Z)" "$p" ;;
  exit) want exit; stop ;;
  status) ;;
  *) usage ;;
  esac
  case $command in exit) ;; status | restart | up | start | down | stop) show ;; esac
done
exit $failed
`;

/** busybox init runs this before it kills anything, so that services have more than its one second. */
const RC_SHUTDOWN = `#!/bin/sh
for state in /run/sv/*/; do
  [ -d "$state" ] && sv down "$(basename "$state")" >/dev/null &
done
wait
sync
`;

/** The scripts and their folders. */
export function supervisionFiles(): TreeEntry[] {
  return [
    folder("etc/sv"),
    folder("etc/service"),
    program("etc/rc.shutdown", RC_SHUTDOWN),
    program("usr/sbin/runsvdir", RUNSVDIR),
    program("usr/sbin/runsv", RUNSV),
    program("usr/sbin/sv", SV),
  ];
}
