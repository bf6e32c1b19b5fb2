/** Cases as data: YAML files, one a topic, with one document a case. README.md tells the format. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

/** What a path holds: a text is a file's content. */
const item = z.union([
  z.string(),
  z.strictObject({
    content: z.string().optional(),
    base64: z.string().optional(),
    target: z.string().optional(),
    folder: z.literal(true).optional(),
    /** Hard link to another path of the tree. */
    same: z.string().optional(),
    mode: z
      .string()
      .regex(/^0[0-7]{3,4}$/)
      .optional(),
    owner: z.number().int().optional(),
    group: z.number().int().optional(),
  }),
]);

const RUNS = ["check", "apply", "again"] as const;
const reasons = z.record(z.string(), z.string().min(10));

const schema = z
  .strictObject({
    name: z.string(),
    hosts: z.array(z.string()).default(["a"]),
    inventory: z.string().optional(),
    tree: z.record(z.string(), item).default({}),
    system: z.record(z.string(), item).default({}),
    files: z.record(z.string(), z.string()).default({}),
    tasks: z.string().optional(),
    playbook: z.string().optional(),
    playbooks: z.array(z.string()).optional(),
    vars: z.record(z.string(), z.unknown()).default({}),
    tags: z.array(z.string()).optional(),
    skipTags: z.array(z.string()).optional(),
    limit: z.string().optional(),
    diff: z.boolean().default(false),
    ends: z.enum(["ok", "failed", "unreachable", "refused"]).default("ok"),
    restart: z.boolean().default(false),
    leftOut: z.partialRecord(z.enum(RUNS), z.string().min(10)).default({}),
    once: z.string().min(10).optional(),
    seldom: z.string().min(10).optional(),
    differs: reasons.default({}),
  })
  .refine(
    (it) => [it.tasks, it.playbook, it.playbooks].filter((one) => one !== undefined).length === 1,
    {
      message: "one of tasks, playbook and playbooks",
    },
  );

/** Something in a tree. */
export type TreeItem = z.infer<typeof item>;
/** A case; `file` is where it stands. */
export type Case = z.infer<typeof schema> & { readonly file: string };
/** One of the runs of a case. */
export type RunName = (typeof RUNS)[number];

/** Reads all cases below a folder. @throws for a file that is no case, and for a name used twice in a file */
export function loadCases(folder: string): Case[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((it) => it.endsWith(".yml"))
    .sort()
    .flatMap((file) => readCases(path.join(folder, file), file.replace(/\.yml$/, "")));
}

/** A case with its defaults. @throws when it is none */
export function completeCase(data: unknown, file: string, at = file): Case {
  const read = schema.safeParse(data);
  if (!read.success) throw new Error(`${at}: ${z.prettifyError(read.error)}`);
  return { ...read.data, file };
}

function readCases(at: string, file: string): Case[] {
  const documents = parseAllDocuments(readFileSync(at, "utf8"), { version: "1.2" });
  if (!Array.isArray(documents)) throw new Error(`no cases in ${at}`);
  const cases = documents.map((it, index) => {
    if (it.errors.length > 0) throw new Error(`${at}: ${it.errors.join("\n")}`);
    return completeCase(it.toJS(), file, `${at}, case ${index + 1}`);
  });
  const names = cases.map((it) => it.name);
  const twice = names.find((it, index) => names.indexOf(it) !== index);
  if (twice !== undefined) throw new Error(`${at}: "${twice}" stands there twice`);
  return cases;
}

/** The runs of a case, in their order. */
export function runsOf({ leftOut, once, ends }: Case): RunName[] {
  if (ends === "refused" || once !== undefined) return ["apply"];
  return RUNS.filter((it) => leftOut[it] === undefined);
}

/** Everything that lies beside the playbooks, and the playbooks. */
export function filesOf({ files, tasks, playbook, hosts }: Case): Record<string, string> {
  const written = playbook ?? (tasks === undefined ? undefined : playOf(tasks));
  const groups = { all: { hosts: Object.fromEntries(hosts.map((it) => [it, {}])) } };
  return {
    "inventory.yml": JSON.stringify(groups),
    ...files,
    ...(written === undefined ? {} : { "site.yml": written }),
  };
}

/** Names of the playbooks. */
export function playbooksOf({ playbooks }: Case): readonly string[] {
  return playbooks ?? ["site.yml"];
}

/** Where a host's part of the tree is: a host that is alone has all of it. */
export function rootOf({ hosts }: Case, host: string): string {
  return hosts.length === 1 ? "/t" : `/t/${host}`;
}

function playOf(tasks: string): string {
  const indented = tasks.replaceAll(/^(?=.)/gm, "    ");
  return `- name: play\n  hosts: all\n  gather_facts: false\n  tasks:\n${indented}`;
}
