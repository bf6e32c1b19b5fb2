/** `armstead kernel …`: kernels of nodes. */
import { Command } from "commander";
import type { CommandContext } from "../context";
import { kernelCheckCommand } from "./kernel-check";

/** Makes the command with all that are below it. */
export function kernelCommand(context: CommandContext): Command {
  return new Command("kernel")
    .description("kernels of nodes: what they have for containers and real-time work")
    .enablePositionalOptions()
    .addCommand(kernelCheckCommand(context));
}
