/** Inventories as data, read by ours and by the real ansible-inventory: same hosts, groups and variables. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openInventory } from "../../../../cli/read-inventory";
import type { InventoryHost } from "../../../../playbooks/playbooks";
import { NOTHING_BESIDE, withVariablesBeside } from "../../../../playbooks/model/variables-beside";
import { loadCases } from "../../../support/cases";

interface Case {
  /** Lines of each file. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** What `-i` names. */
  readonly sources: readonly string[];
}

type Listed = Readonly<
  Record<string, { readonly hosts?: string[]; readonly children?: string[] }>
> & {
  readonly _meta: {
    readonly hostvars: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
};

const cases = loadCases<Case>(path.join(__dirname, "cases"));
const root = mkdtempSync(path.join(tmpdir(), "inventories-"));
let answers: Readonly<Record<string, Listed>>;

beforeAll(() => {
  for (const { name, files } of cases) {
    mkdirSync(path.join(root, name));
    for (const [file, lines] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name, file)), { recursive: true });
      writeFileSync(path.join(root, name, file), lines.map((it) => `${it}\n`).join(""));
    }
  }
  const input = JSON.stringify(Object.fromEntries(cases.map((it) => [it.name, it.sources])));
  const script = path.join(__dirname, "ansible_inventories.py");
  const environment = {
    PATH: process.env.PATH,
    HOME: root,
    LC_ALL: "C.UTF-8",
    ANSIBLE_DEPRECATION_WARNINGS: "false",
  };
  const { stdout, stderr } = spawnSync("/usr/bin/python3", [script, root], {
    input,
    encoding: "utf8",
    env: environment,
  });
  if (stdout === "") throw new Error(stderr);
  answers = JSON.parse(stdout) as typeof answers;
});

test.each(cases)("as ansible-inventory: $name", ({ name, sources }) => {
  const answer = answers[name];
  if (!answer) throw new Error("no answer");

  const read = openInventory(sources, { folder: path.join(root, name), environment: {} });

  expect(read.faults).toEqual([]);
  const hosts = Object.entries(read.inventory).map(([host, entry]): [string, InventoryHost] => [
    host,
    withVariablesBeside(host, entry, NOTHING_BESIDE),
  ]);
  const { _meta: meta, ...groups } = answer;
  expect(Object.fromEntries(hosts.map(([host, { vars }]) => [host, withoutSource(vars)]))).toEqual(
    Object.fromEntries(hosts.map(([host]) => [host, meta.hostvars[host] ?? {}])),
  );
  const [members, wanted] = [membersOf(hosts), wantedMembers(groups)];
  // Which hosts are in `all` itself is not listed, so that their order is not known.
  const unordered = ({ all = [], ...rest }: typeof members) => ({ ...rest, all: [...all].sort() });
  expect(unordered(members)).toEqual(unordered(wanted));
});

/** Which inventory named a host first: ansible-inventory leaves it out. */
function withoutSource({
  inventory_file: _,
  inventory_dir: __,
  ...vars
}: InventoryHost["vars"]): unknown {
  return vars;
}

function membersOf(hosts: readonly (readonly [string, InventoryHost])[]): Record<string, string[]> {
  const members: Record<string, string[]> = {};
  for (const [name, { places = {} }] of hosts) {
    for (const group of Object.keys(places)) (members[group] ??= []).push(name);
  }
  return Object.fromEntries(
    Object.entries(members).map(([group, names]) => {
      const place = (host: string): number =>
        Object.fromEntries(hosts)[host]?.places?.[group] ?? -1;
      return [group, names.sort((a, b) => place(a) - place(b))];
    }),
  );
}

/** Members of every group, those of its children behind its own. */
function wantedMembers(groups: Omit<Listed, "_meta">): Record<string, string[]> {
  const below = (name: string): string[] => {
    const found = new Set([name]);
    for (const it of found) for (const child of groups[it]?.children ?? []) found.add(child);
    return [...new Set([...found].flatMap((it) => groups[it]?.hosts ?? []))];
  };
  const all = Object.keys({ ...groups }).map((name): [string, string[]] => [name, below(name)]);
  return Object.fromEntries(all.filter(([, hosts]) => hosts.length > 0));
}
