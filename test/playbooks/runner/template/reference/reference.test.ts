import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { plainData } from "../../../../../playbooks/model/data-text";
import { descend } from "../../../../../playbooks/runner/vars/descend";
import { TemplateFiles } from "../../../../../playbooks/runner/template/template-files";
import { Templar, type VariableScope } from "../../../../../playbooks/runner/template/templar";

interface Cases {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
  readonly groups: readonly { readonly name: string; readonly templates: readonly string[] }[];
}

/** What ansible-core makes of a template. */
interface Outcome {
  readonly text?: string;
  readonly value?: unknown;
  readonly error?: true;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(__dirname, name), "utf8")) as unknown;
const { variables, files, groups } = read("cases.json") as Cases;
const recorded = read("recorded.json") as Readonly<Record<string, Outcome>>;
const differences = read("differences.json") as Readonly<Record<string, string>>;

const scope: VariableScope = {
  names: () => Object.keys(variables),
  find: (root, keys) =>
    Object.hasOwn(variables, root)
      ? descend(variables[root], root, keys)
      : { found: false, reason: `'${root}' is undefined` },
  findOfHost: (host) => ({ found: false, reason: `'hostvars' has no host '${host}'` }),
};
const templar = new Templar(new TemplateFiles(new Map(Object.entries(files)), "playbook.yml"));

function outcomeOf(template: string, group: string): Outcome {
  try {
    if (group === "files") return { text: templar.renderFile(template, scope, "templates/own.j2") };
    const text = templar.render(template, scope);
    return { text, value: plainData(templar.template(template, scope)) };
  } catch (error) {
    if (error instanceof Error && error.name === "TemplateFailure") return { error: true };
    throw error;
  }
}

const all = groups.flatMap(({ name, templates }) => templates.map((it) => [name, it] as const));
const known = (template: string): boolean => Object.hasOwn(differences, template);

test.each(all.filter(([, it]) => !known(it)))("%s: %s is as ansible-core has it", (name, it) => {
  expect(outcomeOf(it, name)).toEqual(recorded[it]);
});

test.each(all.filter(([, it]) => known(it)))("%s: %s differs, as it is told", (name, it) => {
  expect(outcomeOf(it, name)).not.toEqual(recorded[it]);
});

test("every known difference is a case", () => {
  const templates = all.map(([, it]) => it);

  expect(Object.keys(differences).filter((it) => !templates.includes(it))).toEqual([]);
});

const PYTHON = "/usr/bin/python3";
const hasAnsible = existsSync(PYTHON) && canImport();

function canImport(): boolean {
  try {
    execFileSync(PYTHON, ["-c", "import ansible.template"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

(hasAnsible ? test : test.skip)("what was recorded is what ansible-core says", () => {
  const output = execFileSync(
    PYTHON,
    [path.join(__dirname, "record.py"), path.join(__dirname, "cases.json")],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );

  expect(JSON.parse(output)).toEqual(recorded);
});
