/** Listing, reading, changing and deleting devices (contract 1.2, 5.3). */
import { tryFindMetro } from "../catalogue/locations";
import { tryFindPlan } from "../catalogue/plans";
import { tryFindSystem } from "../catalogue/systems";
import { timestamp } from "../context";
import { refuseDelete } from "../engine/device-states";
import { getDevice, getProject, mustBeUser } from "../http/access";
import { invalid, notFound } from "../http/api-error";
import { NOTHING, one, page } from "../http/answers";
import { readBody } from "../http/body";
import { type Answer, type Desk, type LabRequest, queryText, type Route } from "../http/route";
import type { DeviceRecord } from "../store/records";
import { deviceView } from "../views/device-view";
import * as input from "./device-input";

/** Routes of this file. */
export const deviceRoutes: readonly Route[] = [
  { method: "GET", path: "/projects/:id/devices", handler: listProjectDevices },
  { method: "GET", path: "/organizations/:id/devices", handler: listOrganizationDevices },
  { method: "GET", path: "/devices/:id", handler: readDevice },
  { method: "PUT", path: "/devices/:id", handler: updateDevice },
  { method: "PATCH", path: "/devices/:id", handler: updateDevice },
  { method: "DELETE", path: "/devices/:id", handler: deleteDevice },
];

function listProjectDevices(desk: Desk, request: LabRequest): Answer {
  const { id } = getProject(desk, request.caller, request.id);
  return listDevices(desk, request, desk.store.devices.of(id));
}

function listOrganizationDevices(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  if (request.id !== desk.settings().organizationId) throw notFound();
  return listDevices(desk, request, desk.store.devices.all());
}

function listDevices(desk: Desk, request: LabRequest, all: readonly DeviceRecord[]): Answer {
  const wanted = filters(desk, request);
  const rows = all
    .filter((it) => it.hidden === undefined)
    .filter((it) => wanted.every((fits) => fits(it)));
  return page(desk, request, { name: "devices", rows, view: (it) => deviceView(desk, it) });
}

type Filter = (device: DeviceRecord) => boolean;

/** All must hold. A parameter that is not given asks for nothing. */
function filters(desk: Desk, { query }: LabRequest): Filter[] {
  const { store } = desk;
  const macs = (it: DeviceRecord): string[] => store.ports.of(it.id).map((port) => port.mac);
  const known: Readonly<Record<string, (value: string) => Filter>> = {
    hostname: (value) => (it) => it.hostname.includes(value),
    search: (value) => (it) => searchable(desk, it).some((text) => text.includes(value)),
    tag: (value) => (it) => it.tags.includes(value),
    metro: (value) => (it) => it.metro === (tryFindMetro(value)?.code ?? value),
    facility: (value) => (it) => it.facility === value.toLowerCase(),
    type: (value) => (it) => value === (it.spotInstance ? "spot" : "ondemand"),
    reserved: (value) => () => value !== "true",
    has_termination_time: (value) => (it) => (it.terminationTime !== null) === (value === "true"),
    mac_address: (value) => (it) => macs(it).includes(value.toLowerCase()),
  };
  return Object.entries(known).flatMap(([name, filter]) => {
    const value = queryText(query, name);
    return value === undefined || value === "" ? [] : [filter(value)];
  });
}

function searchable({ store }: Desk, device: DeviceRecord): string[] {
  const { hostname, description, id, tags, plan, system, facility } = device;
  return [
    hostname,
    description ?? "",
    id.slice(0, 8),
    ...tags,
    plan,
    tryFindPlan(plan)?.name ?? "",
    facility,
    system,
    tryFindSystem(system)?.name ?? "",
    ...store.assignments.of(id).map((it) => it.address),
  ];
}

async function readDevice(desk: Desk, request: LabRequest): Promise<Answer> {
  await desk.engine.refresh(getDevice(desk, request.caller, request.id).id);
  return one(desk, request, deviceView(desk, getDevice(desk, request.caller, request.id)));
}

/** Only what is sent changes; plan, place and project are not looked at. */
function updateDevice(desk: Desk, request: LabRequest): Answer {
  const was = getDevice(desk, request.caller, request.id);
  const body = readBody(input.deviceUpdateSchema, request.body);
  const userdata = body.userdata === null ? "" : (body.userdata ?? was.userdata);
  const errors = [...input.checkHostname(body.hostname), ...input.checkUserdata(userdata)];
  if (errors.length > 0) throw invalid(...errors);
  const device = desk.store.devices.put({
    ...was,
    hostname: body.hostname ?? was.hostname,
    description: body.description === undefined ? was.description : body.description,
    tags: body.tags ?? was.tags,
    userdata,
    customdata: body.customdata === null ? {} : (body.customdata ?? was.customdata),
    alwaysPxe: body.always_pxe ?? was.alwaysPxe,
    ipxeScriptUrl: body.ipxe_script_url === undefined ? was.ipxeScriptUrl : body.ipxe_script_url,
    locked: body.locked ?? was.locked,
    networkFrozen: body.network_frozen ?? was.networkFrozen,
    billingCycle: body.billing_cycle ?? was.billingCycle,
    spotInstance: body.spot_instance ?? was.spotInstance,
    updatedAt: timestamp(desk.clock),
  });
  return one(desk, request, deviceView(desk, device));
}

function deleteDevice(desk: Desk, request: LabRequest): Answer {
  const device = getDevice(desk, request.caller, request.id);
  const refused = refuseDelete(device);
  if (refused !== undefined) throw invalid(refused);
  desk.engine.remove(device.id);
  return NOTHING;
}
