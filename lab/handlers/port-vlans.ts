/** What is on a port, and batches that put virtual networks on it and take them off (contract 6.3). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { timestamp } from "../context";
import { tryGet } from "../http/access";
import { notFound } from "../http/api-error";
import { many, one } from "../http/answers";
import { readBody } from "../http/body";
import type { Answer, Desk, LabRequest, Route } from "../http/route";
import { carries, refuseAssign, refuseNative, withoutVlan } from "../network/port-vlans";
import type { VlanBatchRecord, VlanRecord } from "../store/records";
import { portVlanView, vlanBatchView } from "../views/network-view";
import { placeOf, putVlan, tryFindVlan } from "./ports";

const batchSchema = z.object({
  vlan_assignments: z
    .array(
      z.object({
        vlan: z.union([z.string(), z.int()]).transform(String),
        state: z.enum(["assigned", "unassigned"]).default("assigned"),
        native: z.boolean().default(false),
      }),
    )
    .min(1, "must not be empty"),
});

/** Routes of this file. */
export const portVlanRoutes: readonly Route[] = [
  { method: "GET", path: "/ports/:id/vlan-assignments", handler: listAssignments },
  { method: "GET", path: "/ports/:id/vlan-assignments/batches", handler: listBatches },
  { method: "POST", path: "/ports/:id/vlan-assignments/batches", handler: createBatch },
  { method: "GET", path: "/ports/:id/vlan-assignments/batches/:batch", handler: readBatch },
  { method: "GET", path: "/ports/:id/vlan-assignments/:assignment", handler: readAssignment },
];

type Entry = VlanBatchRecord["entries"][number];

function listAssignments(desk: Desk, request: LabRequest): Answer {
  const { port } = placeOf(desk, request);
  const views = port.vlans.map((it) => portVlanView(desk, port, it));
  return many(desk, request, "vlan_assignments", views.reverse());
}

function readAssignment(desk: Desk, request: LabRequest): Answer {
  const { port } = placeOf(desk, request);
  const found = port.vlans.find((it) => it.id === request.params.assignment);
  if (found === undefined) throw notFound();
  return one(desk, request, portVlanView(desk, port, found));
}

function listBatches(desk: Desk, request: LabRequest): Answer {
  const { port } = placeOf(desk, request);
  const rows = desk.store.vlanBatches.of(port.id).reverse();
  const views = rows.map((it) => vlanBatchView(desk, it));
  return many(desk, request, "batches", views);
}

function readBatch(desk: Desk, request: LabRequest): Answer {
  const { port } = placeOf(desk, request);
  const batch = tryGet(desk.store.vlanBatches, request.params.batch);
  if (batch?.portId !== port.id) throw notFound();
  return one(desk, request, vlanBatchView(desk, batch));
}

/** The answer says `queued`, as the service's does; the work is done before the next request. */
function createBatch(desk: Desk, request: LabRequest): Answer {
  const { port } = placeOf(desk, request);
  const { vlan_assignments: wanted } = readBody(batchSchema, request.body);
  const now = timestamp(desk.clock);
  const batch = desk.store.vlanBatches.put({
    id: randomUUID(),
    portId: port.id,
    projectId: desk.store.devices.get(port.deviceId).projectId,
    state: "queued",
    entries: wanted.map((it) => ({ ...it, id: randomUUID() })),
    errors: [],
    createdAt: now,
    updatedAt: now,
  });
  const answer = one(desk, request, vlanBatchView(desk, batch), 201);
  const errors = carryOut(desk, request, batch.entries);
  const state = errors.length === 0 ? "completed" : "failed";
  desk.store.vlanBatches.update(batch.id, { state, errors });
  return answer;
}

/** All or nothing: with one fault nothing changes. @returns the faults */
function carryOut(desk: Desk, request: LabRequest, entries: readonly Entry[]): string[] {
  const before = placeOf(desk, request).port;
  const errors = entries.flatMap((it) => applyEntry(desk, request, it) ?? []);
  if (errors.length > 0) desk.store.ports.put(before);
  return errors;
}

/** What holds already is no fault. */
function applyEntry(desk: Desk, request: LabRequest, entry: Entry): string | undefined {
  const place = placeOf(desk, request);
  const vlan = tryFindVlan(desk, place.port, entry.vlan);
  if (vlan === undefined) return `Virtual network ${entry.vlan} not found`;
  if (entry.state === "unassigned") {
    desk.store.ports.put(withoutVlan(place.port, vlan));
    return undefined;
  }
  if (!carries(place.port, vlan)) {
    const refused = refuseAssign(place, vlan);
    if (refused !== undefined) return refused;
    putVlan(desk, place.port, vlan);
  }
  return entry.native ? makeNative(desk, request, vlan) : undefined;
}

function makeNative(desk: Desk, request: LabRequest, vlan: VlanRecord): string | undefined {
  const place = placeOf(desk, request);
  if (place.port.nativeVlanId === vlan.id) return undefined;
  const refused = refuseNative(place, vlan);
  if (refused === undefined) desk.store.ports.update(place.port.id, { nativeVlanId: vlan.id });
  return refused;
}
