/**
 * Read: looks for drift, by running the playbooks in check mode or by a look at the files that they wrote. It only ever marks hosts whose
 * entry is a digest of the state's own inputs, and takes its marks back when all is well again.
 * Secret variables are stored nowhere, so tasks that touch one are not judged; their names are known.
 * Nothing on a host can make a plan fail: what could not be looked at is a warning.
 */
import { fault, type Fault, OuterFault, UserFault } from "../../../core/faults";
import { member } from "../../../core/mapping";
import type { HostReport, RunReport } from "../../../playbooks/playbooks";
import type { Context } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import * as applied from "./applied";
import { wantedDigests } from "./digest";
import type { PlaybookEngine } from "./engine";
import { readMemory, type Memory } from "./memory";
import type { PlaybookModel } from "./model";
import { hasVaultPassword, hasVaults } from "./open-vault";
import { isLoginFault } from "./outcome";
import { lookAtModel, runModel, type ModelRun } from "./run";
import { tryGetLogin, type SshLogin } from "./ssh-login";

/** A refresh should not wait long for a host that is down. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Reads. */
export async function readPlaybook(
  engine: PlaybookEngine,
  context: Context<ProviderClient>,
  state: PlaybookModel,
): Promise<PlaybookModel> {
  if (state.drift === "off") return state;
  try {
    return await lookForDrift(engine, context, state);
  } catch (error) {
    const told = error instanceof OuterFault || error instanceof UserFault;
    if (!told || context.signal.reason instanceof UserFault) throw error;
    context.warn(fault("AS1829", "", { hint: error.message }));
    return state;
  }
}

async function lookForDrift(
  engine: PlaybookEngine,
  context: Context<ProviderClient>,
  state: PlaybookModel,
): Promise<PlaybookModel> {
  const wanted = wantedDigests(engine, state) ?? {};
  const limit = Object.keys(wanted).filter((host) => {
    const entry = member(state.applied, host);
    return applied.isFromRefresh(entry) || (entry !== undefined && entry === wanted[host]);
  });
  const memory = readMemory(context.stored);
  const files = state.drift === "fast" ? (memory?.files ?? {}) : {};
  const quick = limit.filter((it) => Object.hasOwn(files, it));
  const rest = limit.filter((it) => !Object.hasOwn(files, it));
  const why = rest.length > 0 ? whyNot(context, state, memory) : undefined;
  if (why) context.warn(why);
  const full = why ? [] : rest;
  if (quick.length + full.length === 0) return state;
  const login = tryGetLogin(state, context.client.environment);
  if (!login) {
    context.warn(fault("AS1829", "private_key_path", { hint: "no SSH key was found" }));
    return state;
  }
  const job = { state, login, withheld: memory?.secrets ?? [] };
  const reports = [
    ...(quick.length === 0
      ? []
      : [await lookAtModel(engine, files, runOf(context, { ...job, limit: quick }))]),
    ...(full.length === 0 ? [] : [await runModel(engine, runOf(context, { ...job, limit: full }))]),
  ];
  const hosts = Object.assign({}, ...reports.map((it) => it.hosts)) as RunReport["hosts"];
  const entries = [...quick, ...full].map((host) => {
    const entry = entryOf(context, state, { host, report: member(hosts, host) });
    return [host, entry ?? wanted[host] ?? applied.PENDING] as const;
  });
  return { ...state, applied: { ...state.applied, ...Object.fromEntries(entries) } };
}

/** Why the playbooks cannot be run in check mode. */
function whyNot(
  { client }: Context<ProviderClient>,
  state: PlaybookModel,
  memory: Memory | undefined,
): Fault | undefined {
  if (!memory && state.secret_vars_version !== null) {
    const hint = "the names of the secret variables are not known before the next apply";
    return fault("AS1829", "secret_vars_version", { hint });
  }
  if (state.runner === "ansible" && memory && memory.secrets.length > 0) {
    const hint = "Ansible cannot leave out the tasks that read a secret variable";
    return fault("AS1829", "runner", { hint });
  }
  if (hasVaults(state) && !hasVaultPassword(client.environment)) {
    const hint = "vaults need ANSIBLE_VAULT_PASSWORD_FILE to be read";
    return fault("AS1829", "vault_passwords", { hint });
  }
  return undefined;
}

function runOf(
  { client, signal }: Context<ProviderClient>,
  {
    state,
    ...job
  }: {
    readonly state: PlaybookModel;
    readonly limit: readonly string[];
    readonly login: SshLogin;
    readonly withheld: readonly string[];
  },
): ModelRun {
  return {
    ...job,
    model: state,
    which: "playbooks",
    mode: "refresh",
    secretVars: null,
    connectTimeout: CONNECT_TIMEOUT_MS,
    client,
    signal,
  };
}

/** The host's new entry; undefined when it is as it should be. */
function entryOf(
  { warn }: Context<ProviderClient>,
  state: PlaybookModel,
  { host, report }: { readonly host: string; readonly report: HostReport | undefined },
): string | undefined {
  const unchecked = (): string | undefined => {
    const hint = report?.error ?? "it was not looked at";
    warn(fault("AS1829", `hosts[${JSON.stringify(host)}]`, { hint: `${host}: ${hint}` }));
    return state.applied[host];
  };
  switch (report?.status) {
    case "ok":
      return report.changes.length > 0 ? applied.drift(report.changes) : undefined;
    case "unreachable":
      return isLoginFault(report) || isLostOnTheWay(report)
        ? unchecked()
        : applied.unreachable(report.error);
    case "failed":
      return applied.drift([...report.changes, report.error ?? "a task failed"]);
    default:
      return unchecked();
  }
}

/** It may have been the bastion: that says nothing about the host. */
function isLostOnTheWay({ error = "" }: HostReport): boolean {
  return error.startsWith("AS2209") && error.includes(", through the bastion ");
}
