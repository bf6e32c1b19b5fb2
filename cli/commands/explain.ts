/** `armstead explain CODE`: what an error code means and what to do. */
import { Command } from "commander";
import { CODES, type CodeEntry } from "../../core/codes";
import { nearest } from "../../core/nearest";
import { type CommandContext, WrongUse } from "../context";

/** Makes the command. */
export function explainCommand({ output }: CommandContext): Command {
  return new Command("explain")
    .description("what an error code means and what to do")
    .argument("<code>", "such as AS1203")
    .action((given: string) => {
      const code = given.toUpperCase();
      const entry = (CODES as Readonly<Record<string, CodeEntry>>)[code];
      if (!entry) throw new WrongUse(unknownCode(given));
      output().result(
        { code, ...entry },
        `${code}: ${entry.title}\n\n${entry.why}\n\nWhat to do: ${entry.fix}`,
      );
    });
}

function unknownCode(given: string): string {
  const meant = nearest(given, Object.keys(CODES));
  const guess = meant === undefined ? "" : `; did you mean ${meant}?`;
  return `no code ${JSON.stringify(given)}; all of them are in docs/errors.md${guess}`;
}
