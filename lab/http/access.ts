/** Who may see what: tokens, and the walls between projects (contract 1, 2.1). */
import type { LabContext } from "../context";
import type {
  DeviceRecord,
  PortRecord,
  ProjectRecord,
  ReservationRecord,
  SshKeyRecord,
  VlanRecord,
} from "../store/records";
import type { Store } from "../store/store";
import { ApiError, forbidden, notFound } from "./api-error";
import type { Caller } from "./route";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The holder of a token; undefined when nobody has it. */
export function tryFindCaller(store: Store, token: string | undefined): Caller | undefined {
  if (token === undefined || token === "") return undefined;
  const key = store.apiKeys.all().find((it) => it.token === token);
  if (key === undefined) return undefined;
  const { id: keyId, readOnly, projectId } = key;
  return projectId === undefined
    ? { kind: "user", keyId, readOnly }
    : { kind: "project", projectId, keyId, readOnly };
}

/** Whether a caller may see what belongs to a project. */
export function maySee(caller: Caller, projectId: string): boolean {
  return caller.kind === "user" || caller.projectId === projectId;
}

/** @throws ApiError 403 for keys of projects */
export function mustBeUser(caller: Caller): void {
  if (caller.kind !== "user") throw forbidden();
}

/** @throws ApiError 404 */
export function getProject({ store }: LabContext, caller: Caller, id: string): ProjectRecord {
  return seen(caller, tryGet(store.projects, id), (it) => it.id);
}

/**
 * A device that shows by its id.
 * @throws ApiError 404, or 403 for one that failed in the early era
 */
export function getDevice({ store }: LabContext, caller: Caller, id: string): DeviceRecord {
  const device = seen(caller, tryGet(store.devices, id), (it) => it.projectId);
  if (device.hidden === 403)
    throw new ApiError(403, ["You are not authorized to view this device"]);
  const gone = device.state === "deprovisioning" || device.state === "deleted";
  if (gone || device.hidden === 404) throw notFound();
  return device;
}

/** @throws ApiError 404 */
export function getSshKey({ store }: LabContext, caller: Caller, id: string): SshKeyRecord {
  const key = tryGet(store.sshKeys, id);
  // The user's keys are the user's: a project's token does not show them.
  return seen(caller, key, (it) => (it.owner.kind === "project" ? it.owner.id : ""));
}

/** @throws ApiError 404 */
export function getPort(context: LabContext, caller: Caller, id: string): PortRecord {
  const port = tryGet(context.store.ports, id);
  if (port === undefined) throw notFound();
  getDevice(context, caller, port.deviceId);
  return port;
}

/** @throws ApiError 404 */
export function getVlan({ store }: LabContext, caller: Caller, id: string): VlanRecord {
  return seen(caller, tryGet(store.vlans, id), (it) => it.projectId);
}

/** @throws ApiError 404 */
export function getReservation(
  { store }: LabContext,
  caller: Caller,
  id: string,
): ReservationRecord {
  return seen(caller, tryGet(store.reservations, id), (it) => it.projectId);
}

/** A row by an id from a path; undefined for what is no UUID. */
export function tryGet<T>(
  table: { readonly tryGet: (id: string) => T | undefined },
  id: string | undefined,
): T | undefined {
  return id !== undefined && UUID.test(id) ? table.tryGet(id.toLowerCase()) : undefined;
}

function seen<T>(caller: Caller, row: T | undefined, projectOf: (row: T) => string): T {
  if (row === undefined || !maySee(caller, projectOf(row))) throw notFound();
  return row;
}
