/** Package managers that `package` drives by their commands alone: apk and dnf (yum where that is all there is). */
import type { TaskContext, TaskResult } from "../../module";
import { TaskFailure } from "../task-failure";

/** Which manager. */
export type Manager = "apk" | "dnf";

/** What is asked for. */
export interface PackageWish {
  readonly names: readonly string[];
  readonly state: "present" | "absent" | "latest";
}

/** What is so already: one line a name, `installed`, `outdated` or `absent`. $1: manager; then names. */
const LOOK_SCRIPT = `
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
manager=$1
shift
command -v dnf >/dev/null 2>&1 && dnf=dnf || dnf=yum
for name; do
  if [ "$manager" = apk ]; then
    if ! apk info -e "$name" >/dev/null 2>&1; then echo absent
    elif apk version -l '<' "\${name%%[<>=~]*}" 2>/dev/null | grep -q ' < '; then echo outdated
    else echo installed
    fi
  elif ! rpm -q --whatprovides -- "$name" >/dev/null 2>&1 && ! rpm -q -- "$name" >/dev/null 2>&1; then echo absent
  else
    "$dnf" -q check-update -- "$name" >/dev/null 2>&1
    [ $? -eq 100 ] && echo outdated || echo installed
  fi
done`;

/** $1: manager; $2: what to do; then names. */
const CHANGE_SCRIPT = `
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
command -v dnf >/dev/null 2>&1 && dnf=dnf || dnf=yum
job=$1:$2
shift 2
case $job in
apk:absent) exec apk del --purge "$@" ;;
apk:present) exec apk add "$@" ;;
apk:latest) exec apk add --upgrade "$@" ;;
dnf:absent) exec "$dnf" -y remove -- "$@" ;;
dnf:present) exec "$dnf" -y install -- "$@" ;;
# The one command installs what is missing, the other renews what is there.
dnf:latest) "$dnf" -y install -- "$@" && exec "$dnf" -y upgrade -- "$@" ;;
esac`;

/** @throws TaskFailure with what the manager said */
export async function runSimpleManager(
  context: TaskContext,
  manager: Manager,
  { names, state }: PackageWish,
): Promise<TaskResult> {
  const { host, signal, check } = context;
  const odd = names.find((it) => !/^[A-Za-z0-9@/][^\s;|&$`'"\\]*$/.test(it));
  if (odd !== undefined) throw new TaskFailure(`No package matching '${odd}' is available`);
  const argv = ["/bin/sh", "-c", LOOK_SCRIPT, "sh", manager, ...names];
  const { stdout: looked } = await host.query({ argv }, { signal });
  const due = planPackages({ names, state }, looked.trim().split("\n"));
  if (due.length === 0) return { changed: false, message: "Nothing to do" };
  const diff = due.map((it) => `${state === "absent" ? "-" : "+"} ${it}`).join("\n");
  const told = context.diff ? { diff } : {};
  if (check) return { changed: true, ...told };
  const words = ["/bin/sh", "-c", CHANGE_SCRIPT, "sh", manager, state, ...due];
  const { code, stdout, stderr } = await host.change({ argv: words }, { signal });
  const values = { rc: code, stdout, stderr };
  if (code === 0) return { changed: true, values, ...told };
  throw new TaskFailure(`${manager} failed: ${stderr.trim() || stdout.trim()}`, values);
}

/** Names for which there is something to do. */
function planPackages({ names, state }: PackageWish, found: readonly string[]): readonly string[] {
  return names.filter((_, index) => {
    const is = found[index];
    if (state === "absent") return is !== "absent";
    return is === "absent" || (state === "latest" && is === "outdated");
  });
}
