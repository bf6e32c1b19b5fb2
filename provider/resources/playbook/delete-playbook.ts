/** Delete: runs the destroy playbooks with the inputs of the state. What cannot be reached is left be. */
import { fault, throwIfAny } from "../../../core/faults";
import type { Context } from "../../framework/resource";
import type { ProviderClient } from "../../provider-client";
import type { PlaybookEngine } from "./engine";
import type { PlaybookModel } from "./model";
import { faultsOf } from "./outcome";
import { runModel } from "./run";
import { tryGetLogin } from "./ssh-login";

const CONNECT_TIMEOUT_MS = 15_000;
const UNREACHABLE = "AS1827";

/**
 * Deletes. Hosts that cannot be reached, and a missing key, are warnings: machines are often
 * gone before their playbook is.
 * @throws UserFault with one fault a host on which a play failed
 */
export async function deletePlaybook(
  engine: PlaybookEngine,
  { client, signal, warn }: Context<ProviderClient>,
  state: PlaybookModel,
): Promise<void> {
  const limit = Object.keys(state.hosts);
  if (!state.destroy_playbooks?.length || limit.length === 0) return;
  const login = tryGetLogin(state, client.environment);
  if (!login) {
    warn(fault("AS1830", "destroy_playbooks"));
    return;
  }
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
  });
  const faults = faultsOf(report);
  for (const it of faults.filter(({ code }) => code === UNREACHABLE)) warn(it);
  throwIfAny(faults.filter(({ code }) => code !== UNREACHABLE));
}
