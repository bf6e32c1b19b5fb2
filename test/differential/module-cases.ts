/** The cases of the modules' own test, as cases of this one: each is a single task. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { loadCases as loadJson } from "../support/cases";
import type { TreeItem as ModuleTreeItem } from "../support/host-tree";
import { completeCase, type Case, type TreeItem } from "./case";
import { telling, valuesOf, type ModuleCase, type More, type Written } from "./module-case";
import { groupCases } from "./module-groups";

const FOLDER = path.join(__dirname, "../playbooks/runner/modules/cases");
/** Users of the host, which the modules' cases name. */
const IDS: Readonly<Record<string, number>> = {
  root: 0,
  daemon: 1,
  adm: 4,
  users: 100,
  nobody: 65_534,
  nogroup: 65_534,
};

/**
 * Those of which nothing more is said are grouped, the others stand for themselves.
 * @throws for an addition to a case that is not there
 */
export function moduleCases(more: Readonly<Record<string, More>>): Case[] {
  const all = readdirSync(FOLDER).flatMap((module) =>
    loadJson<Written>(path.join(FOLDER, module)).map((it) => ({
      ...it,
      module,
      tree: toTree(it.before ?? {}),
    })),
  );
  const keyOf = ({ module, name }: ModuleCase): string => `${module}/${name}`;
  const known = new Set(all.flatMap((it) => [keyOf(it), `${it.module}/*`]));
  const stray = Object.keys(more).find((key) => !known.has(key));
  if (stray !== undefined) throw new Error(`there is no case ${stray} of a module`);
  const alone = all.flatMap((it) => {
    const { later, ...others } = more[keyOf(it)] ?? { later: "" };
    return later === undefined ? [toCase(it, others)] : [];
  });
  return [
    ...groupCases(
      all.filter((it) => more[keyOf(it)] === undefined),
      more,
    ),
    ...alone,
  ];
}

function toCase(it: ModuleCase, more: More): Case {
  const { module, name, args, tree, files = {}, vars = {}, failed, values = {} } = it;
  const told = failed === undefined ? valuesOf(values) : [];
  const task = { name: "task", [module]: args, register: "registered" };
  const shown = told.map((one) => telling(`value of ${one.called}`, [one]));
  const tasks = JSON.stringify([task, ...shown]);
  const ends = failed === undefined ? "ok" : "failed";
  return completeCase({ name, tree, files, vars, tasks, ends, ...more }, `module cases/${module}`);
}

function toTree(before: Readonly<Record<string, ModuleTreeItem>>): Record<string, TreeItem> {
  return Object.fromEntries(Object.entries(before).map(([at, item]) => [at, toItem(item)]));
}

function toItem(item: ModuleTreeItem): TreeItem {
  if (typeof item === "string") return item;
  const { owner, group, ...others } = item;
  return {
    ...others,
    ...(owner === undefined ? {} : { owner: IDS[owner] ?? Number(owner) }),
    ...(group === undefined ? {} : { group: IDS[group] ?? Number(group) }),
  };
}
