/** `armstead image …`: what nodes can boot. */
import { Command } from "commander";
import type { CommandContext } from "../context";
import { imageMatrixCommand } from "./image-matrix";
import { imageShowCommand } from "./image-show";

/** Makes the command with all that are below it. */
export function imageCommand(context: CommandContext): Command {
  const image = new Command("image")
    .description("image families: what they are, and what goes with what")
    .enablePositionalOptions();
  for (const make of [imageMatrixCommand, imageShowCommand]) image.addCommand(make(context));
  return image;
}
