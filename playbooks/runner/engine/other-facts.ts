/**
 * Facts of hosts outside the limit: a run that is limited to some hosts reads the facts of the others
 * as a run of all would, and does nothing else there.
 */
import { mapBounded } from "../../../core/bounded";
import type { Play } from "../../model/play";
import { hostsOfFacts } from "../digest/facts-read";
import type { HostRun } from "./host-run";
import type { Run } from "./run";

/** Hosts outside the limit whose facts the plays may read. */
export function hostsAside(
  run: Run,
  plays: readonly Play[],
  isWithin: (host: HostRun) => boolean,
): readonly HostRun[] {
  const outside = run.hosts.values().filter((it) => !isWithin(it));
  if (outside.length === 0) return [];
  const { inventory, vars, files } = run.input;
  const { modules } = run.machinery;
  const names = hostsOfFacts(plays, { inventory, vars, files, modules });
  // The key of a first contact would be kept by nobody.
  return outside.filter((it) => names.has(it.name) && it.entry.hostKeys.length > 0);
}

/** Connects and reads. A host that cannot be reached has no facts: the task that needs one says so. */
export async function gatherAside(run: Run, hosts: readonly HostRun[]): Promise<void> {
  const { signal } = run.options;
  await mapBounded(hosts, run.input.forks, async (host) => {
    try {
      host.facts = await run.machinery.gatherFacts(await host.connect(), { signal });
    } catch {
      signal.throwIfAborted();
    }
  });
}
