/** `armstead play PLAYBOOK… -i INVENTORY`: runs plays on any hosts, without Terraform. */
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { formatTable } from "../../core/table";
import { ansibleRunner, type PlaybookRunner } from "../../playbooks/ansible/ansible";
import * as own from "../../playbooks/playbooks";
import type { RunEvent, RunReport } from "../../playbooks/playbooks";
import type { CommandContext } from "../context";
import { openPlayLog } from "../play-log";
import { type PlayInputs, readPlayInputs } from "../play-inputs";
import { RunPrinter } from "../run-printer";
import { wholeNumber } from "../whole-number";

interface PlayOptions {
  readonly inventory: string;
  readonly check: boolean;
  readonly diff: boolean;
  readonly limit?: string;
  readonly tags?: string;
  readonly skipTags?: string;
  readonly extraVar: Variables;
  readonly forks: number;
  readonly privateKey?: string;
  readonly knownHosts?: string;
  readonly log?: string;
  readonly name?: string;
  readonly runner: (typeof RUNNERS)[number];
  readonly secretVar: readonly string[];
}

type Variables = Readonly<Record<string, string>>;

const CONNECT_TIMEOUT = 15_000;
const RUNNERS = ["armstead", "ansible"] as const;
const FORKS = 25;
const MAX_FORKS = 500;

/** Makes the command. */
export function playCommand(context: CommandContext): Command {
  return new Command("play")
    .description("run playbooks on the hosts of an inventory, over SSH, without Terraform")
    .argument("<playbooks...>", "playbooks, run in this order")
    .requiredOption("-i, --inventory <file>", "inventory in Ansible's YAML form")
    .option("--check", "say what would change, change nothing", false)
    .option("--diff", "show what changes inside files", false)
    .option("--limit <pattern>", "only these hosts")
    .option("--tags <list>", "only tasks with one of these tags, separated by commas")
    .option("--skip-tags <list>", "no task with one of these tags")
    .addOption(
      new Option("-e, --extra-var <name=value>", "variable that wins over all others")
        .argParser(addVariable)
        .default({}, "none"),
    )
    .addOption(
      new Option(
        "--secret-var <name>",
        "variable that is shown nowhere; TF_VAR_<name> in the environment holds it",
      )
        .argParser((name: string, sofar: readonly string[]) => [...sofar, name])
        .default([], "none"),
    )
    .addOption(
      new Option("--runner <runner>", "what runs them: armstead, or the ansible-playbook on PATH")
        .choices(RUNNERS)
        .default(RUNNERS[0]),
    )
    .option("--forks <n>", "hosts at work at once", wholeNumber(1, MAX_FORKS), FORKS)
    .option("--private-key <file>", "private key; else the SSH agent is asked")
    .option("--known-hosts <file>", "host keys that are allowed (default: ~/.ssh/known_hosts)")
    .option("--log <place>", "file or folder of the run's log (default: where deploys write it)")
    .option("--name <name>", "name in the run's log (default: the first playbook's)")
    .action(async (playbooks: string[], options: PlayOptions) => {
      const runner = options.runner === "ansible" ? ansibleRunner(context.environment) : own;
      const inputs = readPlayInputs({ ...options, playbooks }, context, runner.parsePlaybooks);
      const log = openPlayLog(options.log, options.name ?? nameOf(playbooks), context);
      const localFolder = path.resolve(context.folder, path.dirname(playbooks[0] ?? "."));
      const report = await play(inputs, { ...options, log, localFolder, runner }, context);
      context.output().result(report, summary(report));
      const bad = Object.values(report.hosts).filter(({ status }) => status !== "ok");
      context.setExitCode(bad.length === 0 ? 0 : 1);
    });
}

/** The first playbook's, without its ending. */
function nameOf([first = "play"]: readonly string[]): string {
  return path.basename(first, path.extname(first));
}

function play(
  { playbooks, travelling, inventory, key, vars, secretVars }: PlayInputs,
  options: Omit<PlayOptions, "log" | "runner"> & {
    readonly runner: PlaybookRunner;
    readonly log: (event: RunEvent) => void;
    readonly localFolder: string;
  },
  { environment, signal, output }: CommandContext,
): Promise<RunReport> {
  const printer = new RunPrinter(output());
  const agent = environment.SSH_AUTH_SOCK;
  return options.runner.runPlaybooks(
    playbooks,
    {
      inventory,
      vars: { ...vars, ...options.extraVar },
      secretVars,
      files: travelling,
      mode: options.check ? "check" : "apply",
      forks: options.forks,
      diff: options.diff,
      ...(options.limit === undefined ? {} : { limit: options.limit }),
      ...(options.tags === undefined ? {} : { tags: options.tags.split(",") }),
      ...(options.skipTags === undefined ? {} : { skipTags: options.skipTags.split(",") }),
    },
    {
      signal,
      localFolder: options.localFolder,
      connectTimeout: CONNECT_TIMEOUT,
      // Nobody would keep the key of a first contact, so that every contact would be the first.
      firstContact: "refuse",
      onEvent: (event) => {
        printer.take(event);
        options.log(event);
      },
      ...(key === undefined ? {} : { key }),
      ...(agent === undefined ? {} : { agent }),
    },
  );
}

function summary({ hosts }: RunReport): string {
  const rows = Object.entries(hosts).map(([name, it]) => [
    name,
    it.status,
    ...[it.ok, it.changed, it.skipped, it.failed, it.rescued, it.ignored].map(String),
    it.error ?? "",
  ]);
  return formatTable(
    ["host", "status", "ok", "changed", "skipped", "failed", "rescued", "ignored", ""],
    rows,
  );
}

/** Ansible's other forms (a file, JSON, several at once) would set a variable of a strange name. */
function addVariable(text: string, sofar: Variables): Variables {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError("Allowed: name=value, with letters, digits and _ in the name.");
  }
  return { ...sofar, [name]: value };
}
