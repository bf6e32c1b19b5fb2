# What each scripted command does: one at a time, read the state, decide in awk, publish by a rename.
# Words of the caller stay data: they reach awk as arguments and are never read by a shell again.
# STARLINGX_LAB_ROOT stands before every absolute path (default: nothing).

root=${STARLINGX_LAB_ROOT:-}
library=$root/usr/lib/starlingx-lab
folder=$root/var/lib/starlingx-lab
lock=$folder/lock

# Process and its start time: a number alone may be somebody else's by now. Sets `found`.
identify() {
  found=
  [ -r "/proc/$1/stat" ] && read -r found <"/proc/$1/stat" 2>/dev/null || return 1
  # The program's name stands in brackets and may hold blanks; twenty fields later comes the start.
  found=${found##*) }
  set -f
  # shellcheck disable=SC2086
  set -- "$1" $found
  set +f
  shift 20
  found=$1
}

holder_lives() {
  identify "${1%%-*}" && [ "$found" = "${1#*-}" ]
}

# A symbolic link is made with its content in one step, so that no lock is ever without a holder.
take_lock() {
  identify $$
  me=$$-$found
  tries=0
  until ln -sn "$me" "$lock" 2>/dev/null; do
    tries=$((tries + 1))
    if [ $tries -gt 1200 ]; then
      echo "starlingx-lab: the state is still locked by $(readlink "$lock" 2>/dev/null) after a minute" >&2
      exit 1
    fi
    holder=$(readlink "$lock" 2>/dev/null) || holder=
    # One at a time looks again and breaks: else the lock of the next one could be broken.
    breaker=$(readlink "$lock.broken" 2>/dev/null) && ! holder_lives "$breaker" && rm -f "$lock.broken"
    if [ -n "$holder" ] && ! holder_lives "$holder" && ln -sn "$me" "$lock.broken" 2>/dev/null; then
      [ "$(readlink "$lock" 2>/dev/null)" != "$holder" ] || rm -f "$lock"
      rm -f "$lock.broken"
      continue
    fi
    sleep 0.05
  done
  trap 'rm -f "$lock"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# call COMMAND PARTS ARGUMENT...: PARTS are files of the library; the last of them begins.
call() {
  command=$1 parts="base state log $2"
  shift 2
  umask 022
  if ! { [ -d "$folder" ] && [ -d "$root/var/log" ] && [ -d "$root/etc/platform" ]; } &&
    ! mkdir -p "$folder" "$root/var/log" "$root/etc/platform"; then
    echo "starlingx-lab: cannot write below ${root:-/}; the commands need root" >&2
    exit 1
  fi
  take_lock
  # What a killed call left.
  [ ! -e "$folder/state.new" ] || rm -f "$folder/state.new"
  set -- -- "$@"
  for part in $parts; do set -- -f "$library/$part.awk" "$@"; done
  LAB_COMMAND=$command LAB_ROOT=$root LAB_FOLDER=$folder LAB_WHERE=$PWD awk "$@"
  code=$?
  if [ $code -eq 0 ] && ! mv -f "$folder/state.new" "$folder/state"; then
    echo "starlingx-lab: cannot keep the state in $folder" >&2
    exit 1
  fi
  exit $code
}
