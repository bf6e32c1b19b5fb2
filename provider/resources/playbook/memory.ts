/**
 * What the resource remembers between two commands, in Terraform's private data: no user sees it, and
 * no secret is in it. Pure.
 */
import { member } from "../../../core/mapping";
import type { OwedHandler, RunReport, WrittenFiles } from "../../../playbooks/playbooks";

/** See the header. */
export interface Memory {
  /** Names of the secret variables of the last run: their values are stored nowhere. */
  readonly secrets: readonly string[];
  /** By host: handlers that did not run because the host left the run. */
  readonly owed: Owed;
  /** By host: what its files look like, where drift is looked for fast. */
  readonly files: Files;
}

/** Files by host. */
export type Files = Readonly<Record<string, readonly WrittenFiles[]>>;

/** Handlers by host. */
export type Owed = Readonly<Record<string, readonly OwedHandler[]>>;

/** What is owed after a run; a host that came to its end owes nothing. */
export function owedAfter({ hosts }: RunReport): Owed {
  const entries = Object.entries(hosts).flatMap(([name, { status, owed = [] }]) =>
    status === "ok" || owed.length === 0 ? [] : [[name, owed] as const],
  );
  return Object.fromEntries(entries);
}

/** Undefined when nothing was stored, or not by this version. */
export function readMemory(stored: unknown): Memory | undefined {
  if (!isRecord(stored)) return undefined;
  const { secrets, owed, files = {} } = stored;
  const known = isTexts(secrets) && isOwed(owed);
  return known ? { secrets, owed, files: isFiles(files) ? files : {} } : undefined;
}

/** Files after a run: of hosts that ran, what they told, if they ended well; of others that are still there, what was known. */
export function filesAfter(
  known: Files,
  {
    names,
    ran,
    report,
  }: {
    readonly names: readonly string[];
    readonly ran: readonly string[];
    readonly report: RunReport;
  },
): Files {
  const entries = names.flatMap((name) => {
    const files = ran.includes(name) ? member(report.hosts, name)?.files : member(known, name);
    return files === undefined ? [] : [[name, files] as const];
  });
  return Object.fromEntries(entries);
}

function isFiles(value: unknown): value is Files {
  const lists = isRecord(value) ? Object.values(value) : [undefined];
  return lists.every(
    (it) =>
      Array.isArray(it) &&
      it.every((one) => isRecord(one) && isRecord(one.files) && isTexts(Object.values(one.files))),
  );
}

function isOwed(value: unknown): value is Owed {
  const lists = isRecord(value) ? Object.values(value) : [undefined];
  return lists.every((it) => Array.isArray(it) && it.every(isOwedHandler));
}

function isOwedHandler(value: unknown): value is OwedHandler {
  return isRecord(value) && isTexts([value.play, value.handler]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((it) => typeof it === "string");
}
