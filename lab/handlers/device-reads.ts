/** What hangs below a device: events, data, addresses, diagnostics (contract 5.5). */
import { timestamp } from "../context";
import { getDevice, getProject, maySee, tryGet } from "../http/access";
import { ApiError, notFound } from "../http/api-error";
import { many, one, page } from "../http/answers";
import type { Answer, Desk, LabRequest, Route } from "../http/route";
import type { EventRecord } from "../store/records";
import { eventView } from "../views/device-view";
import { apiMetadataView } from "../views/metadata-view";
import { assignmentView } from "../views/network-view";

/** Routes of this file. */
export const deviceReadRoutes: readonly Route[] = [
  { method: "GET", path: "/devices/:id/events", handler: listDeviceEvents },
  { method: "GET", path: "/projects/:id/events", handler: listProjectEvents },
  { method: "GET", path: "/events", handler: listEvents },
  { method: "GET", path: "/events/:id", handler: readEvent },
  { method: "GET", path: "/devices/:id/metadata", handler: readMetadata },
  { method: "GET", path: "/devices/:id/userdata", handler: readUserdata },
  { method: "GET", path: "/devices/:id/customdata", handler: readCustomdata },
  { method: "GET", path: "/devices/:id/ips", handler: listAddresses },
  { method: "GET", path: "/devices/:id/diagnostics/health/rollup", handler: readHealth },
  { method: "GET", path: "/devices/:id/diagnostics/screenshot", handler: readScreenshot },
];

function listDeviceEvents(desk: Desk, request: LabRequest): Answer {
  const { id } = getDevice(desk, request.caller, request.id);
  return pageEvents(desk, request, desk.store.events.of(id));
}

function listProjectEvents(desk: Desk, request: LabRequest): Answer {
  const { id } = getProject(desk, request.caller, request.id);
  const rows = desk.store.events.all().filter((it) => it.projectId === id);
  return pageEvents(desk, request, rows);
}

function listEvents(desk: Desk, request: LabRequest): Answer {
  const rows = desk.store.events.all().filter((it) => maySee(request.caller, it.projectId));
  return pageEvents(desk, request, rows);
}

function pageEvents(desk: Desk, request: LabRequest, rows: readonly EventRecord[]): Answer {
  return page(desk, request, { name: "events", rows, view: (it) => eventView(desk, it) });
}

function readEvent(desk: Desk, request: LabRequest): Answer {
  const event = tryGet(desk.store.events, request.id);
  if (event === undefined || !maySee(request.caller, event.projectId)) throw notFound();
  return one(desk, request, eventView(desk, event));
}

function readMetadata(desk: Desk, request: LabRequest): Answer {
  const device = getDevice(desk, request.caller, request.id);
  return { status: 200, body: apiMetadataView(desk, device) };
}

function readUserdata(desk: Desk, request: LabRequest): Answer {
  const { userdata } = getDevice(desk, request.caller, request.id);
  return { status: 200, body: { userdata } };
}

function readCustomdata(desk: Desk, request: LabRequest): Answer {
  return { status: 200, body: getDevice(desk, request.caller, request.id).customdata };
}

function listAddresses(desk: Desk, request: LabRequest): Answer {
  const device = getDevice(desk, request.caller, request.id);
  const rows = device.networkReady ? desk.store.assignments.of(device.id) : [];
  const views = rows.map((it) => assignmentView(desk, it));
  return many(desk, request, "ip_addresses", views);
}

/** `critical` when the device failed, `warning` when it is not up, `ok` when it is. */
async function readHealth(desk: Desk, request: LabRequest): Promise<Answer> {
  await desk.engine.refresh(getDevice(desk, request.caller, request.id).id);
  const { state } = getDevice(desk, request.caller, request.id);
  const rollup = state === "failed" ? "critical" : state === "active" ? "ok" : "warning";
  return { status: 200, body: { health_rollup: rollup, updated_at: timestamp(desk.clock) } };
}

/** Lab machines have a serial console and no screen. */
function readScreenshot(desk: Desk, request: LabRequest): Answer {
  getDevice(desk, request.caller, request.id);
  throw new ApiError(501, ["Screenshots are not available for this device"]);
}
