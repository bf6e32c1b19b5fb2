/** On which host a task runs: its own, or the one that it is delegated to. */
import { Bug, OuterFault } from "../../../core/faults";
import { LOCAL_NAMES, LOCALHOST } from "../../model/host-pattern";
import type { Directives } from "../../model/play";
import type { VariableScope } from "../template/templar";
import type { HostRun } from "./host-run";
import type { Run } from "./run";

const LOCAL_ENTRY = {
  address: "127.0.0.1",
  user: "",
  hostKeys: [],
  groups: [],
  vars: { ansible_connection: "local" },
};

/** The machine that runs the plays, as a host of the run without being told of. */
export function localhost({ locals }: Run): HostRun {
  if (!locals.get(LOCALHOST)) locals.put(LOCALHOST, LOCAL_ENTRY);
  const local = locals.get(LOCALHOST);
  if (local) return local;
  throw new Bug("the machine that runs the plays is not there");
}

/**
 * The host of a task.
 * @throws TemplateFailure; OuterFault AS2308 when there is no such host
 */
export function actorOf(
  run: Run,
  host: HostRun,
  { scope, delegateTo }: { readonly scope: VariableScope } & Pick<Directives, "delegateTo">,
): HostRun {
  if (delegateTo === undefined) return host;
  const name = run.templar.render(delegateTo, scope).trim();
  const known = run.hosts.get(name);
  if (known) return known;
  if (LOCAL_NAMES.includes(name)) return localhost(run);
  const problem = `delegate_to: no host is called "${name}"`;
  throw new OuterFault("AS2308", { problem, tried: ["the inventory", LOCALHOST] });
}
