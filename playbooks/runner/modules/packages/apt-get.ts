/** Runs apt-get: for good, waiting for its lock, or as a simulation that only looks. */
import type { CommandResult } from "../../host";
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";

/** How it is run. */
export interface AptRun {
  /** Words behind `apt-get`. */
  readonly words: readonly string[];
  /** Seconds to wait for another program that holds the lock. */
  readonly lockTimeout: number;
  /** What the policy for services says meanwhile; undefined leaves it. */
  readonly policy?: number | undefined;
}

/**
 * $1: seconds to wait for the lock; $2: exit code of /usr/sbin/policy-rc.d meanwhile, or empty; then the command.
 * Whatever ends the script, the host's own policy comes back.
 */
const SCRIPT = `
LC_ALL=C DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical
export LC_ALL DEBIAN_FRONTEND DEBIAN_PRIORITY
PATH=$PATH:/usr/sbin:/sbin
seconds=$1 policy=$2
shift 2
file=/usr/sbin/policy-rc.d
work=$(mktemp -d) || exit 1
finish() {
  if [ -n "$policy" ]; then
    if [ -e "$work/policy" ] || [ -L "$work/policy" ]; then mv -f -- "$work/policy" "$file"; else rm -f -- "$file"; fi
  fi
  rm -rf -- "$work"
}
if [ -n "$policy" ]; then
  if [ -e "$file" ] || [ -L "$file" ]; then mv -- "$file" "$work/policy" || { rm -rf -- "$work"; exit 1; }; fi
  trap finish EXIT
  printf '#!/bin/sh\\nexit %d\\n' "$policy" > "$file" && chmod 0755 "$file" || exit 1
else
  trap finish EXIT
fi
trap 'exit 1' HUP INT TERM
n=0
while :; do
  "$@" </dev/null > "$work/out" 2> "$work/err"
  code=$?
  [ $code -ne 0 ] && [ $n -lt "$seconds" ] &&
    grep -qE 'Could not get lock|Unable to (acquire|lock)' "$work/err" || break
  n=$((n + 1))
  sleep 1
done
cat "$work/out"; cat "$work/err" >&2
exit $code`;

/** In check mode as a simulation. */
export async function runApt(context: TaskContext, run: AptRun): Promise<CommandResult> {
  const { host, check, signal } = context;
  if (check) {
    const environment = { LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };
    return host.query({ argv: ["apt-get", "--simulate", ...run.words], environment }, { signal });
  }
  const policy = run.policy === undefined ? "" : `${run.policy}`;
  const words = [`${run.lockTimeout}`, policy, "apt-get", ...run.words];
  return host.change({ argv: ["/bin/sh", "-c", SCRIPT, "sh", ...words] }, { signal });
}

/** What a run that failed says. @throws TaskFailure always */
export function failRun(words: readonly string[], { code, stdout, stderr }: CommandResult): never {
  const values = { rc: code, stdout, stderr };
  throw new TaskFailure(`'apt-get ${words.join(" ")}' failed: ${stderr.trim()}`, values);
}

/** The part of the output that says what changes. */
export function aptDiff(stdout: string): string {
  const lines = stdout.split("\n");
  const end = lines.findIndex((it) => /^\d+ upgraded/.test(it));
  const shown = lines.slice(
    lines.indexOf("Reading state information...") + 1,
    end < 0 ? lines.length : end + 1,
  );
  return shown.join("\n").trimEnd();
}
