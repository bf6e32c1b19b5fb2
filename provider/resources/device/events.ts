/** The last words of a device, for the text of an error. Never fails: an error is already on its way. */
import type { Device, MachineApi } from "../../../api/api";

const LOOK_MS = 5_000;
const SHOWN = 4;

/** The newest events in words, oldest first, for the end of a sentence; empty when the API does not tell. */
export async function lastEvents(api: MachineApi, id: string): Promise<string> {
  try {
    // The caller's signal has often aborted by now, so this look has a time of its own.
    const events = await api.listDeviceEvents(id, { signal: AbortSignal.timeout(LOOK_MS) });
    const happened = events.filter((it) => it.createdAt !== null);
    // Times have no fractions: within a second the API's own order, newest first, is kept.
    const newest = happened.sort((a, b) => compare(b.createdAt, a.createdAt)).slice(0, SHOWN);
    const words = newest.reverse().map((it) => `${it.type} (${it.body})`);
    return words.length === 0 ? "" : `; last events: ${words.join(", ")}`;
  } catch {
    return "";
  }
}

function compare(left: string | null, right: string | null): number {
  const [a, b] = [left ?? "", right ?? ""];
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Names a device in an error. */
export function nameOf({ id, hostname }: Pick<Device, "id" | "hostname">): string {
  return `device ${hostname} (${id})`;
}
