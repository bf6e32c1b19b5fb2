/** `POST /projects/{id}/devices`: everything is checked first, then made in one go (contract 5.1, 5.2). */
import { randomUUID } from "node:crypto";
import { formatTime, timestamp } from "../context";
import { planSteps } from "../engine/provisioning-steps";
import { addEvent } from "../engine/device-log";
import { getProject } from "../http/access";
import { ApiError, invalid } from "../http/api-error";
import { one } from "../http/answers";
import { readBody } from "../http/body";
import type { Answer, Desk, LabRequest, Route } from "../http/route";
import { planLanPort } from "../network/allocate";
import { newPorts } from "../network/new-ports";
import type { DeviceRecord } from "../store/records";
import { deviceView } from "../views/device-view";
import { facilityHeaders } from "./catalogue";
import { assignAll, chooseAddresses } from "./device-addresses";
import * as input from "./device-input";
import { chooseKeys, makeKeys } from "./device-keys";
import { chooseHardware, choosePlace, type Hardware } from "./device-place";

/** Routes of this file. */
export const createDeviceRoutes: readonly Route[] = [
  { method: "POST", path: "/projects/:id/devices", handler: createDevice },
];

function createDevice(desk: Desk, request: LabRequest): Answer {
  const project = getProject(desk, request.caller, request.id);
  const body = readBody(input.deviceCreateSchema, request.body);
  const device = addDevice(desk, project.id, body);
  desk.engine.provision(device.id);
  const answer = one(desk, request, deviceView(desk, device), 201);
  const byFacility = [body.facility ?? []].flat().length > 0;
  return byFacility ? { ...answer, headers: facilityHeaders() } : answer;
}

/**
 * Makes a device that is `queued`; the caller starts its provisioning.
 * @throws ApiError 422 or 503; nothing is made then
 */
export function addDevice(
  desk: Desk,
  projectId: string,
  body: input.DeviceCreate,
  batchId?: string,
): DeviceRecord {
  const hardware = chooseHardware(body);
  throwIfAny(checkAll(desk, body, hardware));
  mustNeedNoReservation(body);
  const keys = chooseKeys(desk, projectId, body);
  const facility = choosePlace(desk, body, hardware.plan);
  const place = { projectId, metro: facility.metro.code };
  const { address, privateAddress, plans } = chooseAddresses(
    desk,
    place,
    input.wishedAddresses(body),
  );
  const lanPort = planLanPort(desk);
  const sshKeys = makeKeys(desk, projectId, keys);
  const id = randomUUID();
  const now = timestamp(desk.clock);
  const device = desk.store.devices.put({
    ...chosenFields(body, hardware),
    ...place,
    id,
    hostname: body.hostname ?? `${hardware.plan.slug.replaceAll(".", "-")}-${id.slice(0, 8)}`,
    state: "queued",
    facility: facility.code,
    sshKeyIds: sshKeys.map((it) => it.id),
    authorizedKeys: sshKeys.map((it) => it.key),
    networkReady: false,
    address,
    privateAddress,
    lanPort,
    steps: planSteps(),
    ...(batchId === undefined ? {} : { batchId }),
    createdAt: now,
    updatedAt: now,
  });
  for (const port of newPorts(id)) desk.store.ports.put(port);
  assignAll(desk, id, plans);
  addEvent(desk, device, { type: "create", body: "Device was queued for provisioning" });
  return device;
}

/** Fields that come from the request as they are. */
function chosenFields(
  body: input.DeviceCreate,
  { plan, system }: Hardware,
): Pick<
  DeviceRecord,
  | "description"
  | "tags"
  | "plan"
  | "system"
  | "billingCycle"
  | "userdata"
  | "customdata"
  | "alwaysPxe"
  | "ipxeScriptUrl"
  | "locked"
  | "networkFrozen"
  | "spotInstance"
  | "terminationTime"
> {
  const end = body.termination_time ? input.tryParseTime(body.termination_time) : undefined;
  return {
    description: body.description ?? null,
    tags: body.tags ?? [],
    plan: plan.slug,
    system: system.slug,
    billingCycle: body.billing_cycle ?? "hourly",
    userdata: body.userdata ?? "",
    customdata: body.customdata ?? {},
    alwaysPxe: body.always_pxe ?? false,
    ipxeScriptUrl: body.ipxe_script_url ?? null,
    locked: body.locked ?? false,
    networkFrozen: body.network_frozen ?? false,
    spotInstance: body.spot_instance,
    terminationTime: end === undefined ? null : formatTime(end),
  };
}

function checkAll(desk: Desk, body: input.DeviceCreate, { system }: Hardware): string[] {
  const userdata = body.userdata ?? "";
  return [
    ...input.checkHostname(body.hostname),
    ...input.checkUserdata(userdata),
    ...input.checkIpxe(system.slug, body.ipxe_script_url ?? null, userdata),
    ...input.checkAddresses(input.wishedAddresses(body)),
    ...(body.storage == null ? [] : ["storage is only allowed with a hardware reservation"]),
    ...checkTermination(desk, body.termination_time ?? ""),
  ];
}

function checkTermination({ clock }: Desk, text: string): string[] {
  if (text === "") return [];
  const time = input.tryParseTime(text);
  if (time === undefined) return ["termination_time is not a time"];
  return time <= clock() ? ["termination_time must be in the future"] : [];
}

/** The lab has no hardware reservations: asking for one finds none. */
function mustNeedNoReservation({ hardware_reservation_id: id }: input.DeviceCreate): void {
  if (id === undefined || id === null || id === "") return;
  if (id === "next-available") {
    const text = "There are no available hardware reservations for selected plan and facility";
    throw new ApiError(503, [text]);
  }
  throw invalid(`${id} is not a hardware reservation of the project`);
}

function throwIfAny(errors: readonly string[]): void {
  if (errors.length > 0) throw invalid(...errors);
}
