/** `include_vars`: the variables of travelling files, for one host after the other. */
import { posix } from "node:path";
import { OuterFault } from "../../../core/faults";
import type { FolderOfVariables, IncludeVars, Variables } from "../../model/play";
import { filesBelow, findFile, findFolder, type FileQuery } from "../../model/travelling";
import { TemplateFailure } from "../template/failure";
import { data, taskScope } from "../vars/host-scope";
import type { Scope } from "../vars/scope";
import type { HostRun } from "./host-run";
import { itemVariables, loopItems } from "./loop";
import {
  failedOutcome,
  moduleOutcome,
  skippedOutcome,
  templateOutcome,
  type Outcome,
} from "./outcome";
import type { PlayRun, Run } from "./run";
import { skipReason } from "./run-task";
import { isSelected } from "./tags";
import { beginEffort, endTask } from "./task-event";

/** Gives each host the variables that it asks for. */
export function includeVars(
  playRun: PlayRun,
  step: IncludeVars,
  hosts: readonly HostRun[],
): Promise<void> {
  if (!isSelected(step.directives.tags, playRun.run.input)) return Promise.resolve();
  for (const host of hosts) {
    const effort = beginEffort(playRun, host);
    const outcome = include(playRun, step, host);
    if (step.register !== undefined) host.results[step.register] = outcome.result;
    endTask(playRun, host, { task: { ...step, module: "include_vars" }, outcome, effort });
  }
  return Promise.resolve();
}

function include(playRun: PlayRun, step: IncludeVars, host: HostRun): Outcome {
  const { run } = playRun;
  const scope = taskScope(playRun, host, step.directives);
  try {
    const found = scopesOf(run, step, scope).flatMap((it) =>
      skipReason({ run, scope: it, task: step }) === undefined ? [readFiles(run, step, it)] : [],
    );
    if (found.length === 0) return skippedOutcome("nothing is included");
    const values = Object.assign({}, ...found.map((it) => it.values)) as Variables;
    host.includedVars = { ...host.includedVars, ...values };
    return moduleOutcome({
      changed: false,
      values: {
        ansible_facts: values,
        ansible_included_var_files: found.flatMap((it) => it.paths),
      },
    });
  } catch (error) {
    if (error instanceof TemplateFailure) return templateOutcome(error);
    if (error instanceof OuterFault) return failedOutcome(error.message);
    throw error;
  }
}

function scopesOf(run: Run, { loop }: IncludeVars, scope: Scope): Scope[] {
  if (!loop) return [scope];
  const items = loopItems({ templar: run.templar, scope }, loop);
  return items.map((_, index) => scope.above(data(itemVariables(loop, items, index))));
}

interface ReadFiles {
  readonly paths: readonly string[];
  readonly values: Variables;
}

function readFiles(run: Run, step: IncludeVars, scope: Scope): ReadFiles {
  const name = run.templar.render(step.file ?? step.dir?.path ?? "", scope);
  const query = { from: step.at.file, purpose: "vars", path: name } as const;
  if (step.dir) refuseOthers(run, query, step.dir);
  const paths = step.dir
    ? filesIn(step, findFolder(run.input.files, query) ?? "", step.dir)
    : [findFile(run.input.files, query)].filter((it) => it !== undefined && step.documents.has(it));
  if (paths.length === 0 && !step.dir) {
    throw new OuterFault("AS2307", { problem: `include_vars: no file ${name}` });
  }
  const known = paths.filter((it) => it !== undefined);
  const documents = known.map((it) => step.documents.get(it) ?? {});
  const values = Object.assign({}, ...documents) as Variables;
  return { paths: known, values: step.into === undefined ? values : { [step.into]: values } };
}

/** As in Ansible, a file with another ending is a mistake, unless these are to be ignored. */
function refuseOthers(run: Run, query: FileQuery, folder: FolderOfVariables): void {
  const found = findFolder(run.input.files, query);
  if (found === undefined || folder.ignoresOthers) return;
  const other = filesBelow(run.input.files, found).find(
    (it) => !folder.extensions.includes(posix.extname(it).slice(1)),
  );
  if (other === undefined) return;
  const problem = `include_vars: ${other} has none of the endings ${folder.extensions.join(", ")}`;
  throw new OuterFault("AS2307", { problem });
}

function filesIn(
  { documents }: IncludeVars,
  folder: string,
  { depth, matching, ignored, extensions }: FolderOfVariables,
): string[] {
  return [...documents.keys()].sort().filter((path) => {
    const below = posix.relative(folder, path);
    const name = posix.basename(path);
    return (
      !below.startsWith("..") &&
      (depth === 0 || below.split("/").length <= depth) &&
      (matching === undefined || new RegExp(matching).test(name)) &&
      !ignored.some((it) => new RegExp(it).test(name)) &&
      extensions.includes(posix.extname(name).slice(1))
    );
  });
}
