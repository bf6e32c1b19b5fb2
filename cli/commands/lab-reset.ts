/** `armstead lab reset`: removes every machine and forgets everything. */
import { Command } from "commander";
import { labReset } from "../../lab/control";
import type { LabHome } from "../../lab/drivers";
import type { CommandContext } from "../context";
import { countOf } from "../count-of";

/** Makes the command. */
export function labResetCommand({ output, signal }: CommandContext, home: LabHome): Command {
  return new Command("reset")
    .description("stop the lab, remove every machine, forget everything")
    .action(async () => {
      const machines = await labReset(home, { signal });
      output().result({ machines }, `lab reset: ${countOf(machines, "machine")} removed`);
    });
}
