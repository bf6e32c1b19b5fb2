/** `armstead watch [LOG]`: live progress of runs of plays, and what a run did once it has ended. */
import { accessSync, constants, type Stats, statSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { sleep } from "../../core/bounded";
import { describeError, fault, UserFault } from "../../core/faults";
import { runLogFolder } from "../../core/folders";
import type { RunLogLine } from "../../playbooks/run-log";
import type { CommandContext } from "../context";
import { eventLine } from "../watch/event-line";
import { LogReader } from "../watch/log-reader";
import { runTable } from "../watch/run-table";
import { RunViews, type RunView } from "../watch/run-view";

const POLL_MILLISECONDS = 200;
/** Where there is no terminal, nothing has to fit. */
const ENDLESS = { columns: Number.MAX_SAFE_INTEGER, rows: Number.MAX_SAFE_INTEGER };

/** Makes the command. */
export function watchCommand(context: CommandContext): Command {
  return new Command("watch")
    .description("live progress of runs of plays, tasks by hosts, from their log")
    .argument("[log]", "a run's log, or a folder of logs (default: where deploys write them)")
    .option("--once", "show how it stands, and end", false)
    .action(async (log: string | undefined, { once }: { readonly once: boolean }) => {
      const target = targetOf(log, context);
      const found = stat(target);
      if (once && !found) throw notThere(log ?? target);
      const isFile = found?.isFile() === true;
      const runs = once ? showOnce(target, context) : await follow(target, isFile, context);
      const ends = runs.flatMap(({ report }) => Object.values(report ?? {}));
      context.setExitCode(isFile && ends.some(({ status }) => status !== "ok") ? 1 : 0);
    });
}

function targetOf(log: string | undefined, { folder, environment }: CommandContext): string {
  const target = log ?? runLogFolder(environment);
  if (target === undefined) {
    const problem = "there is no folder of run logs: ARMSTEAD_RUN_LOG says off, or HOME is not set";
    throw new UserFault([fault("AS1001", "", { problem })]);
  }
  return path.resolve(folder, target);
}

/** @throws UserFault AS1001 for what is there and may not be read */
function stat(target: string): Stats | undefined {
  try {
    const found = statSync(target, { throwIfNoEntry: false });
    if (found) accessSync(target, constants.R_OK);
    return found;
  } catch (error) {
    throw new UserFault([fault("AS1001", "", { given: target, hint: describeError(error) })]);
  }
}

function notThere(given: string): UserFault {
  const hint = "a deploy or armstead play writes it; ARMSTEAD_RUN_LOG names another folder";
  return new UserFault([fault("AS1001", "", { given, hint })]);
}

function showOnce(target: string, { out, output }: CommandContext): RunView[] {
  const views = new RunViews();
  const lines = new LogReader(target).read();
  for (const line of lines) views.take(line);
  const runs = views.latest();
  const shown = new Set(runs.map(({ first }) => first.run));
  const text = output().switches.json
    ? lines.filter(({ run }) => shown.has(run)).map((it) => JSON.stringify(it))
    : runs.flatMap((it) => runTable(it, ENDLESS, Date.now()));
  if (text.length > 0) out.write(`${text.join("\n")}\n`);
  return runs;
}

/** @returns the last runs, when the signal has come or a single file's last run has ended */
async function follow(
  target: string,
  isFile: boolean,
  { out, output, signal }: CommandContext,
): Promise<RunView[]> {
  const [views, reader, screen] = [new RunViews(), new LogReader(target), new Screen()];
  const { json } = output().switches;
  const toText = (it: RunLogLine): string => (json ? JSON.stringify(it) : eventLine(it));
  const startedAt = Date.now();
  while (!signal.aborted) {
    const lines = reader.read();
    for (const line of lines) views.take(line);
    const latest = views.latest();
    if (out.isTTY === true && !json) {
      const { columns = 80, rows = 24 } = out;
      const now = Date.now();
      const runs = latest.filter(({ report, lastAt }) => !report || lastAt >= startedAt);
      const shown = runs.length > 0 ? runs : latest.slice(-1);
      const each = Math.floor((rows - 1) / Math.max(1, shown.length));
      const table = shown.flatMap((it) => runTable(it, { columns, rows: each }, now));
      out.write(screen.redraw(table.slice(0, rows - 1)));
    } else {
      // What ended before this began is shown only when it was asked for by name.
      const fresh = lines.filter(({ run }) => isFile || isOpen(latest, run, startedAt));
      if (fresh.length > 0) out.write(`${fresh.map(toText).join("\n")}\n`);
    }
    if (isFile && latest.length > 0 && latest.every(({ report }) => report)) break;
    await sleep(POLL_MILLISECONDS, { signal }).catch(() => undefined);
  }
  return views.latest();
}

function isOpen(runs: readonly RunView[], run: string, startedAt: number): boolean {
  const found = runs.find(({ first }) => first.run === run);
  return found !== undefined && (!found.report || found.lastAt >= startedAt);
}

/** Writes lines over those that it wrote before. */
class Screen {
  #height = 0;

  redraw(lines: readonly string[]): string {
    const back = this.#height === 0 ? "" : `\u001b[${this.#height}A`;
    this.#height = lines.length;
    return `${back}\r\u001b[J${lines.map((it) => `${it}\n`).join("")}`;
  }
}
