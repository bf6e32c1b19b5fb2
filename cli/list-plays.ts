/** `--list-hosts`, `--list-tasks` and `--list-tags`: what would be run, without a connection. */
import {
  coveredNames,
  LOCALHOST,
  meansLocalhost,
  parseHostPattern,
  type PatternHost,
} from "../playbooks/model/host-pattern";
import type { Play, Step } from "../playbooks/model/play";
import type { CheckedPlaybooks, Inventory } from "../playbooks/playbooks";
import { isSelected, type TagChoice } from "../playbooks/runner/engine/tags";

/** One play of a list. */
export interface ListedPlay {
  readonly name: string;
  readonly pattern: string;
  readonly hosts: readonly string[];
  /** `role : name` with the tags. */
  readonly tasks: readonly { readonly name: string; readonly tags: readonly string[] }[];
}

/** What is listed. */
export interface ListOptions extends TagChoice {
  readonly limit?: string | undefined;
}

/** What every play would do, in its order. A task that is included when it runs is listed as its include. */
export function listPlays(
  { plays }: CheckedPlaybooks,
  inventory: Inventory,
  { limit, ...choice }: ListOptions,
): ListedPlay[] {
  const hosts = Object.entries(inventory).map(([name, it]): PatternHost => ({ ...it, name }));
  const within = limit === undefined ? undefined : parseHostPattern("limit", limit);
  const limited = within && !("code" in within) ? coveredNames(within, hosts) : undefined;
  const isHost = (name: string): boolean => Object.hasOwn(inventory, name);
  const meant = (play: Play): string[] => [
    ...coveredNames(play.hosts, hosts),
    ...(meansLocalhost(play.hosts, isHost) ? [LOCALHOST] : []),
  ];
  return plays.map((play) => ({
    name: play.name,
    pattern: play.hosts.text,
    hosts: meant(play).filter((it) => limited?.has(it) ?? true),
    tasks: tasksOf(play).filter(({ tags }) => isSelected(tags, choice)),
  }));
}

function tasksOf({ sections }: Play): { name: string; tags: readonly string[] }[] {
  return sections.flat().flatMap(tasksOfStep);
}

function tasksOfStep(step: Step): { name: string; tags: readonly string[] }[] {
  if (step.kind === "block") {
    return [...step.block, ...step.rescue, ...step.always].flatMap(tasksOfStep);
  }
  const { tags, role } = step.directives;
  return [{ name: role ? `${role.name} : ${step.name}` : step.name, tags }];
}

/** The list as text, in the form of ansible-playbook. */
export function showPlays(
  listed: readonly ListedPlay[],
  {
    hosts,
    tasks,
    tags = false,
  }: { readonly hosts: boolean; readonly tasks: boolean; readonly tags?: boolean },
): string {
  return listed
    .map((play, index) =>
      [
        `play #${index + 1} (${play.pattern}): ${play.name}`,
        ...(hosts
          ? [`  hosts (${play.hosts.length}):`, ...play.hosts.map((it) => `    ${it}`)]
          : []),
        ...(tasks ? ["  tasks:", ...play.tasks.map(showTask)] : []),
        ...(tags ? [`  TASK TAGS: [${tagsOf(play).join(", ")}]`] : []),
      ].join("\n"),
    )
    .join("\n\n");
}

function tagsOf({ tasks }: ListedPlay): string[] {
  return [...new Set(tasks.flatMap((it) => it.tags))].sort();
}

function showTask({ name, tags }: ListedPlay["tasks"][number]): string {
  return `    ${name}  TAGS: [${tags.join(", ")}]`;
}
