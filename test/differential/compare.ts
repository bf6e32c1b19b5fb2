/** Where two outcomes of one run differ. */
import { isMapping } from "../../core/mapping";
import { unpacked } from "./archives";
import { COUNTERS, type Outcome, type TaskEnd } from "./outcome";
import { plainName, type Entry, type Snapshot } from "./tree";

/** One difference: `at` is what a case's `differs` names. */
export interface Difference {
  readonly at: string;
  readonly ansible: string;
  readonly ours: string;
}

/** @param run - name of the run, the first word of every place */
export function compare(run: string, ansible: Outcome, ours: Outcome): Difference[] {
  const ends = differ(`${run} ends`, ansible.ends, ours.ends);
  if (ansible.ends === "refused" || ours.ends === "refused") return ends;
  const hosts = new Set([...ansible.tasks.keys(), ...ours.tasks.keys()]);
  return [
    ...ends,
    ...[...hosts].flatMap((it) =>
      compareTasks(`${run} ${it}`, ansible.tasks.get(it) ?? [], ours.tasks.get(it) ?? []),
    ),
    ...compareRecaps(run, ansible, ours),
    ...compareTrees(run, ansible.tree, ours.tree),
    ...compareTrees(`${run} local`, ansible.local, ours.local),
  ];
}

/** Tasks are compared by their place when both ran the same ones; else the whole list differs. */
function compareTasks(
  at: string,
  ansible: readonly TaskEnd[],
  ours: readonly TaskEnd[],
): Difference[] {
  const names = (ends: readonly TaskEnd[]): string => ends.map((it) => it.task).join("\n");
  const listed = differ(`${at} tasks`, names(ansible), names(ours));
  if (listed.length > 0) return [{ at: `${at} tasks`, ansible: list(ansible), ours: list(ours) }];
  return ansible.flatMap((it, index) => {
    const other = ours[index];
    if (other === undefined) return [];
    if (it.status === other.status) return compareShown(at, it, other);
    return [{ at: `${at} task ${it.task}`, ansible: line(it), ours: line(other) }];
  });
}

function compareShown(at: string, ansible: TaskEnd, ours: TaskEnd): Difference[] {
  if (ansible.module !== "debug" || ansible.status !== "ok") return [];
  const [one, other] = [shown(ansible), shown(ours)];
  return differ(`${at} shown by ${ansible.task}`, one, other);
}

/** What is no text is JSON, with blanks as each writes it. */
function shown({ message = "" }: TaskEnd): string {
  const plain = plainName(message);
  try {
    return canonicalJson(JSON.parse(plain));
  } catch {
    return plain;
  }
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    isMapping(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}

function compareRecaps(run: string, ansible: Outcome, ours: Outcome): Difference[] {
  const hosts = new Set([...ansible.recaps.keys(), ...ours.recaps.keys()]);
  return [...hosts].flatMap((host) => {
    // A host that never came to do anything is in our recap, and not in Ansible's.
    const [one, other] = [ansible, ours].map((it) => it.recaps.get(host));
    return COUNTERS.flatMap((it) =>
      differ(`${run} ${host} recap ${it}`, String(one?.[it] ?? 0), String(other?.[it] ?? 0)),
    );
  });
}

function compareTrees(where: string, ansible: Snapshot, ours: Snapshot): Difference[] {
  const paths = [...new Set([...ansible.keys(), ...ours.keys()])].sort();
  return paths.flatMap((at) => {
    let [one, other] = [ansible.get(at), ours.get(at)];
    if (!one || !other) return differ(`${where} ${at}`, describe(one), describe(other));
    if (one.content !== other.content) [one, other] = [withMembers(one), withMembers(other)];
    const parts = Object.keys(one) as (keyof Entry)[];
    return parts.flatMap((it) => differ(`${where} ${at} ${it}`, part(one, it), part(other, it)));
  });
}

/** An archive's members are its content. */
function withMembers(entry: Entry): Entry {
  const members =
    entry.type === "file" ? unpacked(Buffer.from(entry.content, "base64")) : undefined;
  if (members === undefined) return entry;
  return { ...entry, content: Buffer.from(members).toString("base64") };
}

/** Contents are shown as text, as far as they are text: two that differ show so. */
function part(entry: Entry, name: keyof Entry): string {
  if (name !== "content" || entry.type !== "file") return String(entry[name]);
  const bytes = Buffer.from(entry.content, "base64");
  const text = bytes.toString("utf8");
  return JSON.stringify(Buffer.from(text).equals(bytes) ? text : entry.content);
}

function describe(entry: Entry | undefined): string {
  return entry === undefined ? "nothing" : `${entry.type} ${entry.mode} ${part(entry, "content")}`;
}

function differ(at: string, ansible: string | undefined, ours: string | undefined): Difference[] {
  return ansible === ours ? [] : [{ at, ansible: ansible ?? "nothing", ours: ours ?? "nothing" }];
}

function list(ends: readonly TaskEnd[]): string {
  return ends.map(line).join("\n      ");
}

function line({ task, status, message }: TaskEnd): string {
  const text = message === undefined || message === "" ? "" : ` (${message.slice(0, 300)})`;
  return `${status}: ${task}${text}`;
}
