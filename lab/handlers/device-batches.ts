/** Several devices by one request (contract 5.6). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { timestamp } from "../context";
import { getProject, maySee, tryGet } from "../http/access";
import { ApiError, invalid, notFound } from "../http/api-error";
import { many, NOTHING, one } from "../http/answers";
import { readBody } from "../http/body";
import { type Answer, type Desk, type LabRequest, queryFlag, type Route } from "../http/route";
import type { BatchRecord, DeviceRecord } from "../store/records";
import { batchView } from "../views/batch-view";
import { addDevice } from "./create-device";
import { deviceCreateSchema } from "./device-input";

const MOST_DEVICES = 100;

const batchSchema = deviceCreateSchema.extend({
  quantity: z.int().min(1).max(MOST_DEVICES).optional(),
  hostnames: z.array(z.string()).max(MOST_DEVICES).optional(),
});
const createSchema = z.object({ batches: z.array(batchSchema).min(1, "must not be empty") });

type BatchInput = z.output<typeof batchSchema>;

/** Routes of this file. */
export const deviceBatchRoutes: readonly Route[] = [
  { method: "POST", path: "/projects/:id/devices/batch", handler: createBatches },
  { method: "GET", path: "/projects/:id/batches", handler: listBatches },
  { method: "GET", path: "/batches/:id", handler: readBatch },
  { method: "DELETE", path: "/batches/:id", handler: deleteBatch },
];

/** The answer says `queued`, as the service's does; the devices are made before the next request. */
function createBatches(desk: Desk, request: LabRequest): Answer {
  const { id: projectId } = getProject(desk, request.caller, request.id);
  const { batches } = readBody(createSchema, request.body);
  const now = timestamp(desk.clock);
  const queued = batches.map((input) => {
    const names = namesOf(input);
    const batch: BatchRecord = {
      id: randomUUID(),
      projectId,
      state: "queued",
      quantity: names.length,
      errors: [],
      createdAt: now,
      updatedAt: now,
    };
    return { input, names, batch: desk.store.batches.put(batch) };
  });
  const views = queued.map((it) => batchView(desk, it.batch));
  for (const it of queued) fill(desk, it);
  return { ...many(desk, request, "batches", views), status: 201 };
}

function listBatches(desk: Desk, request: LabRequest): Answer {
  const { id } = getProject(desk, request.caller, request.id);
  const rows = desk.store.batches.of(id).reverse();
  const views = rows.map((it) => batchView(desk, it));
  return many(desk, request, "batches", views);
}

function readBatch(desk: Desk, request: LabRequest): Answer {
  return one(desk, request, batchView(desk, getBatch(desk, request)));
}

function deleteBatch(desk: Desk, request: LabRequest): Answer {
  const batch = getBatch(desk, request);
  if (queryFlag(request.query, "remove_associated_instances")) {
    const devices = desk.store.devices.of(batch.projectId);
    const ours = devices.filter((it) => it.batchId === batch.id && it.state !== "deprovisioning");
    if (ours.some((it) => it.locked)) throw invalid("Cannot delete a locked item");
    for (const it of ours) desk.engine.remove(it.id);
  }
  desk.store.batches.remove(batch.id);
  return NOTHING;
}

/** Makes the devices; the first one that is refused ends the batch. */
function fill(
  desk: Desk,
  { input, names, batch }: { input: BatchInput; names: readonly string[]; batch: BatchRecord },
): void {
  const made: DeviceRecord[] = [];
  try {
    for (const hostname of names)
      made.push(addDevice(desk, batch.projectId, { ...input, hostname }, batch.id));
    desk.store.batches.update(batch.id, { state: "in_progress" });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    desk.store.batches.update(batch.id, { state: "failed", errors: [...error.errors] });
  }
  for (const it of made) desk.engine.provision(it.id);
}

/** Given names, or one pattern with `{{index}}` from 1 on, in two digits. */
function namesOf({ hostnames, hostname, quantity, plan }: BatchInput): string[] {
  if (hostnames !== undefined && hostnames.length > 0) return hostnames;
  const pattern = hostname ?? `${plan.replaceAll(".", "-")}-{{index}}`;
  return Array.from({ length: quantity ?? 1 }, (_, index) =>
    pattern.replaceAll("{{index}}", String(index + 1).padStart(2, "0")),
  );
}

function getBatch(desk: Desk, request: LabRequest): BatchRecord {
  const batch = tryGet(desk.store.batches, request.id);
  if (batch === undefined || !maySee(request.caller, batch.projectId)) throw notFound();
  return batch;
}
