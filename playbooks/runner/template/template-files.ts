/** The travelling files as one template sees them: those beside it first. Pure. */
import { posix } from "node:path";
import type { Environment } from "../../../core/folders";
import { candidatesFor, findFile, type FilePurpose } from "../../model/travelling";
import type { TravellingFiles } from "../../model/source";

/** A travelling file. */
export interface FoundFile {
  readonly path: string;
  readonly content: string;
}

/** Files, and the environment of the process when a run may read it. */
export class TemplateFiles {
  /**
   * @param files - that travel with the playbooks
   * @param from - the playbook, file of tasks or template that names a file
   * @param environment - of the process, for runs that may read it
   */
  constructor(
    readonly files: TravellingFiles,
    readonly from: string,
    readonly environment?: Environment,
  ) {}

  /** The same files, as another file sees them. */
  beside(from: string): TemplateFiles {
    return new TemplateFiles(this.files, from, this.environment);
  }

  /** A file by its name; undefined when none travels. */
  find(name: string, purpose: FilePurpose): FoundFile | undefined {
    const own = posix.join(posix.dirname(this.from), name);
    const path =
      purpose === "templates" && this.files.has(own) && !name.startsWith("/")
        ? own
        : findFile(this.files, { from: this.from, purpose, path: name });
    const content = path === undefined ? undefined : this.files.get(path);
    return path === undefined || content === undefined ? undefined : { path, content };
  }

  /** Files of a folder whose names fit `*` and `?`; of the first folder that has any. */
  glob(pattern: string): FoundFile[] {
    for (const candidate of candidatesFor({ from: this.from, purpose: "files", path: pattern })) {
      const folder = posix.dirname(candidate);
      const fits = nameGlob(posix.basename(candidate));
      const found = [...this.files].filter(
        ([path]) => posix.dirname(path) === folder && fits.test(posix.basename(path)),
      );
      if (found.length > 0) return found.sort().map(([path, content]) => ({ path, content }));
    }
    return [];
  }
}

/** No files at all. */
export const NO_FILES = new TemplateFiles(new Map(), "playbook.yml");

function nameGlob(name: string): RegExp {
  const plain = name.replace(/[.+^${}()|\\]/g, "\\$&");
  const source = plain.replaceAll("*", "[^/]*").replaceAll("?", "[^/]").replaceAll("[!", "[^");
  // A dot at the beginning is only met by a dot.
  return new RegExp(`^${/^[*?[]/.test(name) ? "(?!\\.)" : ""}${source}$`);
}
