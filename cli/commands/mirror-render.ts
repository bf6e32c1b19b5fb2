/** `armstead mirror render FILE`: the files of mirrors, shown, or written below a folder. */
import path from "node:path";
import { Command, Option } from "commander";
import { checkTargets } from "../../cluster/rules/mirrors";
import { rulesOf } from "../../cluster/catalogue";
import { runtimesOf } from "../../cluster/mirror-runtimes";
import { NODE_TARGETS, type NodeTarget } from "../../cluster/mirror-targets";
import { CATALOGUE } from "../../constructs/catalogue";
import { fillLogins } from "../../constructs/mirrors/login";
import { TARGET_NOTES } from "../../constructs/mirrors/notes";
import { renderMirrors } from "../../constructs/mirrors/render";
import type { RenderedFile } from "../../constructs/mirrors/rendered-file";
import { throwIfAny } from "../../core/faults";
import { readCluster } from "../../stacks";
import type { CommandContext } from "../context";
import { countOf } from "../count-of";
import { loginsOf } from "../mirror-logins";
import { writeTree } from "../write-tree";

interface RenderOptions {
  readonly target?: readonly NodeTarget[];
  readonly out?: string;
}

/** Makes the command. */
export function mirrorRenderCommand(context: CommandContext): Command {
  return new Command("render")
    .description("show the mirror files of container runtimes, or write them below a folder")
    .argument("<file>", "cluster file")
    .addOption(
      new Option(
        "--target <name...>",
        "runtimes (default: those that the file names, else its deployment's)",
      ).choices(NODE_TARGETS),
    )
    .option("--out <folder>", "write the files here, with logins from the environment")
    .action((file: string, { target, out }: RenderOptions) => {
      const output = context.output();
      const { registries, deployment } = readCluster(file, context).config;
      const targets = target ?? runtimesOf(registries, rulesOf(deployment, CATALOGUE));
      throwIfAny(checkTargets(registries, target ?? []).map((it) => it.fault));
      const files = renderMirrors(registries, targets);
      if (files.length === 0)
        output.note("no file: there is no mirror that these runtimes can use");
      if (out === undefined) output.result(files, shown(files));
      else {
        const valueOf = loginsOf(registries, context.environment);
        const filled = files.map((it) =>
          it.secret ? { ...it, content: fillLogins(it.content, valueOf) } : it,
        );
        writeTree(path.resolve(context.folder, out), filled);
        const paths = files.map((it) => it.path);
        output.result(
          paths,
          [...paths, `${countOf(files.length, "file")} below ${out}`].join("\n"),
        );
      }
      if (out === undefined && files.some((it) => it.secret)) {
        output.note("templates stand for logins; --out writes files with the logins themselves");
      }
      if (files.length > 0) for (const it of targets) output.note(TARGET_NOTES[it]);
    });
}

function shown(files: readonly RenderedFile[]): string {
  return files
    .map((it) => `# ${it.path}\n${it.content}`)
    .join("\n")
    .trimEnd();
}
