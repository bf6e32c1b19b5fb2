/** What `armstead play` can show without a connection: hosts, tasks, tags, or that the plays have no fault. */
import type { Command } from "commander";
import type { CommandContext } from "./context";
import { listPlays, showPlays } from "./list-plays";
import type { PlayInputs } from "./play-inputs";

/** What is to be shown. */
export interface ListWishes {
  readonly listHosts: boolean;
  readonly listTasks: boolean;
  readonly listTags: boolean;
  readonly syntaxCheck: boolean;
  readonly limit?: string;
  readonly tags?: string;
  readonly skipTags?: string;
}

/** Stands for an inventory where none is needed. */
const NO_HOSTS = "localhost,";
const NEEDED = "error: required option '-i, --inventory <place>' not specified";

/** Adds the switches. */
export function addLists(command: Command): Command {
  return command
    .option("--list-hosts", "show the hosts of every play, and do nothing else", false)
    .option("--list-tasks", "show the tasks of every play, and do nothing else", false)
    .option("--list-tags", "show the tags of every play, and do nothing else", false)
    .option("--syntax-check", "check the playbooks, and do nothing else", false);
}

/** Whether nothing is to be run. */
export function isList({ listHosts, listTasks, listTags, syntaxCheck }: ListWishes): boolean {
  return listHosts || listTasks || listTags || syntaxCheck;
}

/** The inventory, which may be missing where hosts do not matter. @throws CommanderError where one is needed */
export function inventoryOf(
  command: Command,
  { inventory, ...wishes }: ListWishes & { readonly inventory?: readonly string[] },
): readonly string[] {
  if (inventory !== undefined) return inventory;
  if (wishes.listHosts || !isList(wishes)) {
    command.error(NEEDED, { code: "commander.missingMandatoryOptionValue" });
  }
  return [NO_HOSTS];
}

/** Shows what was asked for. */
export function showLists(
  { playbooks, inventory }: PlayInputs,
  { limit, tags, skipTags, ...wishes }: ListWishes,
  { output }: CommandContext,
): void {
  const choice = { tags: tags?.split(","), skipTags: skipTags?.split(",") };
  const plays = listPlays(playbooks, inventory, { limit, ...choice });
  const { listHosts, listTasks, listTags, syntaxCheck } = wishes;
  const shown = { hosts: listHosts, tasks: listTasks, tags: listTags };
  const isChecked = syntaxCheck && !listHosts && !listTasks && !listTags;
  const count = `${plays.length} ${plays.length === 1 ? "play" : "plays"}`;
  output().result(plays, isChecked ? `${count}, nothing wrong` : showPlays(plays, shown));
}
