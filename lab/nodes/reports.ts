/** What machines tell: that they are ready, how far they are, that they failed, states of their own (contract 7.2, 7.3). */
import { z } from "zod";
import { addEvent, reachOne } from "../engine/device-log";
import type { Desk } from "../http/route";
import type { DeviceRecord } from "../store/records";

const phoneHomeSchema = z.object({ type: z.string().optional(), reason: z.string().optional() });
const userStateSchema = z.object({
  state: z.enum(["running", "succeeded", "failed"]),
  code: z.int().min(1000).max(1099),
  message: z.string().default(""),
});

/** A machine calls: ready when it says nothing else. */
export function phoneHome(desk: Desk, device: DeviceRecord, text: string): void {
  const { type, reason } = phoneHomeSchema.safeParse(tryParse(text)).data ?? {};
  if (type === "failure") {
    desk.engine.reportFailure(device.id, reason ?? "the machine reported a failure");
  } else if (type === undefined) {
    desk.engine.reportReady(device.id);
  } else {
    reachOne(desk, device, type);
  }
}

/** A state of the user's own. @returns false when the text is none */
export function userState(desk: Desk, device: DeviceRecord, text: string): boolean {
  const read = userStateSchema.safeParse(tryParse(text));
  if (!read.success) return false;
  const { code, state, message } = read.data;
  addEvent(desk, device, { type: `user.${code}`, state, body: message });
  return true;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
