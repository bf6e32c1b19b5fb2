/** A copy of a file beside it, named as Ansible names its backups: path, process id, local time and a tilde. */
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";

/** $1: path. Prints the copy's name behind a mark, since a name may end with line ends. */
const SCRIPT = `
copy=$1.$$.$(date +%Y-%m-%d@%H:%M:%S~) && cp -pL -- "$1" "$copy" && printf '%s.' "$copy"`;

/** Copies the file with its mode, owner and times. @returns the copy's path */
export async function backUp(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  path: string,
): Promise<string> {
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", path];
  const { code, stdout, stderr } = await host.change({ argv }, { signal });
  if (code !== 0) throw new TaskFailure(`${path} cannot be backed up: ${stderr.trim()}`);
  return stdout.slice(0, -1);
}
