/** What a host's supervisor says of a service: systemd, or runit and its like on minimal nodes. */
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";

/** A service's state. */
export interface ServiceFacts {
  readonly supervisor: "systemd" | "runit";
  /** Whether there is such a service. */
  readonly exists: boolean;
  readonly running: boolean;
  readonly enabled: boolean;
  readonly masked: boolean;
  /** runit: whether the service is linked into /etc/service, and whether it has a `down` file. */
  readonly linked: boolean;
  readonly down: boolean;
}

const SCRIPT = `
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin
if [ -d /run/systemd/system ]; then
  echo systemd
  systemctl show -p LoadState -p ActiveState -p UnitFileState -- "$1"
  systemctl is-enabled -- "$1" 2>/dev/null | sed 's/^/Enabled=/'
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
): Promise<ServiceFacts> {
  const { stdout } = await host.query({ argv: ["/bin/sh", "-c", SCRIPT, "sh", name] }, { signal });
  const [supervisor, ...lines] = stdout.split("\n");
  if (supervisor === "systemd") return fromSystemd(lines);
  if (supervisor === "runit") return fromRunit(lines);
  throw new TaskFailure("the host runs neither systemd nor runit, so services cannot be managed");
}

/** Lines of `systemctl show` and `is-enabled`. */
export function fromSystemd(lines: readonly string[]): ServiceFacts {
  const has = (line: string): boolean => lines.includes(line);
  const active = ["active", "activating", "reloading"].some((it) => has(`ActiveState=${it}`));
  const enabled = ["enabled", "enabled-runtime", "alias", "static", "indirect", "generated"];
  return {
    supervisor: "systemd",
    exists: !has("LoadState=not-found"),
    running: active,
    enabled: enabled.some((it) => has(`UnitFileState=${it}`) || has(`Enabled=${it}`)),
    masked: has("LoadState=masked") || has("UnitFileState=masked"),
    linked: false,
    down: false,
  };
}

/** Lines of the script's runit part. */
export function fromRunit(lines: readonly string[]): ServiceFacts {
  const [linked, down] = [lines.includes("linked"), lines.includes("down")];
  return {
    supervisor: "runit",
    exists: lines.includes("exists") || linked,
    running: lines.some((it) => it.startsWith("status run:")),
    enabled: linked && !down,
    masked: false,
    linked,
    down,
  };
}
