/** Runs checked playbooks on an inventory. Never throws for what happens on hosts: the report tells it. */
import { UserFault } from "../../../core/faults";
import { parseHostPattern, type HostPattern } from "../../model/host-pattern";
import { SSH_PORT } from "../../model/inventory-host";
import type { CheckedPlaybooks, Play } from "../../model/play";
import type { RunEvent, RunReport } from "../events";
import { Templar } from "../template/templar";
import { HostRun, type ConnectedHost } from "./host-run";
import { hostsAside } from "./other-facts";
import { redactorOf, redactTexts } from "./redact-texts";
import type { Machinery, Run, RunInput, RunOptions } from "./run";
import { isMeant, runPlay, type RunEnd } from "./run-play";

/**
 * Runs playbooks. An abort ends the running tasks and is told as `cancelled`.
 * @throws UserFault AS1412 for a limit that cannot be read
 */
export async function runChecked(
  { plays }: CheckedPlaybooks,
  input: RunInput,
  { options, machinery }: { readonly options: RunOptions; readonly machinery: Machinery },
): Promise<RunReport> {
  const limit = limitOf(input);
  const run = makeRun(input, options, machinery);
  const isWithin = (host: HostRun): boolean => limit === undefined || isMeant(limit, host);
  const hosts = [...run.hosts.values()].filter(
    (host) => plays.some((it) => isMeant(it.hosts, host)) && isWithin(host),
  );
  const limits = { isWithin, aside: hostsAside(run, plays, isWithin) };
  const startedAt = run.clock();
  const names = hosts.map((it) => it.name);
  run.emit({ event: "run.start", at: startedAt, hosts: names, mode: input.mode });
  let cancelled = false;
  try {
    for (const [index, play] of plays.entries()) {
      options.signal.throwIfAborted();
      const end = await runPlay(run, play, limits);
      if (end) {
        leaveRest(hosts, plays.slice(index + 1), end);
        break;
      }
    }
  } catch (error) {
    if (!options.signal.aborted) throw error;
    cancelled = true;
  } finally {
    for (const host of run.hosts.values()) host.close();
  }
  const reports = hosts.map((it) => [it.name, it.report(cancelled)] as const);
  const report = { hosts: Object.fromEntries(reports), milliseconds: run.clock() - startedAt };
  run.emit({ event: "run.end", at: run.clock(), report });
  return report;
}

/** Tells hosts that still had something to do why it was not done. */
function leaveRest(hosts: readonly HostRun[], plays: readonly Play[], { by, left }: RunEnd): void {
  for (const host of hosts) {
    if (!left.includes(host) && !plays.some((it) => isMeant(it.hosts, host))) continue;
    host.leave(`AS2302  not brought to its end, because ${by.name} failed`);
  }
}

function limitOf({ limit }: RunInput): HostPattern | undefined {
  if (limit === undefined) return undefined;
  const pattern = parseHostPattern("limit", limit);
  if ("code" in pattern) throw new UserFault([pattern]);
  return pattern;
}

function makeRun(input: RunInput, options: RunOptions, machinery: Machinery): Run {
  const clock = options.clock ?? Date.now;
  const secrets = Object.entries(input.secretVars);
  const redact = redactorOf([
    ...secrets.map(([, it]) => it),
    ...(options.key === undefined ? [] : [options.key]),
  ]);
  const emit = (event: RunEvent): void => {
    options.onEvent(redactTexts(event, redact));
  };
  const open: HostRun["open"] = (host, timeout) => connect(run, host, timeout);
  const names = Object.keys(input.inventory).sort();
  const run: Run = {
    input,
    options,
    machinery,
    templar: new Templar(),
    clock,
    hosts: new Map(
      names.flatMap((name) => {
        const entry = input.inventory[name];
        if (!entry) return [];
        const host = new HostRun(name, entry, open);
        host.owed = input.owed?.[name] ?? [];
        return [[name, host] as const];
      }),
    ),
    groups: groupsOf(input),
    extraVars: input.vars,
    secrets: Object.fromEntries(secrets.map(([name, it]) => [name, it.reveal()])),
    emit,
    redact,
  };
  return run;
}

async function connect(
  run: Run,
  { name, entry }: HostRun,
  timeout = Number.POSITIVE_INFINITY,
): Promise<ConnectedHost> {
  const { key, agent, signal, firstContact } = run.options;
  const connectTimeout = Math.min(run.options.connectTimeout, timeout);
  const { address, port = SSH_PORT, user, hostKeys } = entry;
  const startedAt = run.clock();
  const host = await run.machinery.openHost(
    { name, address, port, user, hostKeys },
    {
      ...{ key, agent, connectTimeout, signal },
      pinFirst: hostKeys.length === 0 && firstContact !== "refuse",
    },
  );
  const milliseconds = run.clock() - startedAt;
  run.emit({ event: "host.connected", at: run.clock(), host: name, milliseconds });
  return host;
}

/** Names of hosts by group; every host is in `all`. */
function groupsOf({ inventory }: RunInput): Readonly<Record<string, readonly string[]>> {
  const groups = new Map<string, string[]>([["all", []]]);
  for (const name of Object.keys(inventory).sort()) {
    const own = inventory[name]?.groups ?? [];
    const of = own.length > 0 ? own : ["ungrouped"];
    for (const group of new Set(["all", ...of])) {
      groups.set(group, [...(groups.get(group) ?? []), name]);
    }
  }
  return Object.fromEntries(groups);
}
