/** `POST /devices/{id}/actions`: power, reboot, rescue, reinstall (contract 5.4). */
import { z } from "zod";
import { tryFindSystem } from "../catalogue/systems";
import { ACTIONS, refuseAction } from "../engine/device-states";
import { getDevice } from "../http/access";
import { invalid } from "../http/api-error";
import { ACCEPTED } from "../http/answers";
import { readBody } from "../http/body";
import { type Answer, type Desk, type LabRequest, queryText, type Route } from "../http/route";
import type { DeviceRecord } from "../store/records";
import { checkIpxe } from "./device-input";

const actionSchema = z.object({
  type: z.string(),
  operating_system: z.string().nullish(),
  ipxe_script_url: z.string().nullish(),
});

type Action = z.output<typeof actionSchema>;

/** Routes of this file. */
export const deviceActionRoutes: readonly Route[] = [
  { method: "POST", path: "/devices/:id/actions", handler: act },
];

function act(desk: Desk, request: LabRequest): Answer {
  const device = getDevice(desk, request.caller, request.id);
  const action = readBody(actionSchema, withQuery(request));
  const type = ACTIONS.find((it) => it === action.type);
  if (type === undefined) throw invalid(`${action.type} is not a valid action`);
  const refused = refuseAction(type, device.state);
  if (refused !== undefined) throw invalid(refused);
  desk.engine.act(device, type, type === "reinstall" ? reinstallation(device, action) : {});
  return ACCEPTED;
}

/** Options are documented as query parameters, but old clients send them in the body. */
function withQuery({ query, body }: LabRequest): unknown {
  const sent = typeof body === "object" && body !== null ? body : {};
  const named = Object.keys(actionSchema.shape).flatMap((name) => {
    const value = queryText(query, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...sent, ...Object.fromEntries(named) };
}

/** What a reinstallation changes: the operating system, when another is given. */
function reinstallation(device: DeviceRecord, action: Action): Partial<DeviceRecord> {
  if (device.locked) throw invalid("Cannot reinstall a locked item");
  const wanted = action.operating_system;
  const system = tryFindSystem(wanted == null || wanted === "" ? device.system : wanted);
  if (system === undefined) throw invalid(`${wanted ?? ""} is not a valid operating system`);
  if (!system.provisionableOn.includes(device.plan)) {
    throw invalid(`Operating system ${system.slug} is not provisionable on ${device.plan}`);
  }
  const given = action.ipxe_script_url ?? null;
  const kept = system.slug === device.system ? device.ipxeScriptUrl : null;
  const url = given ?? kept;
  const errors = checkIpxe(system.slug, url, device.userdata);
  if (errors.length > 0) throw invalid(...errors);
  return { system: system.slug, ipxeScriptUrl: url };
}
