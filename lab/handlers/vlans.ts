/** Virtual networks of projects (contract 6.2). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { tryFindFacility, tryFindMetro } from "../catalogue/locations";
import { timestamp } from "../context";
import { getProject, getVlan } from "../http/access";
import { invalid } from "../http/api-error";
import { many, NOTHING, one } from "../http/answers";
import { readBody, tagsSchema } from "../http/body";
import { type Answer, type Desk, type LabRequest, queryText, type Route } from "../http/route";
import type { VlanRecord } from "../store/records";
import { vlanView } from "../views/network-view";

const updateSchema = z.object({
  description: z.string().nullish(),
  tags: tagsSchema.optional(),
});
const createSchema = updateSchema.extend({
  metro: z.string().nullish(),
  facility: z.string().nullish(),
  vxlan: z.int().nullish(),
});

/** Numbers that may be asked for, and those that are given by themselves. */
const ALLOWED = { first: 2, last: 3999 };
const AUTOMATIC = { first: 1000, last: 1999 };

/** Routes of this file. */
export const vlanRoutes: readonly Route[] = [
  { method: "GET", path: "/projects/:id/virtual-networks", handler: listVlans },
  { method: "POST", path: "/projects/:id/virtual-networks", handler: createVlan },
  { method: "GET", path: "/virtual-networks/:id", handler: readVlan },
  { method: "PUT", path: "/virtual-networks/:id", handler: updateVlan },
  { method: "PATCH", path: "/virtual-networks/:id", handler: updateVlan },
  { method: "DELETE", path: "/virtual-networks/:id", handler: deleteVlan },
];

function listVlans(desk: Desk, request: LabRequest): Answer {
  const { id } = getProject(desk, request.caller, request.id);
  const metro = queryText(request.query, "metro")?.toLowerCase();
  const facility = queryText(request.query, "facility");
  const inFacility = facility === undefined ? undefined : tryFindFacility(facility)?.metro.code;
  const found = desk.store.vlans
    .of(id)
    .filter((it) => (metro ?? it.metro) === it.metro)
    .filter((it) => facility === undefined || it.metro === inFacility);
  const views = found.reverse().map((it) => vlanView(desk, it));
  return many(desk, request, "virtual_networks", views);
}

function createVlan(desk: Desk, request: LabRequest): Answer {
  const { id: projectId } = getProject(desk, request.caller, request.id);
  const body = readBody(createSchema, request.body);
  const metro = metroOf(desk, body);
  const taken = new Set(
    desk.store.vlans
      .of(projectId)
      .filter((it) => it.metro === metro)
      .map((it) => it.vxlan),
  );
  const vlan = desk.store.vlans.put({
    id: randomUUID(),
    projectId,
    metro,
    vxlan: chooseVxlan(body.vxlan ?? undefined, taken),
    description: body.description ?? null,
    tags: body.tags ?? [],
    createdAt: timestamp(desk.clock),
  });
  return one(desk, request, vlanView(desk, vlan), 201);
}

function readVlan(desk: Desk, request: LabRequest): Answer {
  return one(desk, request, vlanView(desk, getVlan(desk, request.caller, request.id)));
}

function updateVlan(desk: Desk, request: LabRequest): Answer {
  const was = getVlan(desk, request.caller, request.id);
  const body = readBody(updateSchema, request.body);
  const vlan: VlanRecord = {
    ...was,
    description: body.description === undefined ? was.description : body.description,
    tags: body.tags ?? was.tags,
  };
  return one(desk, request, vlanView(desk, desk.store.vlans.put(vlan)));
}

function deleteVlan(desk: Desk, request: LabRequest): Answer {
  const { id } = getVlan(desk, request.caller, request.id);
  const used = desk.store.ports.all().some((port) => port.vlans.some((it) => it.vlanId === id));
  if (used) throw invalid("Cannot delete Virtual Network when port is assigned");
  desk.store.vlans.remove(id);
  return NOTHING;
}

function chooseVxlan(wanted: number | undefined, taken: ReadonlySet<number>): number {
  if (wanted !== undefined) {
    if (wanted < ALLOWED.first || wanted > ALLOWED.last) {
      throw invalid(`vxlan must be from ${ALLOWED.first} to ${ALLOWED.last}`);
    }
    if (taken.has(wanted)) throw invalid("vxlan has already been taken");
    return wanted;
  }
  for (let free = AUTOMATIC.first; free <= AUTOMATIC.last; free += 1) {
    if (!taken.has(free)) return free;
  }
  throw invalid("no vxlan is left in that metro");
}

function metroOf({ rules }: Desk, body: z.output<typeof createSchema>): string {
  if (body.facility && rules.era === "metro") {
    throw invalid("facility placement is no longer supported: use metro");
  }
  if (body.facility) {
    const facility = tryFindFacility(body.facility);
    if (facility) return facility.metro.code;
    throw invalid(`${body.facility} is not a valid facility`);
  }
  if (!body.metro) throw invalid("metro can't be blank");
  const metro = tryFindMetro(body.metro);
  if (metro === undefined) throw invalid(`${body.metro} is not a valid metro`);
  return metro.code;
}
