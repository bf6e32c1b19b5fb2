/** What a play consists of, as people name it, with a digest each: so that it can be told which part is another one. Pure. */
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { isMapping } from "../../../core/mapping";
import { canonical } from "../../model/canonical";
import { REFUSED_KEYWORDS, TASK_KEYWORDS } from "../../model/keywords";
import type { Play } from "../../model/play";
import type { DigestedPlay } from "./digest-hosts";

/** Digests of parts, by their names in words. */
export type Parts = Map<string, string>;

const TASKS = ["pre_tasks", "tasks", "post_tasks"];
const INNER = ["block", "rescue", "always"];
/** The play's name, as people find it. */
export function nameOfPlay({ name, at }: Play): string {
  return `play "${name}" (${at.file})`;
}

/** Its parts: keywords, variables, tasks, handlers, and the files that it reads. */
export function partsOfPlay({ play, files }: DigestedPlay): Parts {
  const parts: Parts = new Map();
  const [data, around] = Array.isArray(play.data) ? (play.data as readonly unknown[]) : [play.data];
  const where = nameOfPlay(play);
  if (around !== undefined) add(parts, `what is said where ${where} is imported`, around);
  if (isMapping(data)) {
    const { vars, handlers, ...rest } = data;
    for (const key of TASKS) addTasks(parts, "task", rest[key], play.at.file);
    addTasks(parts, "handler", handlers, play.at.file);
    addVariables(parts, vars, `of ${where}`);
    const others = Object.entries(rest).filter(([key]) => !TASKS.includes(key));
    for (const [key, value] of others) add(parts, `"${key}" of ${where}`, value);
  }
  for (const [path, document] of play.reach.documents) addDocument(parts, path, document);
  for (const [path, digest] of files) parts.set(`file ${posix.normalize(path)}`, digest);
  return parts;
}

/** Adds each variable by its name; what is no mapping is one part. */
export function addVariables(parts: Parts, vars: unknown, whose: string): void {
  if (vars === undefined || vars === null) return;
  if (!isMapping(vars)) add(parts, `variables ${whose}`, vars);
  else for (const [key, it] of Object.entries(vars)) add(parts, `variable "${key}" ${whose}`, it);
}

/** Adds a part; of those with one name, the second is called so. */
export function add(parts: Parts, name: string, value: unknown): void {
  let free = name;
  for (let n = 2; parts.has(free); n += 1) free = `${name} #${n}`;
  parts.set(free, createHash("sha256").update(canonical(value)).digest("base64"));
}

function addDocument(parts: Parts, path: string, document: unknown): void {
  if (Array.isArray(document)) addTasks(parts, "task", document, path);
  else if (isMapping(document)) addVariables(parts, document, `of ${path}`);
  else add(parts, `file ${path}`, document);
}

function addTasks(parts: Parts, word: string, tasks: unknown, file: string): void {
  if (tasks === undefined || tasks === null) return;
  if (!Array.isArray(tasks)) {
    add(parts, `${word}s of ${file}`, tasks);
    return;
  }
  for (const task of tasks as readonly unknown[]) {
    const inner = isMapping(task) ? INNER.filter((it) => it in task) : [];
    if (!isMapping(task) || inner.length === 0) {
      add(parts, `${word} "${nameOfTask(task)}" (${file})`, task);
      continue;
    }
    const own = Object.entries(task).filter(([key]) => !inner.includes(key));
    add(parts, `block "${nameOfTask(task)}" (${file})`, Object.fromEntries(own));
    for (const key of inner) addTasks(parts, word, task[key], file);
  }
}

function nameOfTask(task: unknown): string {
  if (!isMapping(task)) return String(task);
  if (typeof task.name === "string") return task.name;
  const module = Object.keys(task).find((it) => !isKeyword(it));
  return module?.split(".").at(-1) ?? "unnamed";
}

function isKeyword(key: string): boolean {
  return Object.hasOwn(TASK_KEYWORDS, key) || REFUSED_KEYWORDS.has(key);
}
