/** Looks for a device that an interrupted create has made, and decides whether it may be taken over. */
import type { Device, MachineApi } from "../../../api/api";
import type { CallOptions } from "../../../core/bounded";
import { carries } from "../claim-tags";
import type { DeviceArguments } from "./model";

/** Devices that carry all the marks; the last mark is the rarest, so the API filters by that. */
export async function findLeft(
  api: MachineApi,
  projectId: string,
  marks: readonly string[],
  options: CallOptions,
): Promise<Device[]> {
  const tag = marks.at(-1);
  if (tag === undefined) return [];
  return (await api.listDevices(projectId, { tag }, options)).filter((it) => carries(it, marks));
}

/** Whether a device is what a create would make, in all that cannot be changed later. */
export function fits(device: Device, wanted: DeviceArguments, ladder: readonly string[]): boolean {
  const metro = wanted.metro.toLowerCase();
  return (
    device.state !== "failed" &&
    ladder.includes(device.plan) &&
    device.operatingSystem === wanted.operating_system &&
    (metro === "any" || device.metro === undefined || device.metro === metro)
  );
}
