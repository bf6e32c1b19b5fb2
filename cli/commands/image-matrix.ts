/** `armstead image matrix`: what is supported, by deployment, family, kernel and machine. */
import { Command, Option } from "commander";
import { CATALOGUE } from "../../constructs/catalogue";
import { type Support, supportMatrix, type SupportRow } from "../../constructs/support-matrix";
import { KERNEL_VARIANTS } from "../../core/names";
import { formatTable } from "../../core/table";
import { IMAGE_FAMILIES } from "../../images/families";
import { MACHINES } from "../../images/family";
import type { CommandContext } from "../context";

interface MatrixOptions {
  readonly deployment?: string;
  readonly family?: string;
  readonly kernel?: string;
}

const WORDS: Readonly<Record<NonNullable<Support>, string>> = {
  installed: "yes",
  script: "by iPXE script",
};

/** Makes the command. */
export function imageMatrixCommand(context: CommandContext): Command {
  const kinds = CATALOGUE.deployments.map(({ kind }) => kind);
  const families = IMAGE_FAMILIES.map(({ name }) => name);
  return new Command("matrix")
    .description("print what is supported, by deployment, image family, kernel and machine")
    .addOption(new Option("--deployment <kind>", "this kind alone").choices(kinds))
    .addOption(new Option("--family <family>", "this family alone").choices(families))
    .addOption(new Option("--kernel <variant>", "this variant alone").choices(KERNEL_VARIANTS))
    .action(({ deployment, family, kernel }: MatrixOptions) => {
      const rows = supportMatrix(CATALOGUE).filter(
        (it) =>
          (deployment ?? it.deployment) === it.deployment &&
          (family ?? it.family) === it.family &&
          (kernel ?? it.kernel) === it.kernel,
      );
      const output = context.output();
      if (rows.length === 0) output.note("nothing of that goes together");
      output.result(rows, formatMatrix(rows));
    });
}

/** The rows as a table in plain text. */
export function formatMatrix(rows: readonly SupportRow[]): string {
  return formatTable(
    ["deployment", "image", "releases", "kernel", ...MACHINES],
    rows.map(({ deployment, family, releases, kernel, machines }) => [
      deployment ?? "none",
      family,
      releases.join(", "),
      kernel,
      ...MACHINES.map((it) => {
        const support = machines[it];
        return support === null ? "no" : WORDS[support];
      }),
    ]),
  );
}
