/** `armstead image show FAMILY`: releases, kernels, components, and what the family lacks on ARM64. */
import { Argument, Command } from "commander";
import { formatTable } from "../../core/table";
import { findFamily, IMAGE_FAMILIES, kernelsOf } from "../../images/families";
import type { ImageFamily } from "../../images/family";
import type { CommandContext } from "../context";

/** Makes the command. */
export function imageShowCommand(context: CommandContext): Command {
  const names = IMAGE_FAMILIES.map(({ name }) => name);
  return new Command("show")
    .description("say what a family of images is made of, how it boots, and what it lacks on ARM64")
    .addArgument(new Argument("<family>", "name of the family").choices(names))
    .action((name: string) => {
      const family = findFamily(name);
      if (family) context.output().result(family, formatFamily(family));
    });
}

/** A family as text for people. */
export function formatFamily(family: ImageFamily): string {
  const { title, summary, source, bootMethods, machines, reachedBy, realtimeProof } = family;
  const facts = [
    `${title}: ${summary}`,
    `source: ${source}`,
    `boots: ${bootMethods.join(", ")}`,
    `runs on: ${machines.join(", ")}`,
    `set up by: ${reachedBy === "ssh" ? "playbooks over SSH" : "user data alone"}`,
    ...(realtimeProof === undefined ? [] : [`real-time kernel is proved by: ${realtimeProof}`]),
  ];
  return [
    facts.join("\n"),
    formatTable(["release", "name", "kernel", "from", "operating system"], releaseRows(family)),
    ...componentsOf(family),
    ...lacksOf(family),
  ].join("\n\n");
}

function releaseRows({ releases }: ImageFamily): string[][] {
  return releases.flatMap((it) =>
    kernelsOf(it).map(([kernel, { from, operatingSystem, labOnly }]) => [
      it.release,
      it.codename,
      kernel,
      from,
      operatingSystem === undefined
        ? "by iPXE script"
        : `${operatingSystem}${labOnly === true ? " (lab only)" : ""}`,
    ]),
  );
}

function componentsOf({ components }: ImageFamily): string[] {
  if (components.length === 0) return [];
  const tested = components.filter((it) => it.tested).length;
  const rows = components.map(({ name, purpose, tested: was, successor }) => [
    name,
    purpose ?? "",
    was ? "tested" : "not tested",
    successor ?? "",
  ]);
  const title = `components: ${components.length}, of which ${tested} were tested on ARM64`;
  return [`${title}\n${formatTable(["component", "purpose", "on ARM64", "today"], rows)}`];
}

function lacksOf({ lacks }: ImageFamily): string[] {
  if (lacks.length === 0) return [];
  return [["lacks on ARM64:", ...lacks.map(({ what, why }) => `- ${what}: ${why}`)].join("\n")];
}
