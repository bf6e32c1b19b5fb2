/** The cases of the templates' own test, as cases of this one: a file of them is a play, with one task for each. */
import path from "node:path";
import { loadCases as loadJson } from "../support/cases";
import { completeCase, type Case } from "./case";

const FOLDER = path.join(__dirname, "../playbooks/runner/template/cases");
/** Files whose cases have variables that no playbook can set. */
const OTHERS = ["hosts", "hostile"];
/** As the templates' test has them, but for those that hold templates as data. */
const VARIABLES = {
  one: 1,
  yes: true,
  no: false,
  nothing: null,
  empty: "",
  list: [1, "two", true, null],
  dict: { k: 1, j: { z: [1] } },
  quote: "it's",
  double: 'say "x"',
  unicode: "héllo 😀",
};
const NOT_SET = /\b(?:text|proto|hostvars|groups|name)\b/;

/** @param differs - by file, places and reasons */
export function templateCases(differs: Readonly<Record<string, Case["differs"]>>): Case[] {
  const files = loadJson<{ readonly cases: readonly { readonly template: string }[] }>(FOLDER);
  return files
    .filter(({ name }) => !OTHERS.includes(name))
    .map(({ name, cases }) => {
      const templates = cases.map((it) => it.template).filter((it) => !NOT_SET.test(it));
      const tasks = templates.map((it) => ({
        name: nameOf(it),
        debug: { msg: it },
        ignore_errors: true,
      }));
      const play = { name: "play", hosts: "all", gather_facts: false, vars: VARIABLES, tasks };
      const parts = {
        name,
        playbook: JSON.stringify([play]),
        once: "debug changes nothing",
        differs: differs[name] ?? {},
      };
      return completeCase(parts, "template cases");
    });
}

/** The template without what would make a template of the name. */
function nameOf(template: string): string {
  return template.replaceAll(/[{}]/g, "").replaceAll(/\s+/g, " ").trim();
}
