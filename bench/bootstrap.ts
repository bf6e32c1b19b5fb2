/** `npm run bench:bootstrap`: the same plays on the same hosts, by armstead and by ansible-playbook, in one run. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { describeError } from "../core/faults";
import { formatBootstrap, type Surroundings } from "./bootstrap/format";
import { measureAll } from "./bootstrap/measure";
import { sshdVersion } from "./bootstrap/ssh-hosts";
import { TOOL_NAMES, type ToolName } from "./bootstrap/tools";
import { stopOnSignals } from "./stop-on-signals";

interface BenchOptions {
  readonly hosts?: readonly number[];
  readonly tasks?: readonly number[];
  readonly only: readonly ToolName[];
  readonly limit: number;
  readonly json?: string;
}

const HOSTS: readonly number[] = [1, 10, 100, 500];
const TASKS: readonly number[] = [4, 40];
const GIBIBYTE = 2 ** 30;

function readOptions(words: readonly string[]): BenchOptions {
  return new Command("bench:bootstrap")
    .description("measures plays on many hosts, cold and without changes, against ansible-playbook")
    .addOption(counts("--hosts <counts...>", "hosts, each an SSH server", 1, HOSTS))
    .addOption(counts("--tasks <counts...>", "tasks of the play", 4, TASKS))
    .addOption(
      new Option("--only <names...>", "what is measured").choices(TOOL_NAMES).default(TOOL_NAMES),
    )
    .option(
      "--limit <seconds>",
      "a run that takes longer is stopped",
      (it) => readCount(it, 1),
      900,
    )
    .option("--json <file>", "also write the figures as JSON")
    .parse(words, { from: "user" })
    .opts<BenchOptions>();
}

function counts(flags: string, what: string, step: number, usual: readonly number[]): Option {
  // Commander would hand over a default of its own as what was given before.
  return new Option(flags, `${what} (default: ${usual.join(" ")})`).argParser(
    (text, before: readonly number[] | undefined) => [...(before ?? []), readCount(text, step)],
  );
}

function readCount(text: string, step: number): number {
  const count = Number(text);
  const fits = Number.isInteger(count) && count >= step && count % step === 0;
  if (!fits) throw new InvalidArgumentError(`allowed: ${step} and its multiples`);
  return count;
}

/** Progress goes to stderr: stdout has the report only. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Where Ansible is not measured, it need not be there. */
function ansibleVersion(tools: readonly ToolName[]): string[] {
  if (tools.every((it) => it === "armstead")) return [];
  const told = execFileSync("ansible-playbook", ["--version"], { encoding: "utf8" });
  return [(told.split("\n")[0] ?? "").replace(/[[\]]/g, "")];
}

function surroundings(load: number, tools: readonly ToolName[]): Surroundings {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    gibibytes: totalmem() / GIBIBYTE,
    versions: [
      `Linux ${release()}`,
      `Node.js ${process.versions.node}`,
      ...ansibleVersion(tools),
      sshdVersion(),
    ],
    load,
  };
}

async function main(): Promise<void> {
  const { json, hosts = HOSTS, tasks = TASKS, ...options } = readOptions(process.argv.slice(2));
  const [load = 0] = loadavg();
  const signal = stopOnSignals();
  const folder = mkdtempSync(path.join(tmpdir(), "bench-bootstrap-"));
  try {
    const where = surroundings(load, options.only);
    const measured = await measureAll({
      ...{ root: path.join(__dirname, ".."), folder, hosts, tasks },
      ...{ tools: options.only, limit: options.limit, environment: process.env },
      ...{ signal, say },
    });
    const figures = measured.map(({ output: _, ...it }) => it);
    if (json !== undefined) {
      writeFileSync(json, `${JSON.stringify({ ...where, measured: figures }, undefined, 2)}\n`);
    }
    process.stdout.write(`${formatBootstrap(measured, where)}\n`);
  } catch (error) {
    process.exitCode = 1;
    say(describeError(error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
