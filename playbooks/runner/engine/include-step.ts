/** `include_tasks`: decides host by host which file and which variables, then groups hosts that agree. */
import { OuterFault } from "../../../core/faults";
import type { Include, Step } from "../../model/play";
import type { TravellingFiles } from "../../model/source";
import { findFile, withoutDataEnding } from "../../model/travelling";
import { TemplateFailure } from "../template/failure";
import { equalityKey } from "../template/python";
import { data, taskScope } from "../vars/host-scope";
import type { Layer, Scope } from "../vars/scope";
import type { HostRun } from "./host-run";
import { itemVariables, loopItems } from "./loop";
import {
  failedOutcome,
  moduleOutcome,
  skippedOutcome,
  templateOutcome,
  type Outcome,
} from "./outcome";
import type { PlayRun } from "./run";
import { skipReason } from "./run-task";
import { beginEffort, endTask } from "./task-event";

/** Steps for the hosts that include the same file with the same variables. */
export interface OpenInclude {
  readonly steps: readonly Step[];
  readonly members: readonly HostRun[];
  /** Gives the members the variables of the include, when it is this group's turn. */
  readonly enter: () => void;
  /** Takes them away again. */
  readonly leave: () => void;
}

interface Choice {
  readonly path: string;
  readonly layers: readonly Layer[];
}

/** What each host includes, in the order of first mention. */
export function openIncludes(
  playRun: PlayRun,
  step: Include,
  hosts: readonly HostRun[],
): OpenInclude[] {
  const groups = new Map<string, { choice: Choice; members: HostRun[] }>();
  for (const host of hosts) {
    const effort = beginEffort(playRun, host);
    const { choices, outcome } = choose(playRun, step, host);
    // As in Ansible, a loop counts once for every file.
    endTask(playRun, host, { task: step, outcome, effort, times: Math.max(1, choices.length) });
    for (const [index, choice] of choices.entries()) {
      const key = equalityKey([index, choice.path, choice.layers.map((it) => it.values)]);
      const group = groups.get(key) ?? { choice, members: [] };
      group.members.push(host);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map((it) => open(step, it.choice, it.members));
}

function open(step: Include, { path, layers }: Choice, members: readonly HostRun[]): OpenInclude {
  const { steps = [], role } = step.branches.get(path) ?? {};
  const before = new Map(members.map((it) => [it, it.includes]));
  const enter = (): void => {
    for (const it of members) {
      it.includes = [...layers, ...(before.get(it) ?? [])];
      if (role && step.public === true) it.publicRoles = [...it.publicRoles, role];
    }
  };
  const leave = (): void => {
    for (const [it, includes] of before) it.includes = includes;
  };
  return { steps, members, enter, leave };
}

function choose(
  playRun: PlayRun,
  step: Include,
  host: HostRun,
): { choices: Choice[]; outcome: Outcome } {
  const scope = taskScope(playRun, host, step.directives);
  try {
    const choices = variablesOf(playRun, step, scope).flatMap((variables) => {
      const inner = variables ? scope.above(data(variables)) : scope;
      if (skipReason({ run: playRun.run, scope: inner, task: step }) !== undefined) return [];
      return [chooseFile(playRun, step, { scope: inner, variables })];
    });
    const outcome =
      choices.length > 0
        ? moduleOutcome({ changed: false })
        : skippedOutcome("nothing is included");
    return { choices, outcome };
  } catch (error) {
    if (!(error instanceof TemplateFailure) && !(error instanceof OuterFault)) throw error;
    const failed = error instanceof TemplateFailure ? templateOutcome(error) : undefined;
    return { choices: [], outcome: failed ?? failedOutcome(error.message) };
  }
}

function variablesOf(
  { run }: PlayRun,
  { loop }: Include,
  scope: Scope,
): (Readonly<Record<string, unknown>> | undefined)[] {
  if (!loop) return [undefined];
  const items = loopItems({ templar: run.templar, scope }, loop);
  return items.map((_, index) => itemVariables(loop, items, index));
}

interface Inner {
  readonly scope: Scope;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

function chooseFile({ run }: PlayRun, step: Include, { scope, variables }: Inner): Choice {
  const name = run.templar.render(step.file, scope);
  const path = branchOf(run.input.files, step, name);
  if (path === undefined || !step.branches.has(path)) {
    const what = step.module === "include_tasks" ? "file" : "role";
    throw new OuterFault("AS2307", { problem: `${step.module}: no ${what} ${name}` });
  }
  const own: Layer = { values: step.vars, templated: true };
  return { path, layers: variables ? [data(variables), own] : [own] };
}

function branchOf(
  files: TravellingFiles,
  { module, at }: Include,
  name: string,
): string | undefined {
  if (module === "include_role") return withoutDataEnding(name);
  return findFile(files, { from: at.file, purpose: "tasks", path: name });
}
