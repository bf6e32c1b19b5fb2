/** Lines of authorized_keys: which are there, and which should be. Pure. */
import { TaskFailure } from "../task-failure";

/** What is asked for. */
export interface KeyWish {
  /** Public keys, one a line. */
  readonly key: string;
  readonly state: "present" | "absent";
  /** No other keys than these. */
  readonly exclusive: boolean;
  readonly key_options?: string | undefined;
  readonly comment?: string | undefined;
}

interface KeyLine {
  /** Type and data: what makes two keys the same. */
  readonly identity: string;
  readonly options: string;
  readonly comment: string;
}

/** Options come first and may hold quoted spaces; then type, data, and the comment. */
const KEY =
  /^(?:((?:[^\s"]|"(?:[^"\\]|\\.)*")+)\s+)?((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+)\s+([A-Za-z0-9+/]+=*)(?:\s+(.*?))?\s*$/;

/** The file's content afterwards. @throws TaskFailure for a text that is no key */
export function planKeys(content: string, wish: KeyWish): string {
  const wanted = wish.key
    .split("\n")
    .map((it) => it.trim())
    .filter((it) => it !== "" && !it.startsWith("#"))
    .map((it) => readWanted(it, wish));
  const identities = new Set(wanted.map((it) => it.identity));
  const lines = content
    .replace(/\n$/, "")
    .split("\n")
    .filter((it, index) => index > 0 || it !== "");
  const known = lines.map((line) => ({ line, key: parseKey(line) }));
  if (wish.state === "absent") {
    return join(
      known.filter(({ key }) => !key || !identities.has(key.identity)).map((it) => it.line),
    );
  }
  const kept = known.flatMap(({ line, key }) => {
    if (key === undefined) return [line];
    const same = wanted.find((it) => it.identity === key.identity);
    if (same === undefined) return wish.exclusive ? [] : [line];
    return [isSame(key, same, wish) ? line : format(same)];
  });
  const present = new Set(known.map(({ key }) => key?.identity));
  return join([...kept, ...wanted.filter((it) => !present.has(it.identity)).map(format)]);
}

function readWanted(text: string, { key_options: options, comment }: KeyWish): KeyLine {
  const key = parseKey(text);
  if (key === undefined) throw new TaskFailure(`invalid key specified: ${text}`);
  return { ...key, options: options ?? key.options, comment: comment ?? key.comment };
}

function parseKey(line: string): KeyLine | undefined {
  const [, options = "", type, data, comment = ""] = KEY.exec(line) ?? [];
  return type === undefined || data === undefined
    ? undefined
    : { identity: `${type} ${data}`, options, comment };
}

function isSame(old: KeyLine, wanted: KeyLine, wish: KeyWish): boolean {
  const sameComment = wish.comment === undefined || old.comment === wanted.comment;
  return old.options === wanted.options && sameComment;
}

function format({ options, identity, comment }: KeyLine): string {
  return [options, identity, comment].filter((it) => it !== "").join(" ");
}

function join(lines: readonly string[]): string {
  return lines.map((it) => `${it}\n`).join("");
}
