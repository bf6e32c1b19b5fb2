/** User, organizations and projects (contract 2.1, 2.2). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { timestamp } from "../context";
import { getProject, maySee, mustBeUser } from "../http/access";
import { invalid, notFound } from "../http/api-error";
import { NOTHING, one, page } from "../http/answers";
import { readBody, tagsSchema } from "../http/body";
import { customdataSchema } from "../store/records";
import { type Answer, type Desk, type LabRequest, queryText, type Route } from "../http/route";
import { organizationView, projectView, userView } from "../views/account-view";

// The service keeps names in a column of three-byte characters.
const name = z
  .string()
  .min(1, "must have 1 to 80 characters")
  .refine((it) => Array.from(it).length <= 80, "must have 1 to 80 characters")
  .refine((it) => !/[\u{10000}-\u{10FFFF}]/u.test(it), "must not hold 4-byte characters");

const updateSchema = z.object({
  name: name.optional(),
  payment_method_id: z.uuid().nullish(),
  backend_transfer_enabled: z.boolean().optional(),
  customdata: customdataSchema.optional(),
  tags: tagsSchema.optional(),
});
const createSchema = updateSchema.omit({ backend_transfer_enabled: true }).extend({
  name,
  organization_id: z.string().nullish(),
  type: z.enum(["default", "vmce"]).default("default"),
});

/** Routes of this file. */
export const projectRoutes: readonly Route[] = [
  { method: "GET", path: "/user", handler: (desk, request) => one(desk, request, userView(desk)) },
  { method: "GET", path: "/organizations", handler: listOrganizations },
  { method: "GET", path: "/organizations/:id", handler: getOrganization },
  { method: "GET", path: "/organizations/:id/projects", handler: listProjects },
  { method: "POST", path: "/organizations/:id/projects", handler: createProject },
  { method: "GET", path: "/projects", handler: listProjects },
  { method: "POST", path: "/projects", handler: createProject },
  { method: "GET", path: "/projects/:id", handler: readProject },
  { method: "PUT", path: "/projects/:id", handler: updateProject },
  { method: "PATCH", path: "/projects/:id", handler: updateProject },
  { method: "DELETE", path: "/projects/:id", handler: deleteProject },
  { method: "GET", path: "/projects/:id/bgp-config", handler: readBgpConfig },
];

function listOrganizations(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  const rows = [desk];
  return page(desk, request, { name: "organizations", rows, view: organizationView });
}

function getOrganization(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  mustBeOurs(desk, request.id);
  return one(desk, request, organizationView(desk));
}

function listProjects(desk: Desk, request: LabRequest): Answer {
  if (request.id !== "") mustBeOurs(desk, request.id);
  const wanted = queryText(request.query, "name");
  const rows = desk.store.projects
    .all()
    .filter((it) => maySee(request.caller, it.id))
    .filter((it) => wanted === undefined || it.name.includes(wanted));
  return page(desk, request, { name: "projects", rows, view: (it) => projectView(desk, it) });
}

function createProject(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  if (request.id !== "") mustBeOurs(desk, request.id);
  const { name, ...body } = readBody(createSchema, request.body);
  const { organizationId } = desk.settings();
  if ((body.organization_id ?? organizationId) !== organizationId) {
    throw invalid("organization_id is not an organization of yours");
  }
  const now = timestamp(desk.clock);
  const project = desk.store.projects.put({
    id: randomUUID(),
    name,
    organizationId,
    backendTransfer: false,
    customdata: body.customdata ?? {},
    tags: body.tags ?? [],
    type: body.type,
    paymentMethodId: body.payment_method_id ?? null,
    createdAt: now,
    updatedAt: now,
  });
  return one(desk, request, projectView(desk, project), 201);
}

function readProject(desk: Desk, request: LabRequest): Answer {
  return one(desk, request, projectView(desk, getProject(desk, request.caller, request.id)));
}

function updateProject(desk: Desk, request: LabRequest): Answer {
  const { id, ...was } = getProject(desk, request.caller, request.id);
  const body = readBody(updateSchema, request.body);
  const project = desk.store.projects.put({
    ...was,
    id,
    name: body.name ?? was.name,
    backendTransfer: body.backend_transfer_enabled ?? was.backendTransfer,
    customdata: body.customdata ?? was.customdata,
    tags: body.tags ?? was.tags,
    paymentMethodId: body.payment_method_id ?? was.paymentMethodId,
    updatedAt: timestamp(desk.clock),
  });
  return one(desk, request, projectView(desk, project));
}

/** Keys, blocks and virtual networks go with their project; devices must be gone before. */
function deleteProject(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  const { store } = desk;
  const { id } = getProject(desk, request.caller, request.id);
  const live = store.devices.of(id).filter((it) => it.hidden === undefined);
  if (live.length > 0) throw invalid("Cannot delete a project that has devices");
  for (const it of store.devices.of(id)) store.devices.remove(it.id);
  for (const it of store.sshKeys.of(id)) store.sshKeys.remove(it.id);
  for (const it of store.apiKeys.of(id)) store.apiKeys.remove(it.id);
  for (const it of store.reservations.of(id)) store.reservations.remove(it.id);
  for (const it of store.vlans.of(id)) store.vlans.remove(it.id);
  for (const it of store.batches.of(id)) store.batches.remove(it.id);
  store.projects.remove(id);
  return NOTHING;
}

/** Lab machines have no router to speak to, so BGP is never enabled; projects refer to this all the same. */
function readBgpConfig(desk: Desk, request: LabRequest): Answer {
  getProject(desk, request.caller, request.id);
  return { status: 200, body: {} };
}

function mustBeOurs({ settings }: Desk, organizationId: string): void {
  if (organizationId !== settings().organizationId) throw notFound();
}
