/**
 * Does a TCP port answer, asked on the host? $1: address; $2: port; $3: seconds. Ends with 0 for yes, 1 for
 * no, 3 when the host has no means to ask. A port of the host itself is looked up in /proc/net; for
 * others bash or any netcat is used. busybox's netcat has no probe, so its connection is looked for in /proc.
 */
export const PROBE_SCRIPT = `
host=$1 port=$2 seconds=$3
hex=$(printf '%04X' "$port")
# Addresses of listeners: 0.0.0.0 and ::, 127.0.0.0/8 written from its end, ::1, and 127.0.0.1 within IPv6.
case $host in
127.*) any='00000000|[0-9A-F]{6}7F|0{32}|0{16}FFFF0000[0-9A-F]{6}7F' ;;
localhost | ::1) any='00000000|[0-9A-F]{6}7F|0{32}|0{24}01000000' ;;
*) any= ;;
esac
if [ -n "$any" ] && [ -r /proc/net/tcp ]; then
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    grep -qE "^ *[0-9]+: ($any):$hex [0-9A-F]+:0000 0A " && exit 0
  exit 1
fi
if command -v bash >/dev/null 2>&1; then
  timeout "$seconds" bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$host" "$port" 2>/dev/null && exit 0
  exit 1
fi
command -v nc >/dev/null 2>&1 || { echo 'the host has neither bash nor nc to probe a port' >&2; exit 3; }
if nc -h 2>&1 | grep -q -- '-z'; then
  nc -z -w "$seconds" "$host" "$port" </dev/null >/dev/null 2>&1 && exit 0
  exit 1
fi
nc "$host" "$port" </dev/null >/dev/null 2>&1 &
pid=$!
n=0
while [ $n -lt "$seconds" ]; do
  # Every state of a connection that was made; 02 is one that is still tried.
  grep -qE "^ *[0-9]+: [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:$hex 0[14568] " /proc/net/tcp /proc/net/tcp6 2>/dev/null && break
  if ! kill -0 $pid 2>/dev/null; then wait $pid; exit $(($? > 0)); fi
  sleep 1
  n=$((n + 1))
done
kill $pid 2>/dev/null || exit 0
[ $n -lt "$seconds" ]
`;
