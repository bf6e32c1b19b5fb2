/**
 * The quick look for drift: whether the files that plays wrote are still as they left them. One or two commands a host, which
 * only read; services, packages, users and everything else that is no file is not looked at.
 */
import { readPlaybooks } from "../../model/parse-playbooks";
import { member } from "../../../core/mapping";
import type { Become } from "../host";
import { passwordOf } from "../engine/become";
import type { Machinery, RunInput, RunOptions } from "../engine/run";
import { runChecked } from "../engine/run-playbooks";
import type { HostReport, RunReport } from "../events";
import { defineModule } from "../modules/define-module";
import type { Module, TaskContext } from "../module";
import { templateRules } from "../template/rules";
import { differenceOf, kindOfPrint, printFiles, UNREADABLE, type WrittenFiles } from "./prints";

const NAME = "armstead_files";
const PLAYBOOK = `- { name: files, hosts: all, gather_facts: false, tasks: [{ name: files, ${NAME}: {} }] }\n`;

/**
 * Looks.
 * @param written - what runs told of each host
 * @returns a report as of a refresh: `changes` holds a clause a file that differs, `/etc/motd: content`
 */
export async function lookAtFiles(
  written: Readonly<Record<string, readonly WrittenFiles[]>>,
  input: RunInput,
  { options, machinery }: { readonly options: RunOptions; readonly machinery: Machinery },
): Promise<RunReport> {
  const found = new Map<string, Found>();
  const looking = moduleOf(written, found);
  const modules = new Map<string, Module>([[NAME, looking]]);
  const source = { name: "files.yml", content: PLAYBOOK };
  const rules = { modules, templates: templateRules() };
  const { playbooks } = readPlaybooks(rules, [source], new Map());
  const report = await runChecked(
    playbooks,
    { ...input, mode: "refresh", secretVars: {}, withheld: [], files: new Map() },
    { options, machinery: { ...machinery, modules } },
  );
  const hosts = Object.entries(report.hosts).map(
    ([name, it]) => [name, told(it, found.get(name))] as const,
  );
  return { ...report, hosts: Object.fromEntries(hosts) };
}

interface Found {
  readonly differences: readonly string[];
  /** Nothing could be read at all. */
  readonly blind: boolean;
}

function moduleOf(
  written: Readonly<Record<string, readonly WrittenFiles[]>>,
  found: Map<string, Found>,
): Module {
  return defineModule({
    name: NAME,
    args: {},
    async run(context) {
      const { host } = context;
      const groups = member(written, host.name) ?? [];
      const differences: string[] = [];
      let [read, blind] = [0, 0];
      for (const { become, files } of groups) {
        const paths = new Map(Object.entries(files).map(([it, was]) => [it, kindOfPrint(was)]));
        const user = become ? host.as(withPassword(become, context)) : host;
        const prints = await printFiles(user, paths, context);
        for (const [path, was] of Object.entries(files)) {
          const is = prints[path] ?? UNREADABLE;
          const difference = differenceOf(was, is);
          if (is === UNREADABLE) blind += 1;
          else read += 1;
          if (difference !== undefined) differences.push(`${path}: ${difference}`);
        }
      }
      found.set(host.name, { differences, blind: read === 0 && blind > 0 });
      const diff = differences.join("\n");
      return { changed: differences.length > 0, ...(diff === "" ? {} : { message: diff }) };
    },
  });
}

function withPassword(become: Omit<Become, "password">, { vars }: TaskContext): Become {
  const password = passwordOf(become.method, (name) => vars[name]);
  return password ? { ...become, password } : become;
}

function told(report: HostReport, found: Found | undefined): HostReport {
  if (report.status !== "ok" || found === undefined) return report;
  if (found.blind) {
    return { ...report, status: "cancelled", error: "the files of its plays cannot be read" };
  }
  return { ...report, changes: found.differences };
}
