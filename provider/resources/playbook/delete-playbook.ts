/**
 * Delete: runs the destroy playbooks with the inputs of the state. What is gone is left be; what could not be logged in to
 * by a fault of ours is not gone.
 */
import { fault, type Fault, throwIfAny } from "../../../core/faults";
import { member } from "../../../core/mapping";
import type { HostReport } from "../../../playbooks/playbooks";
import type { DeleteContext } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import * as applied from "./applied";
import type { PlaybookEngine } from "./engine";
import type { PlaybookModel } from "./model";
import { faultsOf, isLoginFault } from "./outcome";
import { runModel } from "./run";
import { tryGetLogin } from "./ssh-login";

const CONNECT_TIMEOUT_MS = 15_000;
const BEGUN = "its destroy playbooks were run";
const GONE = "its destroy playbooks were not run; the resource is removed all the same";
const STORED =
  "a destroy runs the destroy_playbooks that the last apply stored: apply them mended, or without them, and destroy again";
const NO_LOGIN =
  "its destroy playbooks were not run; mend the login, or take destroy_playbooks away and apply";

/**
 * Deletes. Hosts that cannot be reached, and a missing key, are warnings: machines are often
 * gone before their playbook is. Where it fails, the state says which hosts are not as they were applied any more.
 * @throws UserFault with one fault a host on which a play failed, or that refused the login
 */
export async function deletePlaybook(
  engine: PlaybookEngine,
  { client, signal, warn, keep }: DeleteContext<ProviderClient, PlaybookModel>,
  state: PlaybookModel,
): Promise<void> {
  const limit = Object.keys(state.hosts);
  if (!state.destroy_playbooks?.length || limit.length === 0) return;
  const login = tryGetLogin(state, client.environment);
  if (!login) {
    warn(fault("AS1830", "destroy_playbooks"));
    return;
  }
  let left = state;
  const report = await runModel(engine, {
    model: state,
    which: "destroy_playbooks",
    mode: "apply",
    limit,
    secretVars: null,
    login,
    connectTimeout: CONNECT_TIMEOUT_MS,
    client,
    signal,
    onEvent: (it) => {
      if (it.event !== "host.connected" || !limit.includes(it.host)) return;
      left = { ...left, applied: { ...left.applied, [it.host]: applied.pending(BEGUN) } };
      keep(left);
    },
  });
  const isGone = ([host, it]: [string, HostReport]): boolean =>
    it.status === "unreachable" && !(isLoginFault(it) && wasReached(state, host));
  const hosts = Object.entries(report.hosts);
  const faults = (wanted: boolean): Fault[] =>
    faultsOf(
      { ...report, hosts: Object.fromEntries(hosts.filter((it) => isGone(it) === wanted)) },
      signal.aborted ? signal.reason : undefined,
    );
  for (const it of faults(true)) warn({ ...it, hint: GONE });
  throwIfAny(faults(false).map(withAdvice));
}

/** A host that nobody could log in to has nothing to take back. */
function wasReached({ applied: entries }: PlaybookModel, host: string): boolean {
  return !applied.isUnreached(member(entries, host));
}

function withAdvice(it: Fault): Fault {
  if (it.code === "AS1826") return { ...it, hint: STORED };
  return it.code === "AS1827" ? { ...it, hint: NO_LOGIN } : it;
}
