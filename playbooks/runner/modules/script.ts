/** `ansible.builtin.script`: a travelling script, run on the host and not left there. */
import path from "node:path";
import type { z } from "zod";
import { splitFirstWord } from "../../model/travelling";
import type { TaskContext, TaskResult } from "../module";
import { exists } from "./args/exists";
import { flag, path as pathField, text } from "./args/fields";
import { exitFailure, splitLines } from "./args/run-command";
import { exactlyOne } from "./command";
import { defineModule } from "./define-module";
import { TaskFailure } from "./task-failure";

const ARGS = {
  _raw_params: text().optional(),
  cmd: text().optional(),
  chdir: pathField().optional(),
  creates: pathField().optional(),
  removes: pathField().optional(),
  executable: text().optional(),
  decrypt: flag().refine(Boolean, "files travel decrypted").optional(),
};

type ScriptArgs = z.output<z.ZodObject<typeof ARGS>>;

/**
 * $1: the script's name; $2: a line that calls it as "$0"; $3: folder to run in, or empty. The script is the
 * input. It lies in a folder of its own, which only its owner may enter, in the home folder if that can be,
 * since programs below /tmp may be forbidden.
 */
const SCRIPT = `
mask=$(umask)
umask 077
folder=$(mktemp -d "$HOME/.armstead.XXXXXX" 2>/dev/null || mktemp -d) || exit 1
trap 'rm -rf -- "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cat > "$folder/$1" && chmod 700 "$folder/$1" || exit 1
umask "$mask"
case $3 in ?*) cd "$3" || exit 1 ;; esac
/bin/sh -c "$2" "$folder/$1" </dev/null`;

/** See the file's header. */
export const scriptModule = defineModule({
  name: "script",
  freeForm: "_raw_params",
  args: ARGS,
  check: ({ _raw_params, cmd, chdir }) =>
    exactlyOne({ _raw_params, cmd }) ??
    (chdir === undefined || /^[/~$]/.test(chdir)
      ? undefined
      : `chdir ${chdir} must be an absolute path for a Unix-aware remote node`),
  async run(context, args) {
    const skip = await reasonToSkip(context, args);
    if (skip !== undefined) return { changed: false, skipped: true, message: skip };
    const { word, rest } = splitFirstWord(args.cmd ?? args._raw_params ?? "");
    const content = context.file(word);
    if (content === undefined) {
      throw new TaskFailure(
        `could not find or access '${word}': it does not travel with the playbook`,
      );
    }
    if (context.check) return checked(args);
    const line = `${args.executable === undefined ? "" : `${args.executable} `}"$0"${rest}`;
    const name = path.posix.basename(word);
    return run(context, { content, words: [name, line, args.chdir ?? ""] });
  },
});

async function reasonToSkip(
  context: TaskContext,
  { creates, removes }: ScriptArgs,
): Promise<string | undefined> {
  if (creates !== undefined && (await exists(context, creates))) {
    return `${creates} exists, matching creates option`;
  }
  if (removes !== undefined && !(await exists(context, removes))) {
    return `${removes} does not exist, matching removes option`;
  }
  return undefined;
}

/** With a condition the script is known to be due; without one nothing is known. */
function checked({ creates, removes }: ScriptArgs): TaskResult {
  return creates !== undefined || removes !== undefined
    ? { changed: true }
    : { changed: false, skipped: true, message: "Check mode is not supported for this task." };
}

async function run(
  { host, signal }: TaskContext,
  { content, words }: { readonly content: Buffer; readonly words: readonly string[] },
): Promise<TaskResult> {
  const argv = ["/bin/sh", "-c", SCRIPT, "sh", ...words];
  const result = await host.change({ argv, stdin: content }, { signal });
  const { code, stdout, stderr } = result;
  return {
    changed: true,
    failed: code !== 0,
    ...(code === 0 ? {} : exitFailure(result)),
    values: {
      ...{ rc: code, stdout, stderr },
      ...{ stdout_lines: splitLines(stdout), stderr_lines: splitLines(stderr) },
    },
  };
}
