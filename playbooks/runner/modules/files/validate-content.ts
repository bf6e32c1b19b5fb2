/** Lets a program on the host judge new content before it takes the place of the old. */
import type { TaskContext } from "../../module";
import { PLACE_FUNCTION } from "../../transport/file-scripts";
import { TaskFailure } from "../task-failure";

/** What is judged. */
export interface Validation {
  readonly path: string;
  readonly content: Buffer;
  /** A command with `%s` for the path. */
  readonly validate: string;
}

/**
 * Puts the content beside the target, readable for its owner only, and runs the command on it.
 * @throws TaskFailure when the command refuses it
 */
export async function validateContent(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  { path, content, validate }: Validation,
): Promise<void> {
  if (!validate.includes("%s")) throw new TaskFailure(`validate must contain %s: ${validate}`);
  const script = `
${PLACE_FUNCTION}
beside "$1" || exit 1
cat > "$temp" || exit 1
eval "$2"`;
  // The shell of the script knows the path as $temp, so it is never part of the command's text.
  const command = validate.replaceAll("%s", '"$temp"');
  const argv = ["/bin/sh", "-c", script, "sh", path, command];
  const { code, stdout, stderr } = await host.change({ argv, stdin: content }, { signal });
  if (code === 0) return;
  const said = `${stderr.trim()} ${stdout.trim()}`.trim();
  throw new TaskFailure(`failed to validate: ${said}`, { rc: code, stdout, stderr });
}
