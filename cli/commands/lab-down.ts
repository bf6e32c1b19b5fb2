/** `armstead lab down`: stops the server and powers its machines off; what it knows stays. */
import { Command } from "commander";
import { labDown } from "../../lab/control";
import type { LabHome } from "../../lab/drivers";
import type { CommandContext } from "../context";
import { countOf } from "../count-of";

/** Makes the command. */
export function labDownCommand({ output, signal }: CommandContext, home: LabHome): Command {
  return new Command("down")
    .description("stop the lab and power its machines off; disks and devices stay")
    .action(async () => {
      const machines = await labDown(home, { signal });
      output().result({ machines }, `lab down: ${countOf(machines, "machine")} powered off`);
    });
}
