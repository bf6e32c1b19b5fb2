/** /etc/passwd, /etc/group and /etc/shadow as data, and back to text without touching other lines. Pure. */

/** A line of /etc/passwd. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly comment: string;
  readonly home: string;
  readonly shell: string;
}

/** A line of /etc/group. */
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** The three files. */
export interface AccountFiles {
  readonly passwd: string;
  readonly group: string;
  /** Empty when it may not be read. */
  readonly shadow: string;
}

/** All accounts. */
export function parseAccounts({ passwd }: AccountFiles): Account[] {
  return rows(passwd).map(([name = "", , uid, gid, comment = "", home = "", shell = ""]) => ({
    ...{ name, uid: Number(uid), gid: Number(gid), comment, home, shell },
  }));
}

/** All groups. */
export function parseGroups({ group }: AccountFiles): Group[] {
  return rows(group).map(([name = "", , gid, members = ""]) => ({
    name,
    gid: Number(gid),
    members: members.split(",").filter((it) => it !== ""),
  }));
}

/** The password's hash; undefined when there is none or it may not be read. */
export function passwordHash({ shadow }: AccountFiles, name: string): string | undefined {
  return rows(shadow).find((it) => it[0] === name)?.[1];
}

/** The fields of an account in /etc/shadow. */
export function shadowRow({ shadow }: AccountFiles, name: string): readonly string[] | undefined {
  return rows(shadow).find((it) => it[0] === name);
}

function rows(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(":"));
}

/** The text with the row of a name replaced, added at the end, or removed. */
export function withRow(
  text: string,
  name: string,
  row: readonly (string | number)[] | undefined,
): string {
  const line = row?.join(":");
  const lines = text.split("\n").filter((it) => it !== "");
  const at = lines.findIndex((it) => it.split(":", 1)[0] === name);
  const added = line === undefined ? [] : [line];
  const all = at < 0 ? [...lines, ...added] : lines.toSpliced(at, 1, ...added);
  return all.map((it) => `${it}\n`).join("");
}
