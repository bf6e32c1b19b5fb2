/**
 * Stops a command on the host and all that it started. The command's shell is found under /proc by
 * the token in its command line, its descendants by their parents; SSH's own signals reach
 * only the first process, and only on some servers.
 */
import type { Command } from "../host";

const SCRIPT = `
family=$(grep -l "$1" /proc/[0-9]*/cmdline 2>/dev/null | sed 's|^/proc/||; s|/cmdline$||')
table=$(grep PPid: /proc/[0-9]*/status 2>/dev/null |
  sed 's|^/proc/\\([0-9]*\\)/status:PPid:[[:space:]]*|\\1 |')
todo=$family
while [ -n "$todo" ]; do
  next=
  for parent in $todo; do
    next="$next $(printf '%s\\n' "$table" | sed -n "s/^\\([0-9]*\\) $parent\\$/\\1/p")"
  done
  todo=$(echo $next)
  family="$family $todo"
done
[ -n "$family" ] || exit 0
kill -TERM $family 2>/dev/null
sleep 1
kill -KILL $family 2>/dev/null
exit 0
`;

/** The command that ends the one with this token. */
export function killCommand(token: string): Command {
  // Written as a class, the last letter keeps the pattern from finding the killer itself.
  const pattern = `armstead:${token.slice(0, -1)}[${token.slice(-1)}]`;
  return { argv: ["/bin/sh", "-c", SCRIPT, "sh", pattern] };
}
