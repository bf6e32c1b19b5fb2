/** Asks whoever sits at the terminal whether a task of `--step` runs. */
import { createInterface } from "node:readline/promises";
import type { Writable } from "node:stream";
import { WrongUse } from "./context";
import { printable } from "../core/printable";
import type { AskStep, StepAnswer } from "../playbooks/playbooks";

const CLEAR_LINE = "\r\u001b[2K";

/** A terminal, and the signal of Ctrl-C. */
export interface StepTerminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
  readonly signal: AbortSignal;
}

/**
 * As in Ansible, whatever is neither yes nor continue is a no.
 * @throws WrongUse where nobody can be asked
 */
export function stepAsker({ input, output, signal }: StepTerminal): AskStep {
  if (input.isTTY !== true || output.isTTY !== true) {
    throw new WrongUse("--step asks before every task, and needs a terminal for that");
  }
  return async (task, host) => {
    signal.throwIfAborted();
    const at = host === undefined ? "" : ` on ${host}`;
    const lines = createInterface({ input, output, terminal: true });
    // In raw mode the terminal sends no signal.
    lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
    try {
      const question = printable(`Perform task: ${task}${at} (N)o/(y)es/(c)ontinue: `);
      // The line of progress is not for reading on.
      output.write(CLEAR_LINE);
      return readAnswer(await lines.question(question, { signal }));
    } finally {
      lines.close();
    }
  };
}

/** What an answer means. */
export function readAnswer(text: string): StepAnswer {
  const word = text.trim().toLowerCase();
  if (word === "y" || word === "yes") return "run";
  return word === "c" || word === "continue" ? "go on" : "leave";
}
