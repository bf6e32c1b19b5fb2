/** Lines of /etc/fstab: the rules of `mount` for what is mounted at boot. Pure. Source: fstab(5). */

/** A line as it should be. */
export interface FstabLine {
  readonly src: string;
  readonly path: string;
  readonly fstype: string;
  readonly opts: string;
  readonly dump: string;
  readonly passno: string;
}

/** Which lines are meant: those of the mount point, and for swap those of the source. */
export interface FstabKey {
  readonly path: string;
  readonly src?: string | undefined;
}

/** What a file says of a mount point: the last of several lines. */
export function lineOf(
  text: string,
  path: string,
): Pick<FstabLine, "src" | "fstype" | "opts"> | undefined {
  const fields = splitLines(text).map(readFields);
  const found = fields.findLast((it) => it?.[1] === escape(path));
  if (found === undefined) return undefined;
  const [src = "", , fstype = "", opts = ""] = found.map(unescape);
  return { src, fstype, opts };
}

/** The file with a line that says this; other lines stay as they are. */
export function withLine(before: string, wish: FstabLine): string {
  const wanted = [wish.src, wish.path, wish.fstype, wish.opts, wish.dump, wish.passno].map(escape);
  const line = `${wanted.join(" ")}\n`;
  const lines = splitLines(before);
  const meant = lines.map((it) => isMeant(readFields(it), wish));
  const says = (it: string): boolean => wanted.every((field, at) => readFields(it)?.[at] === field);
  if (meant.every((it) => !it)) return [...lines, line].join("");
  if (lines.every((it, index) => !meant[index] || says(it))) return before;
  return lines.map((it, index) => (meant[index] === true && !says(it) ? line : it)).join("");
}

/** The file without the lines of a mount point. */
export function withoutLine(before: string, key: FstabKey): string {
  const lines = splitLines(before);
  const kept = lines.filter((it) => !isMeant(readFields(it), key));
  return kept.length === lines.length ? before : kept.join("");
}

function splitLines(text: string): string[] {
  const lines = text.split(/(?<=\n)/).filter((it) => it !== "");
  return lines.map((it) => (it.endsWith("\n") ? it : `${it}\n`));
}

/** The fields of a line, still escaped; undefined for comments and what is none. */
function readFields(line: string): readonly string[] | undefined {
  const fields = (line.split("#")[0] ?? "").trim().split(/\s+/);
  return fields.length >= 4 && fields.length <= 6 ? fields : undefined;
}

function isMeant(fields: readonly string[] | undefined, { path, src }: FstabKey): boolean {
  if (fields?.[1] !== escape(path)) return false;
  const isSwap = path === "none" && fields[2] === "swap";
  return !isSwap || src === undefined || fields[0] === escape(src);
}

function unescape(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

function escape(field: string): string {
  return field.replaceAll(
    /[\\\s&#]/g,
    (it) => `\\${it.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
}
