/** The last words of a device, for the text of an error. Never fails: an error is already on its way. */
import type { Device, MachineApi } from "../../../api/api";

const LOOK_MS = 5_000;
const SHOWN = 4;

/** The newest events, oldest first; fewer or none when the API does not tell. */
export async function lastEvents(api: MachineApi, id: string): Promise<string[]> {
  try {
    // The caller's signal has often aborted by now, so this look has a time of its own.
    const events = await api.listDeviceEvents(id, { signal: AbortSignal.timeout(LOOK_MS) });
    const happened = events.filter((it) => it.createdAt !== null);
    const sorted = happened.sort((a, b) => ((a.createdAt ?? "") < (b.createdAt ?? "") ? 1 : -1));
    return sorted
      .slice(0, SHOWN)
      .map((it) => `${it.type}: ${it.body}`)
      .reverse();
  } catch {
    return [];
  }
}

/** Names a device in an error. */
export function nameOf({ id, hostname }: Pick<Device, "id" | "hostname">): string {
  return `device ${hostname} (${id})`;
}
