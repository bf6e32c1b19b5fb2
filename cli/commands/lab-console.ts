/** `armstead lab console NODE`: the serial console of a machine. */
import { Command } from "commander";
import { getConsoleFile } from "../../lab/control";
import type { LabHome } from "../../lab/drivers";
import type { CommandContext } from "../context";
import { copyFile } from "../follow-file";

/** Makes the command. */
export function labConsoleCommand(context: CommandContext, home: LabHome): Command {
  const { output, signal, out } = context;
  return new Command("console")
    .description("what a machine said on its serial console")
    .argument("<node>", "host name or id")
    .option("-f, --follow", "go on with what comes", false)
    .action(async (node: string, { follow }: { follow: boolean }) => {
      const file = await getConsoleFile(home, node, { signal });
      if (output().switches.json) output().result({ file }, file);
      else await copyFile(file, out, { follow, signal });
    });
}
