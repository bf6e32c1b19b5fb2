/**
 * Reads the plays that ship with the package (`playbooks/plays/<name>/`): plain file reads
 * below the package's own folder, the same from source and from the build.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Bug } from "../../core/faults";
import type { PlaybookSource } from "./source";

const PLAYS = path.join(__dirname, "..", "plays");
const PLAYBOOK = "playbook.yml";

/** A shipped play: its playbook, and the files that travel with it. */
export interface ShippedPlay {
  readonly playbook: PlaybookSource;
  /** Content by path, relative to the play's folder, with `/`; sorted. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Reads one shipped play.
 * @param name - its folder's name
 * @throws Bug when no such play is shipped
 */
export function readShippedPlay(name: string): ShippedPlay {
  if (!listShippedPlays().includes(name)) throw new Bug(`there is no shipped play "${name}"`);
  const folder = path.join(PLAYS, name);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => path.relative(folder, path.join(it.parentPath, it.name)))
    .map((it) => it.split(path.sep).join("/"))
    .filter((it) => it !== PLAYBOOK)
    .sort();
  const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");
  return {
    playbook: { name: `${name}/${PLAYBOOK}`, content: read(PLAYBOOK) },
    files: Object.fromEntries(paths.map((it) => [it, read(it)])),
  };
}

/** Names of the shipped plays, sorted. */
export function listShippedPlays(): string[] {
  return readdirSync(PLAYS, { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map((it) => it.name)
    .sort();
}
