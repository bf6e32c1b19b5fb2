/** At the end of a run: what the files look like that its tasks wrote, by host. One or two commands each, side by side. */
import { mapBounded } from "../../../core/bounded";
import type { HostRun } from "../engine/host-run";
import { isConnectionFault } from "../transport/connection-fault";
import { printFiles, UNREADABLE, type PrintKind, type WrittenFiles } from "./prints";

type Entries = readonly (readonly [string, readonly WrittenFiles[]])[];

/** Looks at all files of hosts that came to their end; `secret`: any content may be one. A host whose connection breaks has none. */
export async function printRun(
  hosts: readonly HostRun[],
  {
    forks,
    signal,
    secret,
  }: { readonly forks: number; readonly signal: AbortSignal; readonly secret: boolean },
): Promise<Readonly<Record<string, readonly WrittenFiles[]>>> {
  const found = await mapBounded(hosts, forks, async (host): Promise<Entries> => {
    const { connection } = host;
    if (!connection) return [[host.name, []]];
    const written: WrittenFiles[] = [];
    try {
      for (const { become, paths } of host.noted.groups) {
        const user = become ? connection.as(become) : connection;
        const files = await printFiles(user, secret ? timesOf(paths) : paths, { signal });
        const known = Object.entries(files).filter(([, it]) => it !== UNREADABLE);
        written.push({
          ...(become ? { become: { user: become.user, method: become.method } } : {}),
          files: Object.fromEntries(known),
        });
      }
    } catch (error) {
      if (signal.aborted || isConnectionFault(error)) return [];
      throw error;
    }
    return [[host.name, written]];
  });
  return Object.fromEntries(found.flat());
}

function timesOf(paths: ReadonlyMap<string, PrintKind>): ReadonlyMap<string, PrintKind> {
  return new Map([...paths.keys()].map((it): [string, PrintKind] => [it, "time"]));
}
