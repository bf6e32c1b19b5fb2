/** `armstead play PLAYBOOK… -i INVENTORY`: runs plays on any hosts, without Terraform. */
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Secret } from "../../core/secret";
import { ansibleRunner, type PlaybookRunner } from "../../playbooks/ansible/ansible";
import * as own from "../../playbooks/playbooks";
import type { RunEvent, RunReport } from "../../playbooks/playbooks";
import type { CommandContext } from "../context";
import { readPairs } from "../extra-vars";
import { findPassphrase } from "../passphrase";
import { listPlays, showPlays } from "../list-plays";
import { openPlayLog } from "../play-log";
import { type PlayInputs, readPlayInputs } from "../play-inputs";
import { RunPrinter } from "../run-printer";
import { summaryLine, summaryTable } from "../run-summary";
import { wholeNumber } from "../whole-number";

interface PlayOptions {
  readonly inventory: readonly string[];
  readonly check: boolean;
  readonly diff: boolean;
  readonly limit?: string;
  readonly tags?: string;
  readonly skipTags?: string;
  readonly extraVar: readonly string[];
  readonly vaultPasswordFile: readonly string[];
  readonly vaultId: readonly string[];
  readonly user?: string;
  readonly become: boolean;
  readonly becomeUser?: string;
  readonly listHosts: boolean;
  readonly listTasks: boolean;
  readonly forks: number;
  readonly privateKey?: string;
  readonly passphraseFile?: string;
  readonly knownHosts?: string;
  readonly log?: string;
  readonly name?: string;
  readonly runner: (typeof RUNNERS)[number];
  readonly secretVar: readonly string[];
}

const CONNECT_TIMEOUT = 15_000;
const STOPPING = "stopping: tasks that run are ended; Ctrl-C again ends all at once";
const RUNNERS = ["armstead", "ansible"] as const;
const FORKS = 25;
const MAX_FORKS = 500;

/** Makes the command. */
export function playCommand(context: CommandContext): Command {
  const command = new Command("play")
    .description("run playbooks on the hosts of an inventory, over SSH, without Terraform")
    .argument("<playbooks...>", "playbooks, run in this order")
    .requiredOption(
      "-i, --inventory <place>",
      "inventory, or folder of them, or hosts with a comma; again for more",
      several,
    );
  return addWays(addChoices(command)).action(async (playbooks: string[], options: PlayOptions) => {
    const runner = options.runner === "ansible" ? ansibleRunner(context.environment) : own;
    const vaultPasswordFile = [...options.vaultPasswordFile, ...options.vaultId];
    const files = { ...options, playbooks, vaultPasswordFile };
    const inputs = readPlayInputs(files, context, runner.parsePlaybooks);
    if (options.listHosts || options.listTasks) {
      list(inputs, options, context);
      return;
    }
    const keys = [inputs.key, inputs.bastionKey, ...inputs.keys.values()];
    const passphrase = await findPassphrase(
      { keys: keys.filter((it) => it !== undefined), file: options.passphraseFile },
      context,
    );
    const log = openPlayLog(options.log, options.name ?? nameOf(playbooks), context);
    const localFolder = path.resolve(context.folder, path.dirname(playbooks[0] ?? "."));
    const ways = { ...options, log, localFolder, runner, passphrase };
    const report = await tellingStop(context, () => play(inputs, ways, context));
    const said = context.output();
    said.result(report, summaryTable(report));
    const line = summaryLine(report);
    if (line !== undefined) said.note(line);
    const bad = Object.values(report.hosts).filter(({ status }) => status !== "ok");
    context.setExitCode(bad.length === 0 ? 0 : 1);
  });
}

/** What is run, with which variables. */
function addChoices(command: Command): Command {
  return command
    .option("--check", "say what would change, change nothing", false)
    .option("--diff", "show what changes inside files", false)
    .option("--limit <pattern>", "only these hosts")
    .option("--tags <list>", "only tasks with one of these tags, separated by commas")
    .option("--skip-tags <list>", "no task with one of these tags")
    .addOption(
      new Option("-e, --extra-var <name=value>", "variable that wins over all others, or @file")
        .argParser(addVariables)
        .default([], "none"),
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
    );
}

/** How it is run: passwords, users, keys, logs. */
function addWays(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--vault-password-file <file>",
        "password of vaults, FILE or LABEL@FILE; an executable prints it; env:NAME for a variable of the environment",
      )
        .argParser(several)
        .default([], "ANSIBLE_VAULT_PASSWORD_FILE"),
    )
    .addOption(
      new Option("--vault-id <file>", "the same").argParser(several).default([]).hideHelp(),
    )
    .option("-u, --user <name>", "who logs in where neither inventory nor play says so")
    .option("-b, --become", "become another user where no play or task says whether to", false)
    .option("--become-user <name>", "who to become where nothing else says so (default: root)")
    .option("--list-hosts", "show the hosts of every play, and do nothing else", false)
    .option("--list-tasks", "show the tasks of every play, and do nothing else", false)
    .option("--forks <n>", "hosts at work at once", wholeNumber(1, MAX_FORKS), FORKS)
    .option("--private-key <file>", "private key; else the SSH agent is asked")
    .option(
      "--passphrase-file <file>",
      "passphrase of encrypted private keys (default: ARMSTEAD_SSH_PASSPHRASE, else a terminal is asked)",
    )
    .option("--known-hosts <file>", "host keys that are allowed (default: ~/.ssh/known_hosts)")
    .option("--log <place>", "file or folder of the run's log (default: where deploys write it)")
    .option("--name <name>", "name in the run's log (default: the first playbook's)");
}

/** The first playbook's, without its ending. */
function nameOf([first = "play"]: readonly string[]): string {
  return path.basename(first, path.extname(first));
}

function list(
  { playbooks, inventory }: PlayInputs,
  { limit, tags, skipTags, listHosts, listTasks }: PlayOptions,
  { output }: CommandContext,
): void {
  const choice = { tags: tags?.split(","), skipTags: skipTags?.split(",") };
  const plays = listPlays(playbooks, inventory, { limit, ...choice });
  output().result(plays, showPlays(plays, { hosts: listHosts, tasks: listTasks }));
}

function play(
  { playbooks, travelling, inventory, key, bastionKey, keys, vars, secretVars }: PlayInputs,
  options: Omit<PlayOptions, "log" | "runner"> & {
    readonly runner: PlaybookRunner;
    readonly log: (event: RunEvent) => void;
    readonly localFolder: string;
    readonly passphrase: Secret | undefined;
  },
  { environment, signal, output }: CommandContext,
): Promise<RunReport> {
  const printer = new RunPrinter(output());
  const agent = environment.SSH_AUTH_SOCK;
  return options.runner.runPlaybooks(
    playbooks,
    {
      inventory,
      vars,
      secretVars,
      files: travelling,
      environment,
      mode: options.check ? "check" : "apply",
      forks: options.forks,
      diff: options.diff,
      ...(options.become ? { become: { user: options.becomeUser } } : {}),
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
      ...{ keys, bastionKey, passphrase: options.passphrase },
      ...(agent === undefined ? {} : { agent }),
    },
  );
}

/** Says that the first Ctrl-C was heard: what is at work takes its time to end. */
async function tellingStop<T>(
  { signal, output }: CommandContext,
  work: () => Promise<T>,
): Promise<T> {
  const tell = (): void => {
    output().note(STOPPING);
  };
  signal.addEventListener("abort", tell, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener("abort", tell);
  }
}

/** What is no variable is told at once; what files and braces hold is read later. */
function addVariables(text: string, sofar: readonly string[]): readonly string[] {
  if (/^\s*[@{[]/.test(text)) return [...sofar, text];
  if (readPairs(text)) return [...sofar, text];
  throw new InvalidArgumentError("Allowed: name=value, with letters, digits and _ in the name.");
}

function several(text: string, sofar: readonly string[] = []): readonly string[] {
  return [...sofar, text];
}
