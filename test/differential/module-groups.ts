/**
 * The modules' own cases, many to a playbook: a block each, below a folder of its own. Starting Ansible and reading the host's
 * files is paid once for all of them, so that each has its three runs. Pure.
 */
import { completeCase, type Case, type TreeItem } from "./case";
import { telling, valuesOf, type ModuleCase, type More } from "./module-case";

/** Every third is judged in every run of this test, the others when they are asked for. */
const PARTS = 3;

/** A playbook in the making, and the folder of its next case. */
interface Group {
  readonly cases: ModuleCase[];
  readonly files: Map<string, string>;
}

/**
 * Names of groups end with their part, as in `lineinfile, part 1 of 3`.
 * @param more - by `module/*`, what is said of all groups of a module
 */
export function groupCases(
  all: readonly ModuleCase[],
  more: Readonly<Record<string, More>>,
): Case[] {
  const modules = [...new Set(all.map((it) => it.module))];
  return modules.flatMap((module) => {
    const own = all.filter((it) => it.module === module);
    return Array.from({ length: PARTS }, (_, part) =>
      groupsOf(own.filter((_it, index) => index % PARTS === part)).map((group, index) =>
        toCase(group, {
          module,
          more: more[`${module}/*`] ?? {},
          called: `${index === 0 ? "" : `${index + 1}, `}part ${part + 1} of ${PARTS}`,
        }),
      ),
    ).flat();
  });
}

/** Cases whose files that travel have one name and two contents cannot be in one playbook. */
function groupsOf(cases: readonly ModuleCase[]): Group[] {
  const groups: Group[] = [];
  for (const it of cases) {
    const files = Object.entries(it.files ?? {});
    let group = groups.find((one) =>
      files.every(([name, content]) => (one.files.get(name) ?? content) === content),
    );
    if (!group) groups.push((group = { cases: [], files: new Map() }));
    group.cases.push(it);
    for (const [name, content] of files) group.files.set(name, content);
  }
  return groups;
}

interface About {
  readonly module: string;
  readonly more: More;
  /** What sets it apart from others of its module. */
  readonly called: string;
}

function toCase({ cases, files }: Group, { module, more, called }: About): Case {
  const moved = cases.map((it, index) => move(it, `/t/${index + 1}`));
  const items = moved.flatMap(({ tree }, index): [string, TreeItem][] => [
    [String(index + 1), { folder: true }],
    ...Object.entries(tree).map(([at, it]): [string, TreeItem] => [`${index + 1}/${at}`, it]),
  ]);
  const parts = {
    name: `${module}, ${called}`,
    tree: Object.fromEntries(items),
    files: Object.fromEntries(files),
    tasks: JSON.stringify(moved.map((it) => it.block)),
    ...more,
  };
  return completeCase(parts, `module cases/${module}`);
}

/** A case below another folder than /t. */
function move(
  it: ModuleCase,
  folder: string,
): { readonly block: object; readonly tree: Readonly<Record<string, TreeItem>> } {
  const moved = JSON.parse(
    JSON.stringify(it).replaceAll(/(?<![\w.])\/t(?![\w.-])/g, folder),
  ) as ModuleCase;
  const { module, name, args, vars = {}, failed, values = {} } = moved;
  const task = { name, [module]: args, register: "registered", ignore_errors: true };
  const told = failed === undefined ? valuesOf(values) : [];
  const shown = told.length === 0 ? [] : [telling(`values of ${name}`, told)];
  return { block: { block: [task, ...shown], vars }, tree: moved.tree };
}
