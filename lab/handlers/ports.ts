/** Ports: virtual networks on them, bonding, and conversion between layers (contract 6.3). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { timestamp } from "../context";
import { getPort } from "../http/access";
import { invalid } from "../http/api-error";
import { one } from "../http/answers";
import { readBody } from "../http/body";
import {
  type Answer,
  type Desk,
  type LabRequest,
  queryFlag,
  queryText,
  type Route,
} from "../http/route";
import { bondOf, withBonding, withLayer } from "../network/port-states";
import {
  type PortPlace,
  refuseAssign,
  refuseNative,
  refuseUnassign,
  withoutVlan,
  withVlan,
} from "../network/port-vlans";
import type { PortRecord, VlanRecord } from "../store/records";
import { portView } from "../views/network-view";
import { assignAgain, DEFAULT_KINDS } from "./device-addresses";

const vnid = z.union([z.string(), z.int()]).transform(String);
const assignSchema = z.object({ vnid });
const layer2Schema = z.object({ vnid: vnid.nullish() });
const layer3Schema = z.object({
  request_ips: z
    .array(
      z.object({
        address_family: z.union([z.literal(4), z.literal(6)]),
        public: z.boolean().default(true),
      }),
    )
    .nullish(),
});

/** Routes of this file. */
export const portRoutes: readonly Route[] = [
  { method: "GET", path: "/ports/:id", handler: readPort },
  { method: "POST", path: "/ports/:id/assign", handler: assign },
  { method: "POST", path: "/ports/:id/unassign", handler: unassign },
  { method: "POST", path: "/ports/:id/native-vlan", handler: setNative },
  { method: "DELETE", path: "/ports/:id/native-vlan", handler: clearNative },
  { method: "POST", path: "/ports/:id/bond", handler: bond },
  { method: "POST", path: "/ports/:id/disbond", handler: disbond },
  { method: "POST", path: "/ports/:id/convert/layer-2", handler: convertToLayer2 },
  { method: "POST", path: "/ports/:id/convert/layer-3", handler: convertToLayer3 },
];

/** A port of the request, and the ports beside it. */
export function placeOf(desk: Desk, request: LabRequest): PortPlace {
  const port = getPort(desk, request.caller, request.id);
  return { port, ports: desk.store.ports.of(port.deviceId) };
}

/**
 * A virtual network by id or number, of the device's project and metro.
 * @returns undefined when there is none
 */
export function tryFindVlan(desk: Desk, port: PortRecord, key: string): VlanRecord | undefined {
  const { projectId, metro } = desk.store.devices.get(port.deviceId);
  return desk.store.vlans
    .of(projectId)
    .find((it) => it.metro === metro && (it.id === key || String(it.vxlan) === key));
}

/** Puts a virtual network on a port. */
export function putVlan(desk: Desk, port: PortRecord, vlan: VlanRecord): PortRecord {
  const assignment = { id: randomUUID(), createdAt: timestamp(desk.clock) };
  return desk.store.ports.put(withVlan(port, vlan, assignment));
}

function readPort(desk: Desk, request: LabRequest): Answer {
  return answer(desk, request);
}

function assign(desk: Desk, request: LabRequest): Answer {
  const place = placeOf(desk, request);
  const vlan = mustFindVlan(desk, place.port, readVnid(request));
  refuseBy(refuseAssign(place, vlan));
  putVlan(desk, place.port, vlan);
  return answer(desk, request);
}

function unassign(desk: Desk, request: LabRequest): Answer {
  const place = placeOf(desk, request);
  const vlan = mustFindVlan(desk, place.port, readVnid(request));
  refuseBy(refuseUnassign(place, vlan));
  desk.store.ports.put(withoutVlan(place.port, vlan));
  return answer(desk, request);
}

function setNative(desk: Desk, request: LabRequest): Answer {
  const place = placeOf(desk, request);
  const vlan = mustFindVlan(desk, place.port, readVnid(request));
  refuseBy(refuseNative(place, vlan));
  desk.store.ports.update(place.port.id, { nativeVlanId: vlan.id });
  return answer(desk, request);
}

function clearNative(desk: Desk, request: LabRequest): Answer {
  const { port } = placeOf(desk, request);
  if (port.nativeVlanId === null) throw invalid(`${port.name} has no native virtual network`);
  desk.store.ports.update(port.id, { nativeVlanId: null });
  return answer(desk, request);
}

function bond(desk: Desk, request: LabRequest): Answer {
  return setBonding(desk, request, { bonded: true, bulk: readBulk(request, "bulk_enable") });
}

function disbond(desk: Desk, request: LabRequest): Answer {
  return setBonding(desk, request, { bonded: false, bulk: readBulk(request, "bulk_disable") });
}

/** One NIC, or all of them when bulk or when called on the bond. What is so already is left so. */
function setBonding(
  desk: Desk,
  request: LabRequest,
  { bonded, bulk }: { readonly bonded: boolean; readonly bulk: boolean },
): Answer {
  const { port, ports } = placeOf(desk, request);
  mustNotBeFrozen(desk, port);
  const members = ports.filter((it) => it.kind === "nic" && it.bondId === port.bondId);
  const all = bulk || port.kind === "bond";
  const changing = members.filter((it) => (all || it.id === port.id) && it.bonded !== bonded);
  const loaded = changing.find((it) => it.vlans.length > 0);
  if (bonded && loaded) throw invalid(`${loaded.name} has virtual networks assigned`);
  const after = withBonding(ports, new Set(changing.map((it) => it.id)), bonded);
  if (bondOf(after).layer === 2 && bondOf(ports).layer === 3) dropAddresses(desk, port.deviceId);
  for (const it of after) desk.store.ports.put(it);
  return answer(desk, request);
}

/** Drops the management addresses for good. */
function convertToLayer2(desk: Desk, request: LabRequest): Answer {
  const { port, ports } = mustBeConvertible(desk, request);
  const body = readBody(layer2Schema, request.body);
  if (port.layer === 2 && !port.broken) {
    throw invalid(`${port.name} is already configured for Layer 2`);
  }
  const vlan = body.vnid ? mustFindVlan(desk, port, body.vnid) : undefined;
  const after = withLayer(ports, 2);
  if (vlan) refuseBy(refuseAssign({ port: bondOf(after), ports: after }, vlan));
  dropAddresses(desk, port.deviceId);
  for (const it of after) desk.store.ports.put(it);
  if (vlan) putVlan(desk, bondOf(after), vlan);
  return answer(desk, request);
}

function convertToLayer3(desk: Desk, request: LabRequest): Answer {
  const { port, ports } = mustBeConvertible(desk, request);
  const body = readBody(layer3Schema, request.body);
  if (ports.some((it) => it.vlans.length > 0)) {
    throw invalid("Virtual networks must be removed from the device's ports first");
  }
  if (!port.bonded) throw invalid(`${port.name} must be bonded first`);
  const wishes = body.request_ips?.length ? body.request_ips : DEFAULT_KINDS;
  const held = desk.store.assignments.of(port.deviceId).filter((it) => it.management);
  const errors = wishes
    .filter((it) =>
      held.some((one) => one.public === it.public && one.family === it.address_family),
    )
    .map((it) => `${it.public ? "public" : "private"} IPv${it.address_family}`)
    .map((it) => `The port already has a ${it} assignment`);
  if (errors.length > 0) throw invalid(...errors);
  assignAgain(desk, desk.store.devices.get(port.deviceId), wishes);
  for (const it of withLayer(ports, 3)) desk.store.ports.put(it);
  return answer(desk, request);
}

function answer(desk: Desk, request: LabRequest): Answer {
  return one(desk, request, portView(desk, placeOf(desk, request).port));
}

function dropAddresses({ store }: Desk, deviceId: string): void {
  for (const it of store.assignments.of(deviceId)) {
    if (it.management) store.assignments.remove(it.id);
  }
}

function mustBeConvertible(desk: Desk, request: LabRequest): PortPlace {
  const place = placeOf(desk, request);
  if (place.port.kind !== "bond") throw invalid(`${place.port.name} is not a bond port`);
  mustNotBeFrozen(desk, place.port);
  return place;
}

function mustNotBeFrozen({ store }: Desk, { deviceId }: PortRecord): void {
  if (store.devices.get(deviceId).networkFrozen) throw invalid("The device's network is frozen");
}

function mustFindVlan(desk: Desk, port: PortRecord, key: string): VlanRecord {
  const vlan = tryFindVlan(desk, port, key);
  if (vlan === undefined) throw invalid(`Virtual network ${key} not found`);
  return vlan;
}

/** Documented as a query parameter in places, sent in the body by old clients. */
function readVnid({ query, body }: LabRequest): string {
  return queryText(query, "vnid") ?? readBody(assignSchema, body).vnid;
}

function readBulk({ query, body }: LabRequest, name: string): boolean {
  if (query[name] !== undefined) return queryFlag(query, name);
  const sent: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : false;
  return sent === true || sent === "true";
}

function refuseBy(reason: string | undefined): void {
  if (reason !== undefined) throw invalid(reason);
}
