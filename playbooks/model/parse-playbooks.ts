/** Reads playbooks: every fault of all of them at once, before any host is touched. */
import { posix } from "node:path";
import type { Fault } from "../../core/faults";
import { checkKeywords, checkUnknown } from "./check-shape";
import { checkTemplateFile, checkTemplates } from "./check-templates";
import { Cursor } from "./cursor";
import { NO_DIRECTIVES, readDirectives } from "./directives";
import { PLAYBOOK_KEYWORDS } from "./keywords";
import { shortName } from "./module-call";
import { Parsing, type LanguageRules } from "./parsing";
import { parsePlay } from "./parse-play";
import type { CheckedPlaybooks, Directives, Play } from "./play";
import type { PlaybookSource, TravellingFiles } from "./source";
import { isTemplate } from "./template/tokens";
import type { Vault } from "../vault/vault";
import { closedFiles, openFiles } from "../vault/open-files";
import { readVariablesBeside } from "./variables-beside";
import { parseYaml } from "./yaml-document";

/** What was read, and what is wrong; with faults, nothing may be run. */
export interface ParsedPlaybooks {
  readonly playbooks: CheckedPlaybooks;
  readonly faults: readonly Fault[];
}

/**
 * Reads and checks playbooks with the files that travel with them.
 * @param vault - opens vaults; without one they stay closed, and what was read serves digests alone
 */
export function readPlaybooks(
  rules: LanguageRules,
  sources: readonly PlaybookSource[],
  travelling: TravellingFiles,
  vault?: Vault,
): ParsedPlaybooks {
  const files = vault ? openFiles(travelling, vault) : travelling;
  const parsing = new Parsing(rules, files, vault);
  const plays = sources.flatMap((it) => readPlaybook(parsing, it));
  const folders = new Set(
    [...sources.map((it) => it.name), ...parsing.playbooks].map((it) => posix.dirname(it)),
  );
  const beside = readVariablesBeside(parsing, [...folders]);
  const templates = new Set(plays.flatMap((it) => [...it.reach.templates]));
  const computed = plays.some((it) => it.reach.anyFile);
  for (const path of files.keys()) {
    if (templates.has(path) || (computed && path.endsWith(".j2"))) checkTemplateFile(parsing, path);
  }
  if (vault) parsing.report(...closedFiles(plays, files, vault));
  const faults = inOrder(parsing.faults);
  return { playbooks: { plays, beside, ...(vault ? { files, vault } : {}) }, faults };
}

function readPlaybook(parsing: Parsing, source: PlaybookSource): Play[] {
  const document = parseYaml(source, parsing.vault);
  parsing.report(...document.faults);
  if (document.faults.length > 0) return [];
  return readPlays(parsing, Cursor.root(document), { around: NO_DIRECTIVES, files: [source.name] });
}

/** What is around the plays of a playbook that another one imports. */
interface Around {
  readonly around: Directives;
  /** Playbooks that are being read, outermost first. */
  readonly files: readonly string[];
}

function readPlays(parsing: Parsing, at: Cursor, { around, files }: Around): Play[] {
  if (!Array.isArray(at.value)) {
    parsing.report(at.fault("AS1405", { given: at.value, allowed: "a list of plays" }));
    return [];
  }
  return at.items.flatMap((it) => {
    const key = it.keys.find((name) => shortName(name) === "import_playbook");
    if (key === undefined) return parsePlay(parsing, it, around) ?? [];
    return importPlaybook(parsing, it, { key, around, files });
  });
}

function importPlaybook(
  parsing: Parsing,
  at: Cursor,
  { key, around, files }: Around & { readonly key: string },
): Play[] {
  parsing.report(...checkKeywords(at, PLAYBOOK_KEYWORDS));
  const others = at.keys.filter((it) => it !== key && !Object.hasOwn(PLAYBOOK_KEYWORDS, it));
  parsing.report(...checkUnknown(at, others, Object.keys(PLAYBOOK_KEYWORDS)));
  const { value } = at.at(key);
  if (typeof value !== "string" || isTemplate(value)) {
    parsing.report(at.at(key).fault("AS1404", { given: value, hint: "name the file" }));
    return [];
  }
  const name = posix.join(posix.dirname(at.document.file), value);
  if (!parsing.files.has(name)) {
    parsing.reportMissing(at.at(key), value);
    return [];
  }
  const root = Cursor.root(parsing.document(name));
  if (files.includes(name)) {
    parsing.report(root.fault("AS1413", { given: [...files, name] }));
    return [];
  }
  parsing.playbooks.add(name);
  for (const it of ["vars", "when", "tags"]) {
    checkTemplates(parsing, at.at(it), it === "when" ? "expression" : "template");
  }
  return readPlays(parsing, root, { around: readDirectives(at, around), files: [...files, name] });
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
