/** `armstead mirror sync FILE`: prints the skopeo commands that fill mirrors; runs nothing. */
import { Command } from "commander";
import { planSync } from "../../constructs/mirrors/sync-plan";
import { syncScript } from "../../constructs/mirrors/sync-script";
import { fault, throwIfAny } from "../../core/faults";
import { readCluster } from "../../stacks";
import type { CommandContext } from "../context";

/** Makes the command. */
export function mirrorSyncCommand(context: CommandContext): Command {
  return new Command("sync")
    .description("print the skopeo commands that fill the mirrors, as a shell script")
    .argument("<file>", "cluster file; its registries.images are what mirrors hold")
    .action((file: string) => {
      const output = context.output();
      const { registries } = readCluster(file, context).config;
      const plan = planSync(registries);
      throwIfAny(
        plan.clashes.map(({ place, images }) =>
          fault("AS1231", "registries.images", { given: place, hint: `of ${images.join(", ")}` }),
        ),
      );
      const script = syncScript(plan);
      for (const it of plan.unmirrored) output.note(`no mirror of its registry: ${it}`);
      if (script === "")
        output.note("nothing to copy: registries.images names no image that is mirrored");
      output.result({ syncs: plan.syncs, copies: plan.copies, script }, script.trimEnd());
    });
}
