/** Travelling files that ansible-vault encrypted as a whole. */
import { fault, type Fault } from "../../core/faults";
import type { Play } from "../model/play";
import type { TravellingFiles } from "../model/source";
import { isVault } from "./envelope";
import type { Vault } from "./vault";

/** The same files, with the vaults opened that can be; the others stay as they are. */
export function openFiles(files: TravellingFiles, vault: Vault): TravellingFiles {
  return new Map(
    [...files].map(([path, content]) => [path, tryText(content, vault) ?? content] as const),
  );
}

/** Faults of the files that plays read and that stayed closed. */
export function closedFiles(plays: readonly Play[], files: TravellingFiles, vault: Vault): Fault[] {
  const anyFile = plays.some((it) => it.reach.anyFile);
  const read = anyFile ? files.keys() : plays.flatMap((it) => [...it.reach.files]);
  return [...new Set(read)].flatMap((file) => {
    const content = files.get(file) ?? "";
    if (!isVault(content)) return [];
    const position = { file, line: 1, column: 1 };
    const opened = vault.open(content, position);
    if (opened.kind === "sealed") return [opened.fault];
    return [fault("AS1416", "", { hint: "its content is not UTF-8 text", position })];
  });
}

function tryText(content: string, vault: Vault): string | undefined {
  const opened = isVault(content) ? vault.open(content) : undefined;
  if (opened?.kind !== "open") return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(opened.content);
  } catch {
    return undefined;
  }
}
