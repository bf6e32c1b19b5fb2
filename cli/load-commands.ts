/**
 * The commands of the program. Only the one that is called is loaded: synth, lab and plays each bring packages that
 * the others have no use for, and loading all of them takes most of a second.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- a module that is imported is loaded at once */
import type { Command } from "commander";
import type * as explain from "./commands/explain";
import type * as image from "./commands/image";
import type * as kernel from "./commands/kernel";
import type * as lab from "./commands/lab";
import type * as mirror from "./commands/mirror";
import type * as play from "./commands/play";
import type * as schema from "./commands/schema";
import type * as validate from "./commands/validate";
import type * as watch from "./commands/watch";
import type { CommandContext } from "./context";

type MakeCommand = (context: CommandContext) => Command;

const COMMANDS = new Map<string, () => MakeCommand>([
  ["validate", () => (require("./commands/validate") as typeof validate).validateCommand],
  ["schema", () => (require("./commands/schema") as typeof schema).schemaCommand],
  ["explain", () => (require("./commands/explain") as typeof explain).explainCommand],
  ["lab", () => (require("./commands/lab") as typeof lab).labCommand],
  ["play", () => (require("./commands/play") as typeof play).playCommand],
  ["watch", () => (require("./commands/watch") as typeof watch).watchCommand],
  ["image", () => (require("./commands/image") as typeof image).imageCommand],
  ["kernel", () => (require("./commands/kernel") as typeof kernel).kernelCommand],
  ["mirror", () => (require("./commands/mirror") as typeof mirror).mirrorCommand],
]);

/** The command that the words call; all of them where that is not plain, as for help. */
export function loadCommands(words: readonly string[]): MakeCommand[] {
  const called = COMMANDS.get(words.find((it) => !it.startsWith("-")) ?? "");
  return called ? [called()] : [...COMMANDS.values()].map((load) => load());
}
