/** `armstead lab logs`: the log of the lab's server. */
import { Command } from "commander";
import { logFile } from "../../lab/control";
import type { LabHome } from "../../lab/drivers";
import type { CommandContext } from "../context";
import { copyFile } from "../follow-file";

/** Makes the command. */
export function labLogsCommand({ output, signal, out }: CommandContext, home: LabHome): Command {
  return new Command("logs")
    .description("the log of the lab's server")
    .option("-f, --follow", "go on with what comes", false)
    .action(async ({ follow }: { follow: boolean }) => {
      const file = logFile(home);
      if (output().switches.json) output().result({ file }, file);
      else await copyFile(file, out, { follow, signal });
    });
}
