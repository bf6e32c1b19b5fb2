/** SSH keys of projects and of the user (contract 2.3). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { timestamp } from "../context";
import { getDevice, getProject, getSshKey, mustBeUser } from "../http/access";
import { invalid } from "../http/api-error";
import { many, NOTHING, one } from "../http/answers";
import { readBody, tagsSchema } from "../http/body";
import { type Answer, type Desk, type LabRequest, queryText, type Route } from "../http/route";
import type { SshKeyRecord } from "../store/records";
import { sshKeyView } from "../views/account-view";
import { type PublicKey, tryParsePublicKey } from "./public-key";

const createSchema = z.object({
  label: z.string().default(""),
  key: z.string(),
  tags: tagsSchema.default([]),
});
const updateSchema = z.object({
  label: z.string().optional(),
  key: z.string().optional(),
  tags: tagsSchema.optional(),
});

/** Routes of this file. */
export const sshKeyRoutes: readonly Route[] = [
  { method: "GET", path: "/ssh-keys", handler: listUserKeys },
  { method: "POST", path: "/ssh-keys", handler: createUserKey },
  { method: "GET", path: "/ssh-keys/:id", handler: readKey },
  { method: "PUT", path: "/ssh-keys/:id", handler: updateKey },
  { method: "PATCH", path: "/ssh-keys/:id", handler: updateKey },
  { method: "DELETE", path: "/ssh-keys/:id", handler: deleteKey },
  { method: "GET", path: "/projects/:id/ssh-keys", handler: listProjectKeys },
  { method: "POST", path: "/projects/:id/ssh-keys", handler: createProjectKey },
  { method: "GET", path: "/devices/:id/ssh-keys", handler: listDeviceKeys },
];

/**
 * Makes a key, as its own request or inside a device's.
 * @throws ApiError 422 for text that is no key, and for a second one of the same owner
 */
export function addSshKey(
  desk: Desk,
  owner: SshKeyRecord["owner"],
  input: { readonly label: string; readonly key: string; readonly tags: readonly string[] },
): SshKeyRecord {
  const { line, fingerprint } = mustBeKey(input.key);
  mustBeNew(desk, owner, fingerprint);
  const now = timestamp(desk.clock);
  return desk.store.sshKeys.put({
    id: randomUUID(),
    label: input.label,
    key: line,
    fingerprint,
    tags: [...input.tags],
    owner,
    createdAt: now,
    updatedAt: now,
  });
}

function listUserKeys(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  const keys = desk.store.sshKeys.of(desk.settings().userId);
  return listKeys(desk, request, keys, queryText(request.query, "search"));
}

function listProjectKeys(desk: Desk, request: LabRequest): Answer {
  const { id } = getProject(desk, request.caller, request.id);
  return listKeys(desk, request, desk.store.sshKeys.of(id), queryText(request.query, "query"));
}

function listDeviceKeys(desk: Desk, request: LabRequest): Answer {
  const { sshKeyIds } = getDevice(desk, request.caller, request.id);
  const keys = sshKeyIds.flatMap((id) => desk.store.sshKeys.tryGet(id) ?? []);
  return listKeys(desk, request, keys, undefined);
}

function listKeys(
  desk: Desk,
  request: LabRequest,
  keys: readonly SshKeyRecord[],
  search: string | undefined,
): Answer {
  const found = keys.filter(({ label, key, fingerprint }) =>
    [label, key, fingerprint].some((it) => search === undefined || it.includes(search)),
  );
  return many(desk, request, "ssh_keys", [...found].reverse().map(sshKeyView));
}

function createUserKey(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  const owner = { kind: "user", id: desk.settings().userId } as const;
  return createKey(desk, request, owner);
}

function createProjectKey(desk: Desk, request: LabRequest): Answer {
  const { id } = getProject(desk, request.caller, request.id);
  return createKey(desk, request, { kind: "project", id });
}

function createKey(desk: Desk, request: LabRequest, owner: SshKeyRecord["owner"]): Answer {
  const key = addSshKey(desk, owner, readBody(createSchema, request.body));
  return one(desk, request, sshKeyView(key), 201);
}

function readKey(desk: Desk, request: LabRequest): Answer {
  return one(desk, request, sshKeyView(getSshKey(desk, request.caller, request.id)));
}

function updateKey(desk: Desk, request: LabRequest): Answer {
  const was = getSshKey(desk, request.caller, request.id);
  const { key: text, ...body } = readBody(updateSchema, request.body);
  const { line: key, fingerprint } =
    text === undefined ? { ...was, line: was.key } : mustBeKey(text);
  if (fingerprint !== was.fingerprint) mustBeNew(desk, was.owner, fingerprint);
  const { label = was.label, tags = was.tags } = body;
  const updatedAt = timestamp(desk.clock);
  const changed = desk.store.sshKeys.put({ ...was, label, tags, key, fingerprint, updatedAt });
  return one(desk, request, sshKeyView(changed));
}

function deleteKey(desk: Desk, request: LabRequest): Answer {
  desk.store.sshKeys.remove(getSshKey(desk, request.caller, request.id).id);
  return NOTHING;
}

function mustBeKey(text: string): PublicKey {
  const key = tryParsePublicKey(text);
  if (key === undefined) throw invalid("Key is not a valid OpenSSH public key");
  return key;
}

function mustBeNew({ store }: Desk, owner: SshKeyRecord["owner"], fingerprint: string): void {
  const taken = store.sshKeys.of(owner.id).some((it) => it.fingerprint === fingerprint);
  if (taken) throw invalid("Key has already been taken");
}
