/** Lines of authorized_keys: which are there, and which should be. Pure. Source: sshd(8). */
import { TaskFailure } from "../task-failure";

/** What is asked for. */
export interface KeyWish {
  /** Public keys, one a line. */
  readonly key: string;
  readonly state: "present" | "absent";
  /** No other keys than these, and no comments. */
  readonly exclusive: boolean;
  readonly key_options?: string | undefined;
  readonly comment?: string | undefined;
}

/** What becomes of the file. */
export interface KeyPlan {
  readonly text: string;
  /** False: the file stays as it is, however it is written. */
  readonly changed: boolean;
}

interface Key {
  readonly type: string;
  /** What makes two keys the same. */
  readonly data: string;
  readonly options: string;
  readonly comment: string;
}

/** Types of keys that OpenSSH knows. */
const TYPE =
  /^((sk-|webauthn-sk-)?(ecdsa-sha2-nistp(256|384|521)|ssh-ed25519)|ssh-(rsa|dss|xmss)|rsa-sha2-(256|512))(-cert-v0[01])?(@openssh\.com)?$/;

/** @throws TaskFailure for a text that is no key */
export function planKeys(content: string, wish: KeyWish): KeyPlan {
  const wanted = wish.key
    .split(/\r\n|[\n\r]/)
    .filter((it) => it !== "" && !it.startsWith("#"))
    .map((it) => readWanted(it, wish));
  const lines = readLines(content);
  return wish.state === "absent" ? without(lines, wanted) : withKeys(lines, wanted, wish.exclusive);
}

/** What is no key stays as it is written. */
type Line = Key | string;

function without(lines: readonly Line[], wanted: readonly Key[]): KeyPlan {
  const gone = new Set(wanted.map((it) => it.data));
  const kept = lines.filter((it) => typeof it === "string" || !gone.has(it.data));
  return { text: format(kept), changed: kept.length < lines.length };
}

/** A key that is there in another form goes to the end, where new ones are. */
function withKeys(lines: readonly Line[], wanted: readonly Key[], exclusive: boolean): KeyPlan {
  const others = new Map(wanted.map((it) => [it.data, it]));
  const kept = lines.filter((it) => {
    const same = typeof it === "string" ? undefined : others.get(it.data);
    if (typeof it === "string" || same === undefined) return !exclusive;
    return isSame(it, same);
  });
  const present = new Set(kept.map((it) => (typeof it === "string" ? "" : it.data)));
  const added = [...others.values()].filter((it) => !present.has(it.data));
  return {
    text: format([...kept, ...added]),
    changed: added.length > 0 || kept.length < lines.length,
  };
}

/** Of lines with one key the last counts. */
function readLines(content: string): Line[] {
  const lines = content.split("\n").map((it) => parseKey(it) ?? it);
  if (lines.at(-1) === "") lines.pop();
  const last = new Map(
    lines.flatMap((it, index) => (typeof it === "string" ? [] : [[it.data, index] as const])),
  );
  return lines.filter((it, index) => typeof it === "string" || last.get(it.data) === index);
}

function readWanted(text: string, { key_options: options, comment }: KeyWish): Key {
  const key = parseKey(text);
  if (key === undefined) throw new TaskFailure(`invalid key specified: ${text}`);
  return { ...key, options: options ?? key.options, comment: comment ?? key.comment };
}

/** Options come first and may hold quoted spaces; then type, data, and the comment. */
function parseKey(line: string): Key | undefined {
  const words = line
    .replaceAll(String.raw`\#`, "#")
    .split(/[ \t\r\n]+/)
    .filter((it) => it !== "");
  const at = words[0] === "#" ? -1 : words.findIndex((it) => TYPE.test(it));
  const [type, data, ...comment] = at < 0 ? [] : words.slice(at);
  if (type === undefined || data === undefined) return undefined;
  return { type, data, options: words.slice(0, at).join(" "), comment: comment.join(" ") };
}

/** The order of options means nothing. */
function isSame(one: Key, other: Key): boolean {
  const parts = ({ options }: Key): string =>
    JSON.stringify((options.match(/(?:[^,"']|"[^"]*"|'[^']*')+/g) ?? []).sort());
  return one.type === other.type && one.comment === other.comment && parts(one) === parts(other);
}

/** A key without a comment has a space at its end: so it is in Ansible. */
function format(lines: readonly Line[]): string {
  const texts = lines.map((it) => {
    if (typeof it === "string") return it;
    const { options, type, data, comment } = it;
    return `${options === "" ? "" : `${options} `}${type} ${data} ${comment}`;
  });
  return texts.map((it) => `${it}\n`).join("");
}
