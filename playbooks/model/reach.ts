/** Notes which travelling files a play reads, and reports those that are missing. */
import { isTemplate } from "./template/tokens";
import type { ModuleCall } from "./module-call";
import type { Parsing, ReachBuilder } from "./parsing";
import { filesBelow, findFile, findFolder, purposeOf } from "./travelling";

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

/** Notes the file that a task names by `src`. */
export function noteFiles({ parsing, reach, call, from }: FileUse): void {
  const purpose = purposeOf(call.module);
  const { src, remote_src: remote } = call.args;
  if (purpose === undefined || typeof src !== "string" || isOnTarget(remote)) return;
  if (isTemplate(src)) {
    reach.anyFile = true;
    return;
  }
  if (/^(https?|ftp):\/\//.test(src)) return;
  const query = { from, purpose, path: src };
  const file = findFile(parsing.files, query);
  const folder = file === undefined ? findFolder(parsing.files, query) : undefined;
  if (file === undefined && folder === undefined) {
    parsing.reportMissing(call.at.at("src"), src);
    return;
  }
  const below = folder === undefined ? [] : filesBelow(parsing.files, folder);
  const paths = file === undefined ? below.map((it) => `${folder ?? ""}/${it}`) : [file];
  for (const it of paths) reach.files.add(it);
  if (call.module === "template") for (const it of paths) reach.templates.add(it);
}

function isOnTarget(remote: unknown): boolean {
  return remote === true || (typeof remote === "string" && /^(yes|true|on|1|y|t)$/i.test(remote));
}
