/** The cases of the modules' own test, as cases of this one: each is a single task. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { isMapping } from "../../core/mapping";
import { loadCases as loadJson, type Named } from "../support/cases";
import type { TreeItem as ModuleTreeItem } from "../support/host-tree";
import { completeCase, type Case, type TreeItem } from "./case";

const FOLDER = path.join(__dirname, "../playbooks/runner/modules/cases");
/** Modules of Ansible's core; others are in collections, which Debian's ansible-core lacks. */
const ANSIBLE = "/usr/lib/python3/dist-packages/ansible/modules";
/** Users of the host, which the modules' cases name. */
const IDS: Readonly<Record<string, number>> = {
  root: 0,
  daemon: 1,
  adm: 4,
  users: 100,
  nobody: 65_534,
  nogroup: 65_534,
};

/** As the modules' test has it, as far as it matters here. */
interface ModuleCase {
  readonly args: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, ModuleTreeItem>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly failed?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** What these cases say in addition, by `module/name`. */
export interface More extends Partial<Pick<Case, "differs" | "leftOut" | "ends">> {
  /** Why Debian's Ansible cannot run it: it came with a later version. */
  readonly later?: string;
}

/** @throws for an addition to a case that is not there */
export function moduleCases(more: Readonly<Record<string, More>>): Case[] {
  const modules = readdirSync(FOLDER).filter((it) => existsSync(path.join(ANSIBLE, `${it}.py`)));
  const all = modules.flatMap((module) =>
    loadJson<ModuleCase>(path.join(FOLDER, module)).map((it) => ({ ...it, module })),
  );
  const keyOf = ({ module, name }: (typeof all)[number]): string => `${module}/${name}`;
  const stray = Object.keys(more).find((key) => !all.some((it) => keyOf(it) === key));
  if (stray !== undefined) throw new Error(`there is no case ${stray} of a module`);
  return all.flatMap((it) => {
    const { later, ...others } = more[keyOf(it)] ?? {};
    return later === undefined ? [toCase(it.module, it, others)] : [];
  });
}

function toCase(module: string, it: Named<ModuleCase>, more: More): Case {
  const { name, args, before = {}, files = {}, vars = {}, failed, values = {} } = it;
  const tree = Object.fromEntries(Object.entries(before).map(([at, item]) => [at, toItem(item)]));
  const told = failed === undefined ? leavesOf(values) : [];
  const task = { name: "task", [module]: args, register: "registered" };
  const tasks = JSON.stringify(told.length === 0 ? [task] : [task, ...told.map(telling)]);
  const ends = failed === undefined ? "ok" : "failed";
  // Check mode and second runs are cases of the language here, and judged for each of these by the modules' own test.
  // Those that differ there are run all the same.
  const places = Object.keys(more.differs ?? {});
  const runs = (["check", "again"] as const).filter(
    (run) => !places.some((it) => it.startsWith(run) || it.startsWith("*")),
  );
  const elsewhere = runs.map((run) => [run, "told by the modules' own test"] as const);
  const leftOut = { ...Object.fromEntries(elsewhere), ...more.leftOut };
  const given = { name, tree, files, vars, tasks, ends, ...more, leftOut };
  return completeCase(given, `module cases/${module}`);
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

/** What to show: an expression, and what it is called. */
interface Told {
  readonly called: string;
  readonly expression: string;
}

/** All that is no mapping, since a case names only parts of mappings. */
function leavesOf(value: unknown, above: Told = { called: "", expression: "registered" }): Told[] {
  const below = (key: string): Told => ({
    called: `${above.called} ${key}`.trim(),
    expression: `${above.expression}[${JSON.stringify(key)}]`,
  });
  if (Array.isArray(value) && value.some(isMapping))
    return columnsOf(value.filter(isMapping), above);
  if (!isMapping(value)) return [above];
  return Object.entries(value).flatMap(([key, it]) => leavesOf(it, below(key)));
}

/** Of a list of mappings, each key's values, sorted: some lists have no order. */
function columnsOf(rows: readonly Readonly<Record<string, unknown>>[], above: Told): Told[] {
  const keys = [...new Set(rows.flatMap((it) => Object.keys(it)))];
  return keys
    .filter((key) => rows.every((it) => Object.hasOwn(it, key) && typeof it[key] !== "object"))
    .map((key) => ({
      called: `${above.called} ${key}`,
      expression: `${above.expression} | map(attribute=${JSON.stringify(key)}) | sort`,
    }));
}

/** A task that shows a registered value, which is compared then. */
function telling({ called, expression }: Told): object {
  const value = `(${expression}) | default("nothing") | to_json(sort_keys=true)`;
  return { name: `value of ${called}`, debug: { msg: `It is {{ ${value} }}` } };
}
