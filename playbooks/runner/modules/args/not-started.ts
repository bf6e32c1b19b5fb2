/** A program that could not be started: the shell's exit codes 126 and 127 may be the program's own as well. */
import type { TaskContext, TaskResult } from "../../module";
import { quoteShell } from "../../template/filters/text";

/** The numbers and words of the system's errors, as Python tells them. */
const ERRORS: Readonly<Record<number, { readonly number: number; readonly words: string }>> = {
  127: { number: 2, words: "No such file or directory" },
  126: { number: 13, words: "Permission denied" },
};

/** $1: the program. Prints the code that a shell has for it; nothing when it can be started. */
const SCRIPT = `
case $1 in
*/*) found=$1 ;;
*) found=$(command -v -- "$1" 2>/dev/null) || found= ;;
esac
if [ -z "$found" ] || { [ ! -e "$found" ] && [ "$found" != "$1" ]; }; then echo 127
elif [ "\${found#*/}" = "$found" ]; then :
elif [ ! -e "$found" ]; then echo 127
elif [ -d "$found" ] || [ ! -x "$found" ]; then echo 126
fi`;

/** What became of it. */
interface Ended {
  readonly chdir: string | undefined;
  readonly result: TaskResult;
}

/** @returns the result in Ansible's words: nothing changed; undefined when the program was started */
export async function notStarted(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  argv: readonly string[],
  { chdir, result }: Ended,
): Promise<TaskResult | undefined> {
  const { rc } = result.values ?? {};
  const error = typeof rc === "number" ? ERRORS[rc] : undefined;
  const [program = ""] = argv;
  if (result.failed !== true || error === undefined) return undefined;
  const folder = chdir === undefined ? {} : { chdir };
  const { stdout } = await host.query(
    { argv: ["/bin/sh", "-c", SCRIPT, "sh", program], ...folder },
    { signal },
  );
  if (Number(stdout.trim()) !== rc) return undefined;
  const path = program.replaceAll(/[\\']/g, "\\$&");
  return {
    changed: false,
    failed: true,
    message: `[Errno ${error.number}] ${error.words}: b'${path}'`,
    values: {
      cmd: argv.map(quoteShell).join(" "),
      rc: error.number,
      stdout: "",
      stderr: "",
      stdout_lines: [],
      stderr_lines: [],
    },
  };
}
