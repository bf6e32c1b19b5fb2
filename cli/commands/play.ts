/** `armstead play PLAYBOOK… -i INVENTORY`: runs plays on any hosts, without Terraform. */
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Secret } from "../../core/secret";
import { ansibleRunner, type PlaybookRunner } from "../../playbooks/ansible/ansible";
import * as own from "../../playbooks/playbooks";
import type { AskStep, RunEvent, RunInput, RunReport } from "../../playbooks/playbooks";
import { type CommandContext, WrongUse } from "../context";
import { readPairs } from "../extra-vars";
import { findPassphrase } from "../passphrase";
import { stepAsker } from "../ask-step";
import { addLists, inventoryOf, isList, type ListWishes, showLists } from "../play-lists";
import { openPlayLog } from "../play-log";
import { type PlayInputs, readPlayInputs } from "../play-inputs";
import { RunPrinter } from "../run-printer";
import { summaryLine, summaryTable } from "../run-summary";
import { wholeNumber } from "../whole-number";

interface PlayOptions extends ListWishes {
  readonly inventory?: readonly string[];
  readonly check: boolean;
  readonly diff: boolean;
  readonly startAtTask?: string;
  readonly step: boolean;
  readonly forceHandlers: boolean;
  readonly extraVar: readonly string[];
  readonly vaultPasswordFile: readonly string[];
  readonly vaultId: readonly string[];
  readonly user?: string;
  readonly become: boolean;
  readonly becomeUser?: string;
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
    .option(
      "-i, --inventory <place>",
      "inventory, or folder of them, or hosts with a comma; again for more",
      several,
    );
  addLists(addWays(addChoices(command)));
  return command.action(async (playbooks: string[], options: PlayOptions) => {
    const runner = options.runner === "ansible" ? ansibleRunner(context.environment) : own;
    const vaultPasswordFile = [...options.vaultPasswordFile, ...options.vaultId];
    const inventory = inventoryOf(command, options);
    const files = { ...options, playbooks, vaultPasswordFile, inventory };
    const inputs = readPlayInputs(files, context, runner.parsePlaybooks);
    if (isList(options)) {
      showLists(inputs, options, context);
      return;
    }
    const askStep = options.step ? askerOf(options, context) : undefined;
    const keys = [inputs.key, inputs.bastionKey, ...inputs.keys.values()];
    const passphrase = await findPassphrase(
      { keys: keys.filter((it) => it !== undefined), file: options.passphraseFile },
      context,
    );
    const log = openPlayLog(options.log, options.name ?? nameOf(playbooks), context);
    const localFolder = path.resolve(context.folder, path.dirname(playbooks[0] ?? "."));
    const ways = { ...options, log, localFolder, runner, passphrase, askStep };
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
    .option("--start-at-task <name>", "leave out what stands before the task; a name or a glob")
    .option("--step", "ask before every task whether it runs", false)
    .option("--force-handlers", "run handlers on hosts that failed, too", false)
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

function play(
  inputs: PlayInputs,
  options: Omit<PlayOptions, "log" | "runner"> & {
    readonly runner: PlaybookRunner;
    readonly log: (event: RunEvent) => void;
    readonly localFolder: string;
    readonly passphrase: Secret | undefined;
    readonly askStep: AskStep | undefined;
  },
  { environment, signal, output }: CommandContext,
): Promise<RunReport> {
  const printer = new RunPrinter(output());
  const agent = environment.SSH_AUTH_SOCK;
  const { key, keys, readKey, bastionKey } = inputs;
  return options.runner.runPlaybooks(
    inputs.playbooks,
    { ...inputOf(inputs, options), environment },
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
      ...{ keys, readKey, bastionKey, passphrase: options.passphrase, askStep: options.askStep },
      ...(agent === undefined ? {} : { agent }),
    },
  );
}

function inputOf(
  { travelling, inventory, inventorySources, vars, secretVars }: PlayInputs,
  options: Omit<PlayOptions, "log" | "runner">,
): RunInput {
  const { forks, diff, limit, startAtTask, forceHandlers } = options;
  return {
    ...{ inventory, inventorySources, vars, secretVars, files: travelling },
    ...{ forks, diff, limit, startAtTask, forceHandlers },
    mode: options.check ? "check" : "apply",
    tags: options.tags?.split(","),
    skipTags: options.skipTags?.split(","),
    ...(options.become ? { become: { user: options.becomeUser } } : {}),
  };
}

/** @throws WrongUse where nobody can be asked */
function askerOf({ runner }: PlayOptions, { err, signal }: CommandContext): AskStep {
  if (runner === "ansible") throw new WrongUse("--step needs the runner armstead");
  return stepAsker({ input: process.stdin, output: err, signal });
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
