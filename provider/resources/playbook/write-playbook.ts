/**
 * Create and update: runs the hosts whose entry differs. From the first connection on the
 * state says what is pending, so an interrupted run leaves neither orphans nor lies.
 *
 * A create that failed on some hosts leaves a tainted object, and Terraform's rules then ask for
 * delete and create: the plays run on all hosts again, which changes nothing where they were
 * done. There is no way for a provider to fail a create without that; `on_failure = "record"`
 * with a postcondition fails the command and taints nothing, since updates run failed hosts only.
 */
import { randomUUID } from "node:crypto";
import { Bug, throwIfAny } from "../../../core/faults";
import type { RunReport } from "../../../playbooks/playbooks";
import type { Partially, WriteContext } from "../../framework/resource";
import { isUnknownInside, Unknown } from "../../framework/unknown";
import type { ProviderClient } from "../../provider-client";
import { wantedDigests } from "./digest";
import type { PlaybookEngine } from "./engine";
import { filesAfter, owedAfter, readMemory, type Memory, type Owed } from "./memory";
import type { PlaybookModel } from "./model";
import { appliedAfter, appliedDuring, faultsOf, pinsAfter, type Applied } from "./outcome";
import { hostsToRun } from "./plan-playbook";
import { runModel } from "./run";
import { getLogin } from "./ssh-login";
import { planTouches } from "./touches";

/** Machines may still be booting when they are reached first. */
const CONNECT_TIMEOUT_MS = 60_000;

const NOTHING: RunReport = { hosts: {}, milliseconds: 0 };

/** What create and update are about; `state` is null on create. */
export interface WriteInput {
  readonly plan: Partially<PlaybookModel>;
  readonly state: PlaybookModel | null;
  readonly config: PlaybookModel;
}

/**
 * Brings all hosts to what is wanted.
 * @throws UserFault with one fault a host that did not end well
 */
export async function writePlaybook(
  engine: PlaybookEngine,
  context: WriteContext<ProviderClient, PlaybookModel>,
  { plan, state, config }: WriteInput,
): Promise<PlaybookModel> {
  const wanted = knownDigests(wantedDigests(engine, plan));
  const before = state?.applied ?? {};
  const limit = hostsToRun(wanted, before);
  // What was planned must be kept; all is known by now, so that nothing else would be said.
  const touches = isUnknownInside(plan.touches)
    ? planTouches(engine, { prior: state, planned: plan, wanted })
    : plan.touches;
  const draft = knownModel({ ...plan, touches }, state?.id ?? randomUUID());
  const done = (report: RunReport): PlaybookModel => ({
    ...draft,
    applied: appliedAfter(wanted, limit, report),
    pinned_host_keys: pinsAfter(knownPins(plan), report),
  });
  const { owed = {}, files: known = {} } = readMemory(context.stored) ?? {};
  const secrets = Object.keys(config.secret_vars ?? {}).sort();
  const remember = (it: Owed, report: RunReport): void => {
    const names = Object.keys(wanted);
    const files = draft.drift === "fast" ? filesAfter(known, { names, ran: limit, report }) : {};
    context.store({ secrets, owed: it, files } satisfies Memory);
  };
  remember(owed, NOTHING);
  if (limit.length === 0) return done(NOTHING);
  let reached = false;
  const pending = { ...draft, applied: appliedDuring(wanted, limit) };
  const report = await runModel(engine, {
    model: draft,
    which: "playbooks",
    mode: "apply",
    limit,
    secretVars: config.secret_vars,
    vaultPasswords: config.vault_passwords,
    owed,
    login: getLogin(config, context.client.environment),
    connectTimeout: CONNECT_TIMEOUT_MS,
    client: context.client,
    signal: context.signal,
    onEvent: (it) => {
      // Of other hosts facts may be read: that is not to begin with the work.
      if (it.event !== "host.connected" || !limit.includes(it.host)) return;
      reached = true;
      context.keep(pending);
    },
  });
  remember(owedAfter(report), report);
  return settle(context, done(report), { report, reached });
}

function settle(
  context: WriteContext<ProviderClient, PlaybookModel>,
  model: PlaybookModel,
  { report, reached }: { readonly report: RunReport; readonly reached: boolean },
): PlaybookModel {
  const faults = faultsOf(report, context.signal.aborted ? context.signal.reason : undefined);
  if (model.on_failure === "record" && !context.signal.aborted) {
    for (const it of faults) context.warn(it);
    return model;
  }
  // Without any connection nothing was done: an object would only be destroyed by the next apply.
  if (reached) context.keep(model);
  throwIfAny(faults);
  return model;
}

/** Inputs are known in an apply; what is not there yet is computed here. */
function knownModel(plan: Partially<PlaybookModel>, id: string): PlaybookModel {
  const model = { ...plan, id, applied: {}, pinned_host_keys: knownOnly(knownPins(plan)) };
  if (isUnknownInside(model)) throw new Bug("a playbook is applied with unknown inputs");
  return model as PlaybookModel;
}

function knownPins(plan: Partially<PlaybookModel>): Readonly<Record<string, unknown>> {
  const pins = plan.pinned_host_keys;
  if (!(pins instanceof Unknown)) return pins;
  const { hosts } = plan;
  if (hosts instanceof Unknown) return {};
  const open = Object.entries(hosts).filter(
    ([, host]) => !(host instanceof Unknown) && !host.host_keys?.length,
  );
  return Object.fromEntries(open.map(([name]) => [name, null]));
}

function knownOnly(pins: Readonly<Record<string, unknown>>): PlaybookModel["pinned_host_keys"] {
  const entries = Object.entries(pins).map(
    ([name, pin]) => [name, typeof pin === "string" ? pin : null] as const,
  );
  return Object.fromEntries(entries);
}

function knownDigests(wanted: Readonly<Record<string, string | undefined>> | undefined): Applied {
  const entries = Object.entries(wanted ?? {}).map(([host, digest]) => {
    if (digest === undefined) throw new Bug(`no digest of host ${host} in an apply`);
    return [host, digest] as const;
  });
  return Object.fromEntries(entries);
}
