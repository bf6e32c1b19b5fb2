/** Single addresses and blocks by id, and addresses on devices (contract 6.4). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { timestamp } from "../context";
import { getDevice, getReservation, tryGet } from "../http/access";
import { invalid } from "../http/api-error";
import { NOTHING, one } from "../http/answers";
import { readBody, tagsSchema } from "../http/body";
import { type Answer, type Desk, type LabRequest, queryText, type Route } from "../http/route";
import { assignedBlocks, blockOf } from "../network/allocate";
import {
  type Block,
  contains,
  formatBlock,
  formatIpv4,
  freeBlocks,
  overlaps,
  tryParseBlock,
} from "../network/cidr";
import {
  type AssignmentRecord,
  customdataSchema,
  type DeviceRecord,
  type ReservationRecord,
} from "../store/records";
import { assignmentView, reservationView } from "../views/network-view";

const assignSchema = z.object({
  address: z.string(),
  customdata: customdataSchema.nullish(),
});
const updateSchema = z.object({
  details: z.string().nullish(),
  customdata: customdataSchema.nullish(),
  tags: tagsSchema.nullish(),
});

/** Free blocks told at most. */
const MOST_AVAILABLE = 256;

/** Routes of this file. */
export const ipRoutes: readonly Route[] = [
  { method: "POST", path: "/devices/:id/ips", handler: assign },
  { method: "GET", path: "/ips/:id", handler: readIp },
  { method: "PATCH", path: "/ips/:id", handler: updateIp },
  { method: "PUT", path: "/ips/:id", handler: updateIp },
  { method: "DELETE", path: "/ips/:id", handler: deleteIp },
  { method: "GET", path: "/ips/:id/available", handler: listAvailable },
];

/** The operating system is not configured by it: only the route is. */
function assign(desk: Desk, request: LabRequest): Answer {
  const device = getDevice(desk, request.caller, request.id);
  const body = readBody(assignSchema, request.body);
  const wanted = tryParseBlock(body.address.includes("/") ? body.address : `${body.address}/32`);
  if (wanted === undefined) throw invalid(`${body.address} is not a valid address`);
  const reservation = findBlock(desk, device, wanted);
  if (assignedBlocks(desk).some((it) => overlaps(it, wanted))) {
    throw invalid(`${formatBlock(wanted)} is already assigned`);
  }
  const address = formatIpv4(wanted.first);
  const assignment = desk.store.assignments.put({
    id: randomUUID(),
    deviceId: device.id,
    family: 4,
    public: reservation.type !== "private_ipv4",
    management: false,
    network: address,
    address,
    gateway: address,
    cidr: wanted.cidr,
    reservationId: reservation.id,
    details: "",
    customdata: body.customdata ?? {},
    tags: [],
    createdAt: timestamp(desk.clock),
  });
  return one(desk, request, assignmentView(desk, assignment), 201);
}

function findBlock({ store }: Desk, device: DeviceRecord, wanted: Block): ReservationRecord {
  const found = store.reservations
    .of(device.projectId)
    .filter((it) => it.family === 4 && it.network !== null)
    .find((it) => contains(blockOf(it), wanted));
  if (found === undefined) {
    throw invalid(`${formatBlock(wanted)} is not in a block of the project`);
  }
  if (found.metro !== null && found.metro !== device.metro) {
    throw invalid(`${formatBlock(wanted)} is not in the metro of the device`);
  }
  return found;
}

function readIp(desk: Desk, request: LabRequest): Answer {
  const assignment = tryGetAssignment(desk, request);
  if (assignment) return one(desk, request, assignmentView(desk, assignment));
  const reservation = getReservation(desk, request.caller, request.id);
  return one(desk, request, reservationView(desk, reservation));
}

function updateIp(desk: Desk, request: LabRequest): Answer {
  const assignment = tryGetAssignment(desk, request);
  const was = assignment ?? getReservation(desk, request.caller, request.id);
  const body = readBody(updateSchema, request.body);
  const changes = {
    details: body.details ?? was.details,
    customdata: body.customdata ?? was.customdata,
    tags: body.tags ?? was.tags,
  };
  if (assignment) desk.store.assignments.update(was.id, changes);
  else desk.store.reservations.update(was.id, changes);
  return readIp(desk, request);
}

function deleteIp(desk: Desk, request: LabRequest): Answer {
  const { store } = desk;
  const assignment = tryGetAssignment(desk, request);
  if (assignment) {
    if (assignment.management) throw invalid("Cannot delete a management address");
    store.assignments.remove(assignment.id);
    return NOTHING;
  }
  const reservation = getReservation(desk, request.caller, request.id);
  if (reservation.automatic) throw invalid("Cannot release a block that the service made");
  if (store.assignments.all().some((it) => it.reservationId === reservation.id)) {
    throw invalid("Cannot release a block that is assigned");
  }
  store.reservations.remove(reservation.id);
  return NOTHING;
}

function listAvailable(desk: Desk, request: LabRequest): Answer {
  const reservation = getReservation(desk, request.caller, request.id);
  const cidr = Number(queryText(request.query, "cidr") ?? 32);
  if (reservation.family !== 4 || reservation.network === null) {
    return { status: 200, body: { available: [] } };
  }
  if (!Number.isInteger(cidr) || cidr < reservation.cidr || cidr > 32) {
    throw invalid(`cidr must be from ${reservation.cidr} to 32`);
  }
  const taken = assignedBlocks(desk);
  const free = freeBlocks(blockOf(reservation), cidr, taken, MOST_AVAILABLE);
  return { status: 200, body: { available: free.map(formatBlock) } };
}

function tryGetAssignment(desk: Desk, request: LabRequest): AssignmentRecord | undefined {
  const assignment = tryGet(desk.store.assignments, request.id);
  if (assignment) getDevice(desk, request.caller, assignment.deviceId);
  return assignment;
}
