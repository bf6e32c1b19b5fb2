/** The lookup `ini`: a value of an INI or properties file. Pure. */
import { TemplateFailure } from "../failure";
import { pythonRegExp } from "../filters/regex";
import { pythonBool, pythonStr } from "../python";
import type { Named } from "../values";

const SECTION = /^\[([^\]]+)\]/;
const OPTION = /^([^=:]+?)\s*[=:]\s*(.*)$/;

/** @returns the values that fit. @throws TemplateFailure when there is none and no default */
export function iniValue(content: string, key: string, options: Named): unknown[] {
  const isProperties = options.type === "properties";
  const section = isProperties ? "" : pythonStr(options.section ?? "global");
  const fold = (it: string): string =>
    options.case_sensitive !== undefined && pythonBool(options.case_sensitive)
      ? it
      : it.toLowerCase();
  const entries = readSection(content, section);
  if (options.re !== undefined && pythonBool(options.re)) {
    const pattern = pythonRegExp(key);
    return entries.filter(([name]) => pattern.test(fold(name))).map(([, value]) => value);
  }
  const found = entries.findLast(([name]) => fold(name) === fold(key));
  if (found) return [found[1]];
  if (options.default !== undefined && options.default !== "") return [options.default];
  if (entries.length > 0 || options.default === "") return [""];
  throw new TemplateFailure("other", `the lookup ini found no section ${section}`);
}

function readSection(content: string, wanted: string): [string, string][] {
  const found: [string, string][] = [];
  let section = "";
  for (const line of content.split(/\r?\n/)) {
    const text = line.trim();
    if (text === "" || text.startsWith("#") || text.startsWith(";")) continue;
    const heading = SECTION.exec(text)?.[1];
    const option = OPTION.exec(text);
    const last = found.at(-1);
    if (heading !== undefined) section = heading;
    else if (section !== wanted) continue;
    else if (/^\s/.test(line) && last) last[1] += `\n${text}`;
    else if (option) found.push([(option[1] ?? "").trim(), option[2] ?? ""]);
  }
  return found;
}
