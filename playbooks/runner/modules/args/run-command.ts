/** What command, shell and raw have in common: conditions, the run, and the result in Ansible's names. */
import { withoutLastLineEnds } from "../../../../core/line-ends";
import type { Command, CommandResult } from "../../host";
import type { TaskContext, TaskResult } from "../../module";
import { exists } from "./exists";

/** Conditions that make the command unnecessary. */
export interface Conditions {
  readonly creates?: string | undefined;
  readonly removes?: string | undefined;
  readonly chdir?: string | undefined;
}

/** A command and how its result is told. */
export interface CommandRun extends Conditions {
  readonly command: Command;
  /** Ansible's `cmd`. */
  readonly shown: string | readonly string[];
  /** Cut line ends off the end of the output. */
  readonly strip: boolean;
}

/** Runs the command unless a condition or check mode says otherwise. */
export async function runCommand(context: TaskContext, run: CommandRun): Promise<TaskResult> {
  const done = await reasonNotToRun(context, run);
  if (done !== undefined) {
    const values = { ...resultValues(run, { code: 0, stdout: `skipped, since ${done}` }) };
    return { changed: false, message: `Did not run command since ${done}`, values };
  }
  if (context.check) {
    // With a condition the command is known to be due; without one nothing is known.
    const known = run.creates !== undefined || run.removes !== undefined;
    const message = "Command would have run if not in check mode";
    const values = resultValues(run, { code: 0 });
    return known
      ? { changed: true, message, values }
      : { changed: false, skipped: true, message, values };
  }
  const result = await context.host.change(run.command, { signal: context.signal });
  const failed = result.code !== 0;
  return {
    changed: true,
    failed,
    ...(failed ? exitFailure(result) : {}),
    values: resultValues(run, result),
  };
}

async function reasonNotToRun(
  context: TaskContext,
  { creates, removes, chdir }: Conditions,
): Promise<string | undefined> {
  if (creates !== undefined && (await exists(context, creates, chdir))) {
    return `'${creates}' exists`;
  }
  if (removes !== undefined && !(await exists(context, removes, chdir))) {
    return `'${removes}' does not exist`;
  }
  return undefined;
}

function resultValues(
  { shown, strip }: CommandRun,
  { code, stdout = "", stderr = "", truncated = false }: Partial<CommandResult>,
): Record<string, unknown> {
  const cut = (text: string): string => (strip ? withoutLastLineEnds(text) : text);
  const [out, err] = [cut(stdout), cut(stderr)];
  return {
    cmd: shown,
    rc: code,
    stdout: out,
    stderr: err,
    stdout_lines: splitLines(out),
    stderr_lines: splitLines(err),
    ...(truncated ? { truncated } : {}),
  };
}

/** Ansible's words for an exit code other than 0, and for people the code and the program's last words. */
export function exitFailure({
  code,
  stdout,
  stderr,
}: Pick<CommandResult, "code" | "stdout" | "stderr">): Pick<TaskResult, "message" | "detail"> {
  const spoken = stderr.trim() === "" ? stdout : stderr;
  // Not cut here: secrets in it are removed first, and only whole ones are found.
  const words = splitLines(spoken.trim()).at(-1)?.trim() ?? "";
  return {
    message: "non-zero return code",
    detail: words === "" ? String(code) : `${code}: ${words}`,
  };
}

/** Lines as Python's splitlines gives them: a last line end makes no further line. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
