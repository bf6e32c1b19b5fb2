/** Notes which travelling files a play reads, and reports those that are missing. */
import { isTemplate } from "./template/tokens";
import type { ModuleCall } from "./module-call";
import type { Parsing, ReachBuilder } from "./parsing";
import { filesBelow, findFile, findFolder, purposeOf, splitFirstWord } from "./travelling";

/** A play that reads nothing yet. */
export function emptyReach(): ReachBuilder {
  return { documents: new Map(), files: new Set(), templates: new Set(), anyFile: false };
}

/** A module's call in the file that holds it. */
export interface FileUse {
  readonly parsing: Parsing;
  readonly reach: ReachBuilder;
  readonly call: ModuleCall;
  readonly from: string;
}

/** Notes the file that a task names. */
export function noteFiles({ parsing, reach, call, from }: FileUse): void {
  const purpose = purposeOf(call.module);
  const { argument, src } = sourceOf(call);
  if (purpose === undefined || typeof src !== "string" || isOnTarget(call)) return;
  if (isTemplate(src)) {
    reach.anyFile = true;
    return;
  }
  if (/^(https?|ftp):\/\//.test(src)) return;
  const query = { from, purpose, path: src };
  const file = findFile(parsing.files, query);
  const folder = file === undefined ? findFolder(parsing.files, query) : undefined;
  if (file === undefined && folder === undefined) {
    parsing.reportMissing(call.at.at(argument), src);
    return;
  }
  const below = folder === undefined ? [] : filesBelow(parsing.files, folder);
  const paths = file === undefined ? below.map((it) => `${folder ?? ""}/${it}`) : [file];
  for (const it of paths) reach.files.add(it);
  if (call.module === "template") for (const it of paths) reach.templates.add(it);
}

/** Which argument names the file: in the text of a script it is the first word. */
function sourceOf({ module, args }: ModuleCall): { argument: string; src: unknown } {
  if (module !== "script") return { argument: "src", src: args.src };
  const argument = args.cmd === undefined ? "_raw_params" : "cmd";
  const text = args[argument];
  if (typeof text !== "string") return { argument, src: text };
  const isOpen = isTemplate(text.trim().split(/\s/, 1)[0] ?? "");
  return { argument, src: isOpen ? text : splitFirstWord(text).word };
}

/** Whether the file is on the host already; for assemble it is, unless the task says otherwise. */
function isOnTarget({ module, args }: ModuleCall): boolean {
  const { remote_src: remote = module === "assemble" } = args;
  return remote === true || (typeof remote === "string" && /^(yes|true|on|1|y|t)$/i.test(remote));
}
