/** API keys of the user and of projects (contract 2.1). A key works from the answer that shows it. */
import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { timestamp } from "../context";
import { getProject, maySee, mustBeUser, tryGet } from "../http/access";
import { notFound } from "../http/api-error";
import { many, NOTHING, one } from "../http/answers";
import { readBody } from "../http/body";
import { type Answer, type Desk, type LabRequest, queryText, type Route } from "../http/route";
import { apiKeyView } from "../views/account-view";

const createSchema = z.object({
  description: z.string().default(""),
  read_only: z.boolean().default(false),
});

/** Routes of this file. */
export const apiKeyRoutes: readonly Route[] = [
  { method: "GET", path: "/user/api-keys", handler: listUserKeys },
  { method: "POST", path: "/user/api-keys", handler: createUserKey },
  { method: "DELETE", path: "/user/api-keys/:id", handler: deleteKey },
  { method: "DELETE", path: "/api-keys/:id", handler: deleteKey },
  { method: "GET", path: "/projects/:id/api-keys", handler: listProjectKeys },
  { method: "POST", path: "/projects/:id/api-keys", handler: createProjectKey },
];

function listUserKeys(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  return listKeys(desk, request, undefined);
}

function listProjectKeys(desk: Desk, request: LabRequest): Answer {
  return listKeys(desk, request, getProject(desk, request.caller, request.id).id);
}

function listKeys(desk: Desk, request: LabRequest, projectId: string | undefined): Answer {
  const search = queryText(request.query, "search") ?? "";
  const keys = desk.store.apiKeys
    .all()
    .filter((it) => it.projectId === projectId && it.description.includes(search))
    .reverse();
  const views = keys.map((it) => apiKeyView(desk, it));
  return many(desk, request, "api_keys", views);
}

function createUserKey(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  return createKey(desk, request, {});
}

function createProjectKey(desk: Desk, request: LabRequest): Answer {
  return createKey(desk, request, { projectId: getProject(desk, request.caller, request.id).id });
}

function createKey(
  desk: Desk,
  request: LabRequest,
  owner: { readonly projectId?: string },
): Answer {
  const { description, read_only: readOnly } = readBody(createSchema, request.body);
  const now = timestamp(desk.clock);
  const key = desk.store.apiKeys.put({
    ...owner,
    id: randomUUID(),
    token: randomBytes(24).toString("base64url"),
    description,
    readOnly,
    createdAt: now,
    updatedAt: now,
  });
  return one(desk, request, apiKeyView(desk, key), 201);
}

function deleteKey(desk: Desk, request: LabRequest): Answer {
  const key = tryGet(desk.store.apiKeys, request.id);
  if (key === undefined || !maySee(request.caller, key.projectId ?? "")) throw notFound();
  desk.store.apiKeys.remove(key.id);
  return NOTHING;
}
