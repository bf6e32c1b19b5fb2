/** `armstead play PLAYBOOK… -i INVENTORY`: runs plays on any hosts, without Terraform. */
import path from "node:path";
import { Command, Option } from "commander";
import { readPlaybook, readText } from "../../cluster/references";
import { type Fault, fault, throwIfAny, UserFault } from "../../core/faults";
import { findKnownKeys } from "../../playbooks/known-hosts";
import {
  type CheckedPlaybooks,
  type Inventory,
  parseInventory,
  parsePlaybooks,
  type RunReport,
  runPlaybooks,
} from "../../playbooks/playbooks";
import type { CommandContext } from "../context";
import { RunPrinter } from "../run-printer";
import { readKey } from "../read-key";
import { formatTable } from "../../core/table";

interface PlayOptions {
  readonly inventory: string;
  readonly check: boolean;
  readonly diff: boolean;
  readonly limit?: string;
  readonly tags?: string;
  readonly skipTags?: string;
  readonly extraVar: readonly string[];
  readonly forks: string;
  readonly privateKey?: string;
  readonly knownHosts?: string;
}

const CONNECT_TIMEOUT = 15_000;

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
        .argParser(collect)
        .default([]),
    )
    .option("--forks <n>", "hosts at work at once", "25")
    .option("--private-key <file>", "private key; else the SSH agent is asked")
    .option("--known-hosts <file>", "host keys that are allowed (default: ~/.ssh/known_hosts)")
    .action(async (files: string[], options: PlayOptions) => {
      const { playbooks, travelling } = readPlaybooks(files, context);
      const inventory = readHosts(options, context);
      const report = await play({ playbooks, travelling, inventory }, options, context);
      context.output().result(report, summary(report));
      const bad = Object.values(report.hosts).filter(({ status }) => status !== "ok");
      context.setExitCode(bad.length === 0 ? 0 : 1);
    });
}

interface Work {
  readonly playbooks: CheckedPlaybooks;
  readonly travelling: ReadonlyMap<string, string>;
  readonly inventory: Inventory;
}

function play(work: Work, options: PlayOptions, context: CommandContext): Promise<RunReport> {
  const { environment, signal, folder } = context;
  const printer = new RunPrinter(context.output());
  const key = options.privateKey === undefined ? undefined : readKey(options.privateKey, folder);
  return runPlaybooks(
    work.playbooks,
    {
      inventory: work.inventory,
      vars: Object.fromEntries(options.extraVar.map(splitVar)),
      secretVars: {},
      files: work.travelling,
      mode: options.check ? "check" : "apply",
      forks: Math.max(1, Number.parseInt(options.forks, 10) || 1),
      diff: options.diff,
      ...(options.limit === undefined ? {} : { limit: options.limit }),
      ...(options.tags === undefined ? {} : { tags: options.tags.split(",") }),
      ...(options.skipTags === undefined ? {} : { skipTags: options.skipTags.split(",") }),
    },
    {
      signal,
      connectTimeout: CONNECT_TIMEOUT,
      onEvent: (event) => {
        printer.take(event);
      },
      ...(key === undefined ? {} : { key }),
      ...(environment.SSH_AUTH_SOCK === undefined ? {} : { agent: environment.SSH_AUTH_SOCK }),
    },
  );
}

function readPlaybooks(
  files: readonly string[],
  { folder, environment }: CommandContext,
): Omit<Work, "inventory"> {
  const faults: Fault[] = [];
  const travelling = new Map<string, string>();
  const sources = files.flatMap((file) => {
    const read = readPlaybook(file, { folder, home: environment.HOME });
    if (read.kind === "wrong") {
      faults.push(fault(read.code, "", read.parts));
      return [];
    }
    for (const [name, content] of Object.entries(read.value.files)) {
      travelling.set(path.posix.join(path.posix.dirname(file), name), content);
    }
    return [{ name: file, content: read.value.content }];
  });
  throwIfAny(faults);
  const parsed = parsePlaybooks(sources, travelling);
  throwIfAny(parsed.faults);
  return { playbooks: parsed.playbooks, travelling };
}

/** The inventory, with host keys from known_hosts where it names none. */
function readHosts(options: PlayOptions, { folder, environment }: CommandContext): Inventory {
  const read = readText(path.resolve(folder, options.inventory), options.inventory);
  if (read.kind === "wrong") throw new UserFault([fault(read.code, "", read.parts)]);
  const { inventory, faults } = parseInventory({ name: options.inventory, content: read.value });
  throwIfAny(faults);
  const file = options.knownHosts ?? path.join(environment.HOME ?? "", ".ssh", "known_hosts");
  const known = readText(path.resolve(folder, file), file);
  const text = known.kind === "wrong" ? "" : known.value;
  return Object.fromEntries(
    Object.entries(inventory).map(([name, host]) => {
      const { allowed } = findKnownKeys(text, host.address, host.port ?? 22);
      return [name, host.hostKeys.length > 0 ? host : { ...host, hostKeys: allowed }];
    }),
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

function collect(value: string, sofar: readonly string[]): readonly string[] {
  return [...sofar, value];
}

function splitVar(text: string): [string, string] {
  const at = text.indexOf("=");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
