/** `armstead validate FILE…`: checks cluster files without Terraform; all faults of all files at once. */
import { Command } from "commander";
import { formatFault, UserFault } from "../../core/faults";
import { readCluster, type ReadClusterOptions } from "../../stacks";
import type { CommandContext } from "../context";
import { countOf } from "../count-of";
import { loadKinds } from "../load-kinds";

interface Checked {
  readonly file: string;
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** Makes the command. */
export function validateCommand(context: CommandContext): Command {
  return new Command("validate")
    .description("check cluster files; tells all faults at once, with line and column")
    .argument("<files...>", "cluster files")
    .option("--with <module...>", "modules that bring kinds of deployments")
    .action((files: string[], { with: modules = [] }: { readonly with?: readonly string[] }) => {
      const output = context.output();
      const deployments = loadKinds(modules, context.folder);
      const checked = files.map((file) => checkFile(file, { ...context, deployments }));
      for (const { lines, ok } of checked) {
        for (const line of lines) {
          if (ok) output.note(line);
          else output.fault(line);
        }
      }
      const wrong = checked.filter(({ ok }) => !ok);
      output.result(checked, summary(files.length, wrong.length));
      context.setExitCode(wrong.length === 0 ? 0 : 1);
    });
}

function checkFile(file: string, options: ReadClusterOptions): Checked {
  try {
    const { environment, folder, deployments = [] } = options;
    const { warnings } = readCluster(file, { environment, folder, deployments });
    return { file, ok: true, lines: warnings.map((it) => `warning: ${formatFault(it)}`) };
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    return { file, ok: false, lines: error.faults.map(formatFault) };
  }
}

function summary(all: number, wrong: number): string {
  const files = countOf(all, "file");
  return wrong === 0 ? `${files} checked, no fault` : `${files} checked, ${wrong} with faults`;
}
