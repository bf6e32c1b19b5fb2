/** A case of the modules' own test, and what is told of its registered values. Pure. */
import { isMapping } from "../../core/mapping";
import type { Named } from "../support/cases";
import type { TreeItem as ModuleTreeItem } from "../support/host-tree";
import type { Case, TreeItem } from "./case";

/** As the modules' test has it, as far as it matters here. */
export interface Written {
  readonly args: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, ModuleTreeItem>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly failed?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** One of them, with its tree as cases of this test have it. */
export type ModuleCase = Named<Omit<Written, "before">> & {
  readonly module: string;
  readonly tree: Readonly<Record<string, TreeItem>>;
};

/** What these cases say in addition, by `module/name`. */
export interface More extends Partial<Pick<Case, "differs" | "leftOut" | "ends" | "seldom">> {
  /** Why Debian's Ansible cannot run it: it came with a later version. */
  readonly later?: string;
}

/** What to show: an expression, and what it is called. */
export interface Told {
  readonly called: string;
  readonly expression: string;
}

/** Of registered values all that is no mapping, since a case names only parts of mappings. */
export function valuesOf(values: unknown): Told[] {
  return leavesOf(values, { called: "", expression: "registered" });
}

function leavesOf(value: unknown, above: Told): Told[] {
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

/** A task that shows registered values, which are compared then. */
export function telling(name: string, told: readonly Told[]): object {
  const texts = told.map(
    ({ called, expression }) =>
      `${called}: {{ (${expression}) | default("nothing") | to_json(sort_keys=true) }}`,
  );
  return { name, debug: { msg: `It is ${texts.join("\n")}` } };
}
