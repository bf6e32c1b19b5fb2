/** Lookups of travelling files: what is not sent along with the playbooks cannot be read. */
import { parseYaml } from "../../../model/yaml-document";
import { descend } from "../../vars/descend";
import { TemplateFailure } from "../failure";
import { pythonBool, pythonStr } from "../python";
import type { VariableScope } from "../scope";
import type { FoundFile } from "../template-files";
import { isDict, type Named } from "../values";
import { csvCell } from "./csv";
import { iniValue } from "./ini";
import type { LookupContext, Lookups } from "./lookup";

/** Lookups of travelling files. */
export const FILE_LOOKUPS: Lookups = {
  file: {
    options: ["lstrip", "rstrip"],
    run: (terms, context) =>
      terms.map((term) => {
        const { content } = needed(context, pythonStr(term), "files");
        const left = truth(context.options, "lstrip", false) ? content.trimStart() : content;
        return truth(context.options, "rstrip", true) ? left.trimEnd() : left;
      }),
  },
  template: {
    options: ["convert_data", "template_vars", "trim_blocks", "lstrip_blocks"],
    run: (terms, context) =>
      terms.map((term) => {
        const { content, path } = needed(context, pythonStr(term), "templates");
        const { template_vars: more } = context.options;
        const scope = isDict(more) ? withVariables(context.scope, more) : context.scope;
        const text = context.render(content, path, scope);
        return truth(context.options, "convert_data", true) ? dataOf(text) : text;
      }),
  },
  fileglob: {
    run: (terms, { files }) =>
      terms.flatMap((term) => files.glob(pythonStr(term)).map((it) => it.path)),
  },
  first_found: { options: ["files", "paths", "skip"], run: firstFound },
  ini: {
    options: [
      "file",
      "section",
      "type",
      "re",
      "default",
      "encoding",
      "case_sensitive",
      "allow_no_value",
    ],
    run: (terms, context) => {
      const { file = "ansible.ini", ...options } = context.options;
      const { content } = needed(context, pythonStr(file), "files");
      return terms.flatMap((term) => iniValue(content, pythonStr(term), options));
    },
  },
  csvfile: {
    options: ["file", "delimiter", "col", "default", "encoding"],
    run: (terms, context) => {
      const { file = "ansible.csv", ...options } = context.options;
      const { content } = needed(context, pythonStr(file), "files");
      return terms.flatMap((term) => csvCell(content, pythonStr(term), options));
    },
  },
};

function truth(options: Named, name: string, fallback: boolean): boolean {
  return options[name] === undefined ? fallback : pythonBool(options[name]);
}

function needed(
  { files, name }: LookupContext,
  path: string,
  purpose: "files" | "templates",
): FoundFile {
  const found = files.find(path, purpose);
  if (found) return found;
  throw new TemplateFailure(
    "other",
    `the lookup ${name} found no file ${path} among those that travel`,
  );
}

/** A template that gives JSON-like text gives its data, as Ansible has it. */
function dataOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  const { data, faults } = parseYaml({ name: "", content: text });
  return faults.length === 0 && typeof data === "object" && data !== null ? data : text;
}

function withVariables(scope: VariableScope, values: Named): VariableScope {
  return {
    ...(scope.from === undefined ? {} : { from: scope.from }),
    names: () => [...Object.keys(values), ...(scope.names?.() ?? [])],
    findOfHost: (host, path) => scope.findOfHost(host, path),
    find: (root, path) => {
      if (!Object.hasOwn(values, root)) return scope.find(root, path);
      return descend(values[root], root, path);
    },
  };
}

/** The first of several files that is there: names, or mappings with `files`, `paths` and `skip`. */
function firstFound(terms: readonly unknown[], context: LookupContext): string[] {
  const given = Object.keys(context.options).length > 0 ? [...terms, context.options] : terms;
  const names = given.flat().flatMap((term) => {
    if (!isDict(term)) return [pythonStr(term)];
    const files = words(term.files);
    const paths = words(term.paths);
    return paths.length === 0
      ? files
      : paths.flatMap((folder) => files.map((it) => `${folder.replace(/\/$/, "")}/${it}`));
  });
  for (const name of names) {
    for (const purpose of ["files", "templates", "vars", "tasks"] as const) {
      const found = context.files.find(name, purpose);
      if (found) return [found.path];
    }
  }
  if (given.flat().some((it) => isDict(it) && truth(it, "skip", false))) return [];
  throw new TemplateFailure("other", `the lookup first_found found none of ${names.join(", ")}`);
}

function words(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const all = Array.isArray(value)
    ? (value as unknown[]).map(pythonStr)
    : pythonStr(value).split(/[,;]/);
  return all.map((it) => it.trim()).filter((it) => it !== "");
}
