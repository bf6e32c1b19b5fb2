/** Batches of devices on the wire. Pure. */
import type { LabContext } from "../context";
import type { BatchRecord, DeviceState } from "../store/records";
import { ref } from "./href";

const UNDER_WAY: readonly DeviceState[] = ["queued", "provisioning"];

/** Batch → wire: completed when all of its devices are past their provisioning. */
export function batchView({ store }: LabContext, batch: BatchRecord): object {
  const devices = store.devices.of(batch.projectId).filter((it) => it.batchId === batch.id);
  const working = devices.some((it) => UNDER_WAY.includes(it.state));
  const state = batch.state === "in_progress" && !working ? "completed" : batch.state;
  return {
    id: batch.id,
    state,
    quantity: batch.quantity,
    devices: devices.map((it) => ref("devices", it.id)),
    error_messages: batch.errors,
    project: ref("projects", batch.projectId),
    created_at: batch.createdAt,
    updated_at: batch.updatedAt,
    href: ref("batches", batch.id).href,
  };
}
