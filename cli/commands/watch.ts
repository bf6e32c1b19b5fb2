/** `armstead watch [LOG]`: live progress of runs of plays, and what a run did once it has ended. */
import { accessSync, constants, type Stats, statSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { sleep } from "../../core/bounded";
import { describeError, fault, UserFault } from "../../core/faults";
import { runLogFolder } from "../../core/folders";
import { printable } from "../../core/printable";
import type { RunLogLine } from "../../playbooks/run-log";
import { type CommandContext, isDumb } from "../context";
import { isWriterGone, markCut } from "../watch/cut-off";
import { eventLine } from "../watch/event-line";
import { LogReader } from "../watch/log-reader";
import { oneLine, runTable } from "../watch/run-table";
import { RunViews, type RunView } from "../watch/run-view";
import { Screen } from "../watch/screen";

const POLL_MILLISECONDS = 200;
/** A run that has said nothing for so long when the watch begins was cut off, unless it says something yet. */
const LOST_MILLISECONDS = 3_600_000;
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
      if (once && runs.length === 0) context.output().note(`no run in ${log ?? target}`);
      for (const it of once ? [] : runs.filter(({ isCut }) => isCut)) {
        context.output().note(oneLine(`${it.first.name}: was cut off`));
      }
      const isWhole = runs.length > 0 && runs.every(isWell);
      context.setExitCode(isFile && !isWhole ? 1 : 0);
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

/** @throws UserFault AS1001 for what is there and cannot be read */
function stat(target: string): Stats | undefined {
  try {
    const found = statSync(target, { throwIfNoEntry: false });
    if (found) accessSync(target, constants.R_OK);
    if (found && !found.isFile() && !found.isDirectory()) throw new Error("it is no file");
    return found;
  } catch (error) {
    throw new UserFault([fault("AS1001", "", { given: target, hint: describeError(error) })]);
  }
}

/** Whether a run came to its end, and all its hosts did. */
function isWell({ report }: RunView): boolean {
  return report !== undefined && Object.values(report).every(({ status }) => status === "ok");
}

function notThere(given: string): UserFault {
  const hint = "a deploy or armstead play writes it; ARMSTEAD_RUN_LOG names another folder";
  return new UserFault([fault("AS1001", "", { given, hint })]);
}

function showOnce(target: string, { out, output }: CommandContext): RunView[] {
  const views = new RunViews();
  const reader = new LogReader(target);
  const lines = reader.read();
  for (const line of lines) views.take(line);
  const gone = views.latest().filter(isWriterGone);
  for (const line of reader.read()) views.take(line);
  markCut(gone);
  const runs = views.latest();
  const shown = new Set(runs.map(({ first }) => first.run));
  const text = output().switches.json
    ? lines.filter(({ run }) => shown.has(run)).map(jsonLine)
    : runs.flatMap((it) => runTable(it, ENDLESS, Date.now()));
  if (text.length > 0) out.write(`${text.join("\n")}\n`);
  return runs;
}

/** @returns the last runs, when the signal has come or a single file's last run has ended */
async function follow(
  target: string,
  isFile: boolean,
  { out, output, signal, environment }: CommandContext,
): Promise<RunView[]> {
  const [views, reader, screen] = [new RunViews(), new LogReader(target), new Screen()];
  const { json } = output().switches;
  const toText = json ? jsonLine : eventLine;
  const isLive = out.isTTY === true && !json && !isDumb(environment);
  const startedAt = Date.now();
  while (!signal.aborted) {
    const gone = views.latest().filter(isWriterGone);
    const lines = reader.read();
    for (const line of lines) views.take(line);
    markCut(gone);
    const latest = views.latest();
    if (isLive) {
      const runs = latest.filter((it) => isOpen(it, startedAt));
      const shown = runs.length > 0 ? runs : latest.slice(-1);
      out.write(screen.show(shown, out, Date.now()));
    } else {
      // What ended before this began is shown only when it was asked for by name.
      const open = new Set(latest.filter((it) => isOpen(it, startedAt)).map((it) => it.first.run));
      const fresh = lines.filter(({ run }) => isFile || open.has(run));
      if (fresh.length > 0) out.write(`${fresh.map(toText).join("\n")}\n`);
    }
    if (isFile && latest.length > 0 && latest.every(isOver)) break;
    await sleep(POLL_MILLISECONDS, { signal }).catch(() => undefined);
  }
  return views.latest();
}

function isOver({ report, isCut }: RunView): boolean {
  return report !== undefined || isCut;
}

/** Whether a run goes on, or ended while it was watched. */
function isOpen(run: RunView, startedAt: number): boolean {
  return run.lastAt >= (isOver(run) ? startedAt : startedAt - LOST_MILLISECONDS);
}

/** The line as it is; JSON leaves some characters as they are that a terminal would obey. */
function jsonLine(line: RunLogLine): string {
  return printable(JSON.stringify(line));
}
