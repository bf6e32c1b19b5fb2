/** Looks for a device that an interrupted create has made, and decides whether it may be taken over. */
import type { Device, MachineApi } from "../../../api/api";
import type { CallOptions } from "../../../core/bounded";
import { carries } from "../claim-tags";
import { ANY_METRO } from "./from-api";
import type { DeviceArguments } from "./model";
import { sameMembers, sameReservation, sameTime } from "./same";

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
    (metro === ANY_METRO || device.metro === undefined || device.metro === metro) &&
    fitsReservation(device, wanted) &&
    fitsKeys(device, wanted) &&
    (wanted.termination_time === null || sameTime(device.terminationTime, wanted.termination_time))
  );
}

function fitsReservation(
  { hardwareReservationId }: Device,
  { hardware_reservation_id: wanted }: DeviceArguments,
): boolean {
  return wanted === null || sameReservation(hardwareReservationId, wanted);
}

/** A server that tells no keys leaves nothing to compare; users' keys cannot be told by their ids. */
function fitsKeys({ sshKeyIds }: Device, wanted: DeviceArguments): boolean {
  const keys = wanted.project_ssh_key_ids ?? [];
  if (keys.length === 0 || sshKeyIds.length === 0) return true;
  const usersToo = (wanted.user_ssh_key_ids ?? []).length > 0;
  return usersToo ? keys.every((it) => sshKeyIds.includes(it)) : sameMembers(keys, sshKeyIds);
}
