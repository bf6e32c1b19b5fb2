/** A user's crontab, read and written by the host's `crontab`. */
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";
import { withoutPreamble } from "./plan-cron";

/** $1: user or empty; the rest: more words of crontab. The own crontab needs no -u, which only root may use. */
const SCRIPT = `
command -v crontab >/dev/null || {
  echo 'Failed to find required executable "crontab" in paths' >&2; exit 127
}
user=$1; shift
[ "$user" != "$(id -un)" ] || user=
exec crontab \${user:+-u "$user"} "$@"`;

/** @returns the text; empty when the user has none */
export async function readCrontab(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  user: string | undefined,
): Promise<string> {
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", user ?? "", "-l"];
  const { code, stdout, stderr } = await host.query({ argv }, { signal });
  if (code === 127) throw new TaskFailure(stderr.trim());
  // 1 is also the answer of a user without jobs.
  if (code !== 0 && code !== 1) throw new TaskFailure("Unable to read crontab");
  return withoutPreamble(stdout);
}

/** Puts a text into the place of the user's crontab. */
export async function writeCrontab(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  user: string | undefined,
  content: Buffer,
): Promise<void> {
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", user ?? "", "-"];
  const { code, stderr } = await host.change({ argv, stdin: content }, { signal });
  if (code !== 0) throw new TaskFailure(stderr.trim() || `crontab ended with ${code}`);
}

const KEEP = `umask 077; copy=$(mktemp "\${TMPDIR:-/tmp}/crontabXXXXXX") && cat > "$copy" && echo "$copy"`;

/** Keeps a text in a new temporary file, as Ansible does with a crontab. @returns its path */
export async function keepCrontab(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  content: Buffer,
): Promise<string> {
  const command = { argv: ["/bin/sh", "-c", KEEP], stdin: content };
  const { code, stdout, stderr } = await host.change(command, { signal });
  if (code !== 0) throw new TaskFailure(`the crontab cannot be backed up: ${stderr.trim()}`);
  return stdout.trim();
}
