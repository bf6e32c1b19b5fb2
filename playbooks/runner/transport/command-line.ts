/**
 * From a command to the one line that an SSH exec request carries. Values enter only through
 * `quote`; sudo and su get their command as one quoted word.
 */
import { OuterFault } from "../../../core/faults";
import type { Become, Command } from "../host";
import { quote, quoteWords } from "./quote";

/** A line to run and what the exchange must know about it. */
export interface CommandLine {
  readonly line: string;
  /** Stands in the command line of the process that the server starts, so that it can be found. */
  readonly token: string;
  /** Goes to the command's input ahead of all else. */
  readonly preamble: string;
  /** With become: how the new user's shell tells that it runs, and how a password is asked for. */
  readonly become?: BecomeSigns;
}

/** What the output of sudo and su is searched for. */
export interface BecomeSigns {
  /** Printed on both streams before the command starts. */
  readonly marker: string;
  /** The end of a prompt. */
  readonly prompt: RegExp;
}

/** dropbear refuses lines beyond 9000 bytes; longer ones travel through the command's input. */
const MAX_LINE_BYTES = 8_000;

/** su translates its prompt ("Password:", "Passwort :", "密码："), but all forms end with a colon. */
const SU_PROMPT = /[:：] *$/u;

/**
 * Puts the line together.
 * @param token - letters and digits, different for every command
 * @throws {@link OuterFault} AS2222
 */
export function commandLine(command: Command, token: string, become?: Become): CommandLine {
  const marker = `armstead-become-${token}`;
  const own = ownScript(command);
  const script = become
    ? becomeWords(become, `echo ${marker}; echo ${marker} >&2; ${own}`, token)
    : own;
  // The shell stays, so that its arguments, and with them the token, can be found under /proc.
  const line = `${script}; exit $? # armstead:${token}`;
  const prompt = become?.method === "sudo" ? new RegExp(`armstead-${token}:$`) : SU_PROMPT;
  const parts = { token, ...(become ? { become: { marker, prompt } } : {}) };
  if (Buffer.byteLength(line) <= MAX_LINE_BYTES) return { ...parts, line, preamble: "" };
  return {
    ...parts,
    // `read` takes one byte at a time, so nothing of the input that follows is lost.
    line: `IFS= read -r line; eval "$(printf %b "$line")" # armstead:${token}`,
    preamble: `${line.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n`,
  };
}

function ownScript(command: Command): string {
  const cd = command.chdir === undefined ? "" : `cd ${quote(folderWord(command.chdir))} && `;
  return (
    cd + quoteWords([...environmentWords(command.environment ?? {}), ...programWords(command)])
  );
}

/** `cd` takes `-` as the folder before, and a word with a leading dash as an option. */
function folderWord(folder: string): string {
  return folder.startsWith("-") ? `./${folder}` : folder;
}

function environmentWords(environment: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(environment);
  if (entries.length === 0) return [];
  return [
    "env",
    ...entries.map(([name, value]) => {
      if (/^[^=\0-][^=\0]*$/.test(name)) return `${name}=${value}`;
      throw new OuterFault("AS2222", {
        problem: `${JSON.stringify(name)} cannot be the name of an environment variable`,
      });
    }),
  ];
}

function programWords({ argv, script, executable = "/bin/sh" }: Command): readonly string[] {
  if (argv === undefined) return [executable, "-c", script ?? ""];
  // `env` would read a program with an equals sign as an assignment.
  return argv[0]?.includes("=") ? ["/bin/sh", "-c", 'exec "$0" "$@"', ...argv] : argv;
}

function becomeWords({ user, method, password }: Become, script: string, token: string): string {
  if (method === "su") return quoteWords(["su", user, "-s", "/bin/sh", "-c", script]);
  const ask = password ? ["-S", "-p", `armstead-${token}:`] : ["-n"];
  return quoteWords(["sudo", "-H", ...ask, "-u", user, "--", "/bin/sh", "-c", script]);
}
