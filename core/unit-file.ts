/**
 * Units of systemd, as far as a config can be wrong about them: their names and the form of their files.
 * Sources: systemd.unit(5), systemd.syntax(7).
 */

/** Ends of unit names. `snapshot` is gone from systemd, and Ignition still takes it. */
const UNIT_KINDS = [
  "service",
  "socket",
  "device",
  "mount",
  "automount",
  "swap",
  "target",
  "path",
  "timer",
  "snapshot",
  "slice",
  "scope",
] as const;
const UNIT_NAME = new RegExp(
  `^[A-Za-z0-9:_.\\\\-]+(@[A-Za-z0-9:_.\\\\-]*)?\\.(${UNIT_KINDS.join("|")})$`,
);
/** The longest name of a unit. */
const MAX_UNIT_NAME = 255;

/** What a unit file consists of. */
export interface UnitFile {
  /** In the order of the file; a section may stand twice. */
  readonly sections: readonly string[];
}

/** What is wrong with a unit file. */
export interface UnitFileFault {
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

/** Whether a name is one of a unit: `etcd.service`, `getty@tty1.service`. */
export function isUnitName(name: string): boolean {
  return name.length <= MAX_UNIT_NAME && UNIT_NAME.test(name);
}

/** Whether a name is one of a drop-in: `10-limits.conf`. */
export function isDropinName(name: string): boolean {
  return /^[^/\0]+\.conf$/.test(name) && name.length <= MAX_UNIT_NAME;
}

/** Parses a unit file as far as sections and assignments go. */
export function parseUnitFile(text: string): UnitFile | UnitFileFault {
  const sections: string[] = [];
  let continued = false;
  for (const [index, full] of text.split("\n").entries()) {
    const line = full.trim();
    const isComment = line.startsWith("#") || line.startsWith(";");
    if (line === "" || isComment) {
      if (!isComment) continued = false;
      continue;
    }
    if (!continued) {
      const problem = judgeLine(line, sections);
      if (problem !== undefined) return { line: index + 1, problem };
    }
    continued = line.endsWith("\\");
  }
  return { sections };
}

function judgeLine(line: string, sections: string[]): string | undefined {
  if (line.startsWith("[")) {
    const [, name] = /^\[([^[\]]+)\]$/.exec(line) ?? [];
    if (name === undefined) return "the section's name is not closed by a bracket";
    sections.push(name);
    return undefined;
  }
  if (!line.includes("=")) return "the line is neither a section nor an assignment";
  if (line.startsWith("=")) return "the assignment has no key";
  return sections.length === 0 ? "the assignment stands before the first section" : undefined;
}
