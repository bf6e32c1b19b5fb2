/** What a host's supervisor says of a service: systemd, or runit and its like on minimal nodes. */
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";
import { parseShow } from "./parse-show";

/** Which of systemd's managers is asked. */
export type Scope = "system" | "user" | "global";

/** A service's state. */
export interface ServiceFacts {
  readonly supervisor: "systemd" | "runit";
  /** Whether there is such a service. */
  readonly exists: boolean;
  readonly running: boolean;
  /** systemd: on its way down, which counts as running for who wants it stopped. */
  readonly stopping: boolean;
  readonly enabled: boolean;
  readonly masked: boolean;
  /** runit: whether the service is linked into /etc/service, and whether it has a `down` file. */
  readonly linked: boolean;
  readonly down: boolean;
  /** systemd: properties by name, as `systemctl show` gives them. */
  readonly status: Readonly<Record<string, string>>;
}

/** $1: the unit; $2: an option for systemctl, or empty. */
const SCRIPT = `
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin
XDG_RUNTIME_DIR=\${XDG_RUNTIME_DIR:-/run/user/$(id -u)}; export XDG_RUNTIME_DIR
if [ -d /run/systemd/system ] || { [ -n "$2" ] && command -v systemctl >/dev/null 2>&1; }; then
  echo systemd
  systemctl \${2:+"$2"} show -- "$1" 2>/dev/null
  systemctl \${2:+"$2"} is-enabled -l -- "$1" 2>/dev/null | sed 's/^/Enabled=/'
  case $1 in */*) ;; *) [ -z "$2" ] && [ -x "/etc/init.d/\${1%.service}" ] && echo Initscript=yes ;; esac
elif [ -d /etc/service ] && command -v sv >/dev/null 2>&1; then
  echo runit
  name=\${1%.service}
  [ -x "/etc/sv/$name/run" ] && echo exists
  [ -e "/etc/service/$name" ] && echo linked
  [ -e "/etc/sv/$name/down" ] && echo down
  [ -e "/etc/service/$name" ] && sv status "$name" 2>/dev/null | sed 's/^/status /'
else
  echo none
fi
exit 0`;

/** Asks in one round trip. @throws TaskFailure when there is no supervisor that is known */
export async function readService(
  { host, signal }: TaskContext,
  name: string,
  scope: Scope = "system",
): Promise<ServiceFacts> {
  const option = scope === "system" ? "" : `--${scope}`;
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", name, option];
  const { stdout } = await host.query({ argv }, { signal });
  const [supervisor, ...lines] = stdout.split("\n");
  if (supervisor === "systemd") return fromSystemd(lines);
  if (supervisor === "runit") return fromRunit(lines);
  throw new TaskFailure("the host runs neither systemd nor runit, so services cannot be managed");
}

/** What `is-enabled` calls a unit that begins with the system. */
const ENABLED: readonly string[] = [
  ...["enabled", "enabled-runtime", "static", "generated", "alias", "indirect"],
];
/** What it calls a unit that is there. */
const KNOWN: readonly string[] = [
  ...[...ENABLED, "linked", "linked-runtime", "masked", "masked-runtime", "disabled", "transient"],
];

/** Lines of `systemctl show` and `is-enabled`. */
export function fromSystemd(lines: readonly string[]): ServiceFacts {
  const { Initscript: script, ...status } = parseShow(
    lines.filter((it) => !it.startsWith("Enabled=")),
  );
  const words = lines.flatMap((it) => (it.startsWith("Enabled=") ? [it.slice(8)] : []));
  const [first = status.UnitFileState ?? ""] = words;
  const { LoadState: load, ActiveState: active = "" } = status;
  const loaded = load === undefined ? KNOWN.includes(first) : load !== "not-found";
  return {
    supervisor: "systemd",
    exists: loaded || script !== undefined,
    running: ["active", "activating", "reloading"].includes(active),
    stopping: active === "deactivating",
    enabled: isEnabled(words.length > 0 ? words : [first]),
    masked: load === "masked" || first.startsWith("masked"),
    linked: false,
    down: false,
    status,
  };
}

/** A name that only stands for another unit's says nothing of itself, unless the other is told behind it. */
function isEnabled(words: readonly string[]): boolean {
  const [first = ""] = words;
  if (words.length === 1 && (first === "alias" || first === "indirect")) return false;
  return ENABLED.includes(first);
}

/** Lines of the script's runit part. */
export function fromRunit(lines: readonly string[]): ServiceFacts {
  const [linked, down] = [lines.includes("linked"), lines.includes("down")];
  return {
    supervisor: "runit",
    exists: lines.includes("exists") || linked,
    running: lines.some((it) => it.startsWith("status run:")),
    stopping: false,
    enabled: linked && !down,
    masked: false,
    linked,
    down,
    status: {},
  };
}
