/** Takes every tool through cold runs and runs in which nothing is left to do, on the same hosts, in turn. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "../../core/folders";
import { filesAfter, playOf } from "./plays";
import { type SshHosts, startSshHosts } from "./ssh-hosts";
import { timedRun, type RunResult } from "./timed-run";
import { changedByHost, toolCommand, type ToolName } from "./tools";

/** The two ways in which each play is run. */
export const RUN_KINDS = ["cold", "no-op"] as const;

/** One of them. */
export type RunKind = (typeof RUN_KINDS)[number];

/** One run of one tool. */
export interface Measured extends RunResult {
  readonly hosts: number;
  readonly tasks: number;
  readonly kind: RunKind;
  readonly tool: ToolName;
}

/** What is measured. */
export interface MeasureOptions {
  readonly root: string;
  /** Folder for everything that is made. */
  readonly folder: string;
  readonly hosts: readonly number[];
  readonly tasks: readonly number[];
  readonly tools: readonly ToolName[];
  /** Seconds after which a run is stopped. */
  readonly limit: number;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** One line of progress. */
  readonly say: (line: string) => void;
}

/** @throws Error when a tool fails, or leaves hosts other than it should */
export async function measureAll(options: MeasureOptions): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const count of options.hosts) {
    const folder = path.join(options.folder, `hosts-${count}`);
    mkdirSync(folder);
    options.say(`starting ${count} SSH servers`);
    const hosts = await startSshHosts(folder, count, options);
    const cases = options.tasks.flatMap((tasks) =>
      options.tools.map((tool) => ({ hosts, count, tasks, tool })),
    );
    try {
      for (const it of cases) all.push(...(await measureTool(options, it)));
    } finally {
      hosts.stop();
    }
  }
  return all;
}

interface Case {
  readonly hosts: SshHosts;
  readonly count: number;
  readonly tasks: number;
  readonly tool: ToolName;
}

async function measureTool(options: MeasureOptions, it: Case): Promise<Measured[]> {
  const { root, environment, signal, limit, say } = options;
  const { hosts, count, tasks, tool } = it;
  const folder = path.join(options.folder, `${count}-${tasks}-${tool.replaceAll(" ", "-")}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(playOf(tasks))) {
    writeFileSync(path.join(folder, name), String(text));
  }
  // None of the machine's own settings.
  writeFileSync(path.join(folder, "ansible.cfg"), "");
  const command = toolCommand(tool, { root, folder, hosts, count, environment });
  hosts.clear();
  const taken: Measured[] = [];
  for (const kind of RUN_KINDS) {
    const result = await timedRun(command, {
      ...{ folder, seconds: limit, signal },
      hostCpuSeconds: () => hosts.cpuSeconds(),
    });
    const { seconds, stopped } = result;
    const end = stopped ? "stopped after" : "took";
    say(`${count} hosts, ${tasks} tasks, ${kind}, ${tool}: ${end} ${seconds.toFixed(1)} s`);
    taken.push({ ...result, hosts: count, tasks, kind, tool });
    // Without a whole cold run the next one would be none without changes.
    if (stopped) break;
    checkRun(it, kind, result.output);
  }
  return taken;
}

/** A fast tool that leaves work undone has measured nothing. */
function checkRun({ hosts, count, tasks, tool }: Case, kind: RunKind, output: string): void {
  const wanted = filesAfter(tasks);
  const short = hosts.sites.filter((it) => countFiles(it) !== wanted);
  if (short.length > 0)
    throw new Error(`${tool}: ${short.length} hosts lack files, as ${short[0]}`);
  const changed = changedByHost(tool, output);
  const expected = kind === "cold" ? tasks : 0;
  if (changed.length !== count || changed.some((it) => it !== expected)) {
    const tail = output.trimEnd().split("\n").slice(-20).join("\n");
    throw new Error(`${tool}: expected ${count} hosts with ${expected} changes each\n${tail}`);
  }
}

function countFiles(site: string): number {
  if (!existsSync(site)) return 0;
  return readdirSync(site, { recursive: true, withFileTypes: true }).filter((it) => it.isFile())
    .length;
}
