/** `armstead mirror …`: mirrors of container registries, outside of Terraform. */
import { Command } from "commander";
import type { CommandContext } from "../context";
import { mirrorRenderCommand } from "./mirror-render";
import { mirrorSyncCommand } from "./mirror-sync";
import { mirrorVerifyCommand } from "./mirror-verify";

/** Makes the command with all that are below it. */
export function mirrorCommand(context: CommandContext): Command {
  const mirror = new Command("mirror")
    .description("files by which container runtimes find mirrors, and what mirrors must hold")
    .enablePositionalOptions();
  for (const make of [mirrorRenderCommand, mirrorSyncCommand, mirrorVerifyCommand])
    mirror.addCommand(make(context));
  return mirror;
}
