/** Actions and events of devices as the API spells them. */
import { z } from "zod";
import type { DeviceAction, DeviceEvent } from "../api";
import { optionalText } from "./href";

/** An event on the wire; what has not happened yet has neither id nor time. */
export const deviceEventWire = z.object({
  id: optionalText,
  type: optionalText,
  body: optionalText,
  interpolated: optionalText,
  state: optionalText,
  created_at: optionalText,
});

/** Wire → ours. */
export function deviceEventFromWire(wire: z.output<typeof deviceEventWire>): DeviceEvent {
  return {
    id: wire.id ?? null,
    type: wire.type ?? "",
    body: wire.interpolated ?? wire.body ?? "",
    state: wire.state ?? undefined,
    createdAt: wire.created_at ?? null,
  };
}

/** Ours → body of an action. */
export function deviceActionToWire(action: DeviceAction): Readonly<Record<string, unknown>> {
  if (action.type !== "reinstall") return { type: action.type };
  return {
    type: action.type,
    operating_system: action.operatingSystem,
    ipxe_script_url: action.ipxeScriptUrl,
    deprovision_fast: action.deprovisionFast,
    preserve_data: action.preserveData,
  };
}
