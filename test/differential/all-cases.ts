/** Every case there is. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { loadCases, type Case } from "./case";
import { templateCases } from "./template-cases";
import type { More } from "./module-case";
import { moduleCases } from "./module-cases";

/** Known differences of the templates' own cases, by file. */
export function templateDifferences(): Readonly<Record<string, Case["differs"]>> {
  const text = readFileSync(path.join(__dirname, "template-cases.yml"), "utf8");
  return (parse(text) ?? {}) as Readonly<Record<string, Case["differs"]>>;
}

/** What cases of the modules' own test say here in addition, by module/name. */
export function moduleAdditions(): Readonly<Record<string, More>> {
  const text = readFileSync(path.join(__dirname, "module-cases.yml"), "utf8");
  return (parse(text) ?? {}) as Readonly<Record<string, More>>;
}

/** Those of this folder, then those of the modules' and of the templates' tests. */
export function allCases(): Case[] {
  return [
    ...loadCases(path.join(__dirname, "cases")),
    ...moduleCases(moduleAdditions()),
    ...templateCases(templateDifferences()),
  ];
}
