/** `armstead lab …`: the embedded lab, run as a process of its own. */
import { Command } from "commander";
import { cacheFolder, labFolder } from "../../core/folders";
import type { LabHome } from "../../lab/drivers";
import type { CommandContext } from "../context";
import { labConsoleCommand } from "./lab-console";
import { labDownCommand } from "./lab-down";
import { labLogsCommand } from "./lab-logs";
import { labResetCommand } from "./lab-reset";
import { labSshCommand } from "./lab-ssh";
import { labStatusCommand } from "./lab-status";
import { labUpCommand } from "./lab-up";

const COMMANDS = [
  labUpCommand,
  labDownCommand,
  labStatusCommand,
  labSshCommand,
  labConsoleCommand,
  labLogsCommand,
  labResetCommand,
];

/** Makes the command with all that are below it. */
export function labCommand(context: CommandContext): Command {
  const { environment } = context;
  const home: LabHome = { folder: labFolder(environment), cacheFolder: cacheFolder(environment) };
  const lab = new Command("lab")
    .description("the lab: a machine API over QEMU ARM64 machines")
    .enablePositionalOptions();
  for (const make of COMMANDS) lab.addCommand(make(context, home));
  return lab;
}
