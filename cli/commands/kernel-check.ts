/** `armstead kernel check`: what a kernel has for containers and real-time work, item by item. */
import { Command, InvalidArgumentError, Option } from "commander";
import { cacheFolder, labFolder } from "../../core/folders";
import { judgeKernel } from "../../images/kernel/judge";
import { tryParseVersion } from "../../images/kernel/kernel-version";
import {
  CGROUP_VERSIONS,
  type CgroupVersion,
  SET_NAMES,
  type SetName,
} from "../../images/kernel/requirements/requirement";
import { REQUIREMENT_SETS } from "../../images/kernel/requirements/sets";
import { getSshTarget } from "../../lab/control";
import type { Target } from "../../playbooks/runner/transport/connect";
import { openHost, type OpenOptions } from "../../playbooks/runner/transport/open-host";
import { type CommandContext, WrongUse } from "../context";
import { findTarget, type WrittenHost, writtenHost } from "../host-target";
import { type KernelSource, readKernelFile, readNodeKernel } from "../kernel-source";
import { formatKernelReport, kernelReport } from "../kernel-table";
import { findPassphrase } from "../passphrase";
import { readKey } from "../read-key";

interface CheckOptions {
  readonly for: readonly SetName[];
  readonly release?: string;
  readonly cgroup?: CgroupVersion;
  readonly host?: WrittenHost;
  readonly lab?: string;
  readonly identity?: string;
  readonly inventory?: string;
  readonly knownHosts?: string;
}

const CONNECT_TIMEOUT = 15_000;
/** Most kernels are no real-time ones, and need not be. */
const DEFAULT_SETS: readonly SetName[] = SET_NAMES.filter((it) => it !== "realtime");

/** Makes the command. */
export function kernelCheckCommand(context: CommandContext): Command {
  return new Command("check")
    .description("judge a kernel by its config file, or that of a running node, item by item")
    .argument("[file]", "kernel config, plain or gzip, such as /boot/config-*")
    .addOption(
      new Option("--for <sets>", `what for, with commas between: ${SET_NAMES.join(", ")}`)
        .argParser(readSets)
        .default(DEFAULT_SETS, DEFAULT_SETS.join(",")),
    )
    .option("--release <version>", "of a file's kernel (default: as the file says)", readRelease)
    .option("--cgroup <version>", "1 or 2 (default: what the node has; 2 for a file)", readCgroup)
    .option("--host <host>", "ask this node: [user@]host[:port]", writtenHost)
    .option("--inventory <file>", "the host is a name in this inventory, in Ansible's YAML form")
    .option("--lab <node>", "ask this node of the lab: host name or id")
    .option("-i, --identity <file>", "private key; else the SSH agent is asked")
    .option("--known-hosts <file>", "host keys that are allowed (default: ~/.ssh/known_hosts)")
    .action(async (file: string | undefined, options: CheckOptions) => {
      const source = await findKernel(file, options, context);
      const sets = options.for.map((name) =>
        judgeKernel(REQUIREMENT_SETS[name], source.config, source.facts),
      );
      const report = kernelReport(source, sets);
      if (source.node && source.node.cgroup === undefined && options.cgroup === undefined) {
        const { cgroup } = source.facts;
        context.output().note(`no cgroup file system is mounted: judged as cgroup ${cgroup}`);
      }
      context.output().result(report, formatKernelReport(report));
      context.setExitCode(report.met ? 0 : 1);
    });
}

async function findKernel(
  file: string | undefined,
  options: CheckOptions,
  context: CommandContext,
): Promise<KernelSource> {
  const { host, lab, release, cgroup } = options;
  const given = { ...(release && { release }), ...(cgroup && { cgroup }) };
  if ([file, host, lab].filter((it) => it !== undefined).length !== 1) {
    throw new WrongUse("give one of: a FILE, --host HOST, --lab NODE");
  }
  if (options.inventory !== undefined && host === undefined) {
    throw new WrongUse("--inventory needs --host, a name in it");
  }
  if (file !== undefined) return readKernelFile(file, given, context.folder);
  if (release !== undefined) throw new WrongUse("--release is for files: a node tells its own");
  const target = host ? findTarget(host, options, context) : await labTarget(lab ?? "", context);
  return askNode(target, options, context);
}

async function labTarget(node: string, { environment, signal }: CommandContext): Promise<Target> {
  const home = { folder: labFolder(environment), cacheFolder: cacheFolder(environment) };
  const { hostname, hostKey, ...where } = await getSshTarget(home, node, { signal });
  return { name: hostname, ...where, hostKeys: hostKey === null ? [] : [hostKey] };
}

async function askNode(
  target: Target & Pick<OpenOptions, "jump">,
  { identity, cgroup }: CheckOptions,
  context: CommandContext,
): Promise<KernelSource> {
  const { environment, folder, signal, output } = context;
  const agent = environment.SSH_AUTH_SOCK;
  const key = identity === undefined ? undefined : readKey(identity, folder);
  output().progress(`asking ${target.name}`);
  const keys = key === undefined ? [] : [key];
  const passphrase = await findPassphrase({ keys, file: undefined }, context);
  const login = { key, passphrase, agent, jump: target.jump };
  const host = await openHost(target, { connectTimeout: CONNECT_TIMEOUT, ...login, signal });
  try {
    return await readNodeKernel(host, { ...(cgroup && { cgroup }) }, { signal });
  } finally {
    host.close();
  }
}

function readSets(text: string): readonly SetName[] {
  const given = text.split(",");
  const known: readonly string[] = SET_NAMES;
  if (given.every((it) => known.includes(it))) return SET_NAMES.filter((it) => given.includes(it));
  throw new InvalidArgumentError(`Allowed, with commas between: ${SET_NAMES.join(", ")}.`);
}

function readRelease(text: string): string {
  if (tryParseVersion(text)) return text;
  throw new InvalidArgumentError("Allowed: what uname -r prints, such as 6.12.1.");
}

function readCgroup(text: string): CgroupVersion {
  const version = CGROUP_VERSIONS.find((it) => String(it) === text);
  if (version !== undefined) return version;
  throw new InvalidArgumentError(`Allowed: ${CGROUP_VERSIONS.join(", ")}.`);
}
