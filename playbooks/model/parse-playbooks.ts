/** Reads playbooks: every fault of all of them at once, before any host is touched. */
import type { Fault } from "../../core/faults";
import { Cursor } from "./cursor";
import { checkTemplateFile } from "./check-templates";
import { Parsing, type LanguageRules } from "./parsing";
import { parsePlay } from "./parse-play";
import type { CheckedPlaybooks, Play } from "./play";
import type { PlaybookSource, TravellingFiles } from "./source";
import { parseYaml } from "./yaml-document";

/** What was read, and what is wrong; with faults, nothing may be run. */
export interface ParsedPlaybooks {
  readonly playbooks: CheckedPlaybooks;
  readonly faults: readonly Fault[];
}

/** Reads and checks playbooks with the files that travel with them. */
export function readPlaybooks(
  rules: LanguageRules,
  sources: readonly PlaybookSource[],
  files: TravellingFiles,
): ParsedPlaybooks {
  const parsing = new Parsing(rules, files);
  const plays = sources.flatMap((it) => readPlaybook(parsing, it));
  const templates = new Set(plays.flatMap((it) => [...it.reach.templates]));
  const computed = plays.some((it) => it.reach.anyFile);
  for (const path of files.keys()) {
    if (templates.has(path) || (computed && path.endsWith(".j2"))) checkTemplateFile(parsing, path);
  }
  return { playbooks: { plays }, faults: inOrder(parsing.faults) };
}

function readPlaybook(parsing: Parsing, source: PlaybookSource): Play[] {
  const document = parseYaml(source);
  parsing.report(...document.faults);
  if (document.faults.length > 0) return [];
  const at = Cursor.root(document);
  if (Array.isArray(document.data)) {
    return at.items.map((it) => parsePlay(parsing, it)).filter((it) => it !== undefined);
  }
  parsing.report(at.fault("AS1405", { given: document.data, allowed: "a list of plays" }));
  return [];
}

/** In the order of the input. A file that is included twice is read twice: its faults are told once. */
function inOrder(faults: readonly Fault[]): Fault[] {
  const once = [...new Map(faults.map((it) => [JSON.stringify(it), it])).values()];
  const files = [...new Set(once.map((it) => it.position?.file))];
  const place = ({ position }: Fault): number[] => [
    files.indexOf(position?.file),
    position?.line ?? 0,
    position?.column ?? 0,
  ];
  return once.sort((left, right) => {
    const [a, b] = [place(left), place(right)];
    const differing = a.findIndex((it, index) => it !== b[index]);
    return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
  });
}
