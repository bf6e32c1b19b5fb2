/**
 * From a command to the one line that an SSH exec request carries. Values enter only through
 * `quote`; sudo and su get their command as one quoted word. Every user of the host can read
 * that line, so an environment never stands in it: it travels through the command's input.
 */
import { OuterFault } from "../../../core/faults";
import type { Become, Command } from "../host";
import { quote, quoteWords } from "./quote";

/** A line to run and what the exchange must know about it. */
export interface CommandLine {
  readonly line: string;
  /** Stands in the command line of the process that the server starts, so that it can be found. */
  readonly token: string;
  /** Goes to the command's input ahead of its own: with become, when the new user's shell runs. */
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
  const wrap = (script: string): string => {
    const words = become
      ? becomeWords(become, `echo ${marker}; echo ${marker} >&2; ${script}`, token)
      : script;
    // The shell stays, so that its arguments, and with them the token, can be found under /proc.
    return `${words}; exit "$?" # armstead:${token}`;
  };
  const prompt = become?.method === "sudo" ? new RegExp(`armstead-${token}:$`) : SU_PROMPT;
  const parts = { token, ...(become ? { become: { marker, prompt } } : {}) };
  const line = wrap(own);
  const isOpen = Object.keys(command.environment ?? {}).length === 0;
  if (isOpen && Buffer.byteLength(line) <= MAX_LINE_BYTES) return { ...parts, line, preamble: "" };
  return {
    ...parts,
    // `read` takes one byte at a time, so nothing of the input that follows is lost.
    line: wrap('IFS= read -r line; eval "$(printf %b "$line")"'),
    preamble: `${own.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n`,
  };
}

function ownScript(command: Command): string {
  const cd = command.chdir === undefined ? "" : `cd ${quote(folderWord(command.chdir))} && `;
  return cd + exportWords(command.environment ?? {}) + quoteWords(programWords(command));
}

/** `cd` takes `-` as the folder before, and a word with a leading dash as an option. */
function folderWord(folder: string): string {
  return folder.startsWith("-") ? `./${folder}` : folder;
}

/** By the shell itself: the words of `env` would be there for every user to read. */
function exportWords(environment: Readonly<Record<string, string>>): string {
  const words = Object.entries(environment).map(([name, value]) => {
    if (/^[A-Za-z_]\w*$/.test(name)) return `${name}=${quote(value)}`;
    throw new OuterFault("AS2222", {
      problem: `${JSON.stringify(name)} cannot be the name of an environment variable`,
    });
  });
  return words.length === 0 ? "" : `export ${words.join(" ")} && `;
}

function programWords({ argv, script, executable = "/bin/sh" }: Command): readonly string[] {
  return argv ?? [executable, "-c", script ?? ""];
}

function becomeWords({ user, method, password }: Become, script: string, token: string): string {
  if (method === "su") return quoteWords(["su", user, "-s", "/bin/sh", "-c", script]);
  const ask = password ? ["-S", "-p", `armstead-${token}:`] : ["-n"];
  return quoteWords(["sudo", "-H", ...ask, "-u", user, "--", "/bin/sh", "-c", script]);
}
