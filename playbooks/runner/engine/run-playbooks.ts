/** Runs checked playbooks on an inventory. Never throws for what happens on hosts: the report tells it. */
import type { Clock } from "../../../core/clock";
import { fault, UserFault } from "../../../core/faults";
import { member } from "../../../core/mapping";
import type { Secret } from "../../../core/secret";
import { LOCALHOST, parseHostPattern, type HostPattern } from "../../model/host-pattern";
import { SSH_PORT, type Inventory, type InventoryHost } from "../../model/inventory-host";
import { withVariablesBeside } from "../../model/variables-beside";
import type { CheckedPlaybooks, Play } from "../../model/play";
import type { TravellingFiles } from "../../model/source";
import type { RunEvent, RunReport } from "../events";
import { isVault } from "../../vault/envelope";
import type { Vault } from "../../vault/vault";
import { printRun } from "../written/print-run";
import type { WrittenFiles } from "../written/prints";
import { Templar } from "../template/templar";
import { TemplateFiles } from "../template/template-files";
import { jumpTarget } from "../transport/jump-target";
import { HostRun, type ConnectedHost } from "./host-run";
import { hostsAside } from "./other-facts";
import { redactorOf, redactTexts } from "./redact-texts";
import type { Machinery, Run, RunInput, RunOptions } from "./run";
import { Jobs } from "./jobs";
import { RunHosts } from "./run-hosts";
import { isMeant, meantHosts, runPlay, type RunEnd } from "./run-play";
import { namesToStartAt, startAt } from "./start-at";
import { Stepper } from "./stepper";

/**
 * Runs playbooks. An abort ends the running tasks and is told as `cancelled`.
 * @throws UserFault AS1412 for a limit that cannot be read, AS1418 for a task to start at that is not there
 */
export async function runChecked(
  { plays: all, beside, files, vault }: CheckedPlaybooks,
  given: RunInput,
  { options, machinery }: { readonly options: RunOptions; readonly machinery: Machinery },
): Promise<RunReport> {
  const input = {
    ...given,
    inventory: completed(given.inventory, beside),
    files: files ?? given.files,
  };
  const limit = limitOf(input);
  const plays = playsOf(all, input);
  const run = makeRun(input, { options, machinery, hidden: vault?.values ?? [] });
  const isWithin = (host: HostRun): boolean => limit === undefined || isMeant(run, limit, host);
  const hosts = hostsOf(run, plays).filter(isWithin);
  const limits = { isWithin, aside: hostsAside(run, plays, isWithin) };
  const startedAt = run.clock();
  const names = hosts.map((it) => it.name);
  run.emit({ event: "run.start", at: startedAt, hosts: names, mode: input.mode });
  let cut: ReadonlySet<HostRun> = new Set();
  let current: number | undefined;
  let written: Readonly<Record<string, readonly WrittenFiles[]>> = {};
  try {
    for (const [index, play] of plays.entries()) {
      current = index;
      options.signal.throwIfAborted();
      const end = await runPlay(run, play, limits);
      if (end) {
        leaveRest(run, { hosts, plays: plays.slice(index + 1) }, end);
        break;
      }
    }
    current = undefined;
    await run.jobs.settled();
    written = await filesOf(run, hosts, { files: given.files, vault });
  } catch (error) {
    if (!options.signal.aborted) throw error;
    cut = cutHosts(run, hosts, current === undefined ? [] : plays.slice(current));
    // They stop what runs on their hosts, over connections that are closed below.
    await run.jobs.settled();
  } finally {
    for (const host of [...run.hosts.values(), ...run.locals.values()]) host.close();
  }
  const report: RunReport = {
    hosts: reportsOf(run, hosts, cut),
    milliseconds: run.clock() - startedAt,
    ...(Object.keys(run.stats).length > 0 ? { stats: run.stats } : {}),
  };
  run.emit({ event: "run.end", at: run.clock(), report });
  return withFiles(report, written);
}

function reportsOf(
  run: Run,
  hosts: readonly HostRun[],
  cut: ReadonlySet<HostRun>,
): RunReport["hosts"] {
  const added = run.hosts.values().filter((it) => isAdded(it, run.input));
  const reports = [...hosts, ...added].map((it) => [it.name, it.report(cut.has(it))] as const);
  return Object.fromEntries(reports);
}

function withFiles(
  report: RunReport,
  written: Readonly<Record<string, readonly WrittenFiles[]>>,
): RunReport {
  const hosts = Object.entries(report.hosts).map(([name, it]) => {
    const files = it.status === "ok" ? member(written, name) : undefined;
    return [name, files ? { ...it, files } : it] as const;
  });
  return { ...report, hosts: Object.fromEntries(hosts) };
}

/**
 * What the hosts' files look like, where the caller asks. A secret may be in any of them, in a form that nobody can tell: hashed,
 * encoded, or through a fact.
 */
async function filesOf(
  { input, options }: Run,
  hosts: readonly HostRun[],
  { files, vault }: { readonly files: TravellingFiles; readonly vault: Vault | undefined },
): Promise<Readonly<Record<string, readonly WrittenFiles[]>>> {
  if (input.tellFiles !== true || input.mode !== "apply") return {};
  const ended = hosts.filter((it) => it.report(false).status === "ok");
  const secret =
    Object.keys(input.secretVars).length > 0 ||
    (vault?.values ?? []).length > 0 ||
    [...files.values()].some(isVault);
  return printRun(ended, { forks: input.forks, signal: options.signal, secret });
}

/** Every host that a play means, in the run's order. */
function hostsOf(run: Run, plays: readonly Play[]): HostRun[] {
  const meant = new Set(plays.flatMap((it) => meantHosts(run, it.hosts)));
  return [...run.hosts.values(), ...run.locals.values()].filter((it) => meant.has(it));
}

/**
 * The hosts that an abort keeps from their end: one that had done all that is meant for it is done, whatever the others
 * were at.
 * @param plays - the one that was cut, and those behind it; none where all had run
 */
function cutHosts(run: Run, hosts: readonly HostRun[], plays: readonly Play[]): Set<HostRun> {
  const [play, ...later] = plays;
  // Tasks beside the others may be of any host.
  if (play === undefined || run.jobs.isBusy) return new Set([...run.hosts.values(), ...hosts]);
  const behind = new Set(hostsOf(run, later));
  const now = new Set(hostsOf(run, [play]).filter((it) => it.lastDone !== play));
  return new Set([...run.hosts.values(), ...hosts].filter((it) => now.has(it) || behind.has(it)));
}

/** Tells hosts that still had something to do why it was not done. */
function leaveRest(
  run: Run,
  { hosts, plays }: { readonly hosts: readonly HostRun[]; readonly plays: readonly Play[] },
  { by, left }: RunEnd,
): void {
  const meant = new Set([...left, ...hostsOf(run, plays)]);
  for (const host of hosts.filter((it) => meant.has(it))) {
    host.leave(`AS2302  not brought to its end, because ${by.name} failed`);
  }
}

/** Hosts that `add_host` brought are told of when they took part. */
function isAdded(host: HostRun, { inventory }: RunInput): boolean {
  if (Object.hasOwn(inventory, host.name) || host.name === LOCALHOST) return false;
  const { ok, skipped, failed, rescued, ignored } = host.report(false);
  return host.connection !== undefined || ok + skipped + failed + rescued + ignored > 0;
}

function completed(inventory: Inventory, beside: CheckedPlaybooks["beside"]): Inventory {
  return Object.fromEntries(
    Object.entries(inventory).map(([name, it]) => [name, withVariablesBeside(name, it, beside)]),
  );
}

function limitOf({ limit }: RunInput): HostPattern | undefined {
  if (limit === undefined) return undefined;
  const pattern = parseHostPattern("limit", limit);
  if ("code" in pattern) throw new UserFault([pattern]);
  return pattern;
}

function playsOf(plays: readonly Play[], input: RunInput): readonly Play[] {
  const { startAtTask: name, forceHandlers } = input;
  const started = name === undefined ? plays : startAt(plays, name, input);
  if (started === undefined) {
    const hint = "tasks of include_tasks and include_role are known when they run, and not before";
    const allowed = namesToStartAt(plays, input);
    throw new UserFault([fault("AS1418", "--start-at-task", { given: name, allowed, hint })]);
  }
  if (forceHandlers !== true) return started;
  return started.map((it) => ({ ...it, forceHandlers }));
}

/** What a run needs beside its input. */
interface RunParts {
  readonly options: RunOptions;
  readonly machinery: Machinery;
  /** Further values that no output may show. */
  readonly hidden: readonly Secret[];
}

function makeRun(input: RunInput, { options, machinery, hidden }: RunParts): Run {
  const clock = options.clock ?? Date.now;
  const secrets = Object.entries(input.secretVars);
  const redact = redactorOf([
    ...secrets.map(([, it]) => it),
    ...hidden,
    ...[options.key, options.bastionKey, options.passphrase].filter((it) => it !== undefined),
    ...(options.keys?.values() ?? []),
  ]);
  const emit = (event: RunEvent): void => {
    options.onEvent(redactTexts(event, redact));
  };
  const open: HostRun["open"] = (host, timeout) => connect(run, host, timeout);
  const hosts = new RunHosts((name, entry) => {
    const host = new HostRun(name, entry, open);
    host.owed = member(input.owed, name) ?? [];
    return host;
  });
  for (const [name, entry] of inOrder(input.inventory)) hosts.put(name, entry);
  const run: Run = {
    input,
    options,
    machinery,
    templar: templarOf(input, clock),
    clock,
    hosts,
    locals: new RunHosts((name, entry) => new HostRun(name, entry, open)),
    stats: {},
    jobs: new Jobs(),
    stepper: new Stepper(options.askStep),
    extraVars: input.vars,
    secrets: Object.fromEntries(secrets.map(([name, it]) => [name, it.reveal()])),
    emit,
    redact,
  };
  return run;
}

/** Whoever may read the environment may look at the clock as well: no plan sees either. */
function templarOf({ files, environment }: RunInput, clock: Clock): Templar {
  const travelling = new TemplateFiles(files, "playbook.yml", environment);
  return new Templar(travelling, environment === undefined ? undefined : clock);
}

/** In the inventory's order where it has one, else by their names. */
function inOrder(inventory: Inventory): [string, InventoryHost][] {
  const place = ({ places }: InventoryHost): number => places?.all ?? 0;
  return Object.entries(inventory).sort(
    ([a, left], [b, right]) => place(left) - place(right) || (a < b ? -1 : 1),
  );
}

/** @throws UserFault AS1001 for a file that cannot be read */
function keyOf(
  { options: { key, keys, readKey } }: Run,
  file: string | undefined,
): Secret | undefined {
  if (file === undefined) return key;
  return keys?.get(file) ?? readKey?.(file) ?? key;
}

async function connect(
  run: Run,
  { name, entry, login }: HostRun,
  timeout = Number.POSITIVE_INFINITY,
): Promise<ConnectedHost> {
  const { keys, agent, signal, firstContact, bastionKey, passphrase } = run.options;
  const { keyFile = entry.keyFile, local = entry.vars.ansible_connection === "local" } = login;
  const key = keyOf(run, keyFile);
  const connectTimeout = Math.min(run.options.connectTimeout, timeout);
  const { hostKeys, jump } = entry;
  const { address = entry.address, user = entry.user, port = entry.port ?? SSH_PORT } = login;
  const startedAt = run.clock();
  const host = await run.machinery.openHost(
    { name, address, port, user, hostKeys },
    {
      ...{ key, passphrase, agent, connectTimeout, signal },
      pinFirst: hostKeys.length === 0 && firstContact !== "refuse",
      ...(jump
        ? { jump: jumpTarget(jump, keys?.get(jump.keyFile ?? "") ?? bastionKey ?? key) }
        : {}),
      local,
    },
  );
  const milliseconds = run.clock() - startedAt;
  run.emit({ event: "host.connected", at: run.clock(), host: name, milliseconds });
  return host;
}
