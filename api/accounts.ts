/** Calls about the user, projects and SSH keys. Here a 403 is always an error, never an absence. */
import type { MachineApi } from "./api";
import { isApiFault } from "./fault";
import type { Calls } from "./http/calls";
import type { CallOptions } from "../core/bounded";
import {
  projectChangesToWire,
  projectFromWire,
  projectInputToWire,
  projectWire,
  userFromWire,
  userWire,
} from "./wire/project";
import { sshKeyFromWire, sshKeyToWire, sshKeyWire } from "./wire/ssh-key";

type ProjectCalls = Pick<
  MachineApi,
  | "getCurrentUser"
  | "createProject"
  | "tryGetProject"
  | "listProjects"
  | "updateProject"
  | "ensureProjectAbsent"
>;
type SshKeyCalls = Pick<
  MachineApi,
  "createSshKey" | "tryGetSshKey" | "listSshKeys" | "updateSshKey" | "ensureSshKeyAbsent"
>;

/** Makes the calls about projects, and the probe. */
export function createProjectCalls(calls: Calls): ProjectCalls {
  return {
    async getCurrentUser(options) {
      return userFromWire(
        await calls.fetchOne({ method: "GET", path: ["user"] }, userWire, options),
      );
    },
    async createProject(input, options) {
      const request = {
        method: "POST",
        path: ["projects"],
        body: projectInputToWire(input),
      } as const;
      return projectFromWire(await calls.fetchOne(request, projectWire, options));
    },
    async tryGetProject(id, options) {
      const request = { method: "GET", path: ["projects", id] } as const;
      const wire = await calls.tryFetchOne(request, projectWire, options);
      return wire && projectFromWire(wire);
    },
    async listProjects({ name }, options) {
      const list = { path: ["projects"], key: "projects", schema: projectWire, paged: true };
      const all = (await calls.fetchAll({ ...list, query: { name } }, options)).map(
        projectFromWire,
      );
      return all.filter((it) => name === undefined || it.name === name);
    },
    async updateProject(id, changes, options) {
      const body = projectChangesToWire(changes);
      const request = { method: "PUT", path: ["projects", id], body } as const;
      return projectFromWire(await calls.fetchOne(request, projectWire, options));
    },
    ensureProjectAbsent: (id, options) => ensureAbsent(calls, ["projects", id], options),
  };
}

/** Makes the calls about SSH keys. */
export function createSshKeyCalls(calls: Calls): SshKeyCalls {
  return {
    async createSshKey(projectId, input, options) {
      const request = {
        method: "POST",
        path: keysOf(projectId),
        body: sshKeyToWire(input),
      } as const;
      return sshKeyFromWire(await calls.fetchOne(request, sshKeyWire, options));
    },
    async tryGetSshKey(id, options) {
      const request = { method: "GET", path: ["ssh-keys", id] } as const;
      const wire = await calls.tryFetchOne(request, sshKeyWire, options);
      return wire && sshKeyFromWire(wire);
    },
    async listSshKeys(projectId, options) {
      const list = { key: "ssh_keys", schema: sshKeyWire, paged: false };
      return (await calls.fetchAll({ path: keysOf(projectId), ...list }, options)).map(
        sshKeyFromWire,
      );
    },
    async updateSshKey(id, changes, options) {
      const request = {
        method: "PUT",
        path: ["ssh-keys", id],
        body: sshKeyToWire(changes),
      } as const;
      return sshKeyFromWire(await calls.fetchOne(request, sshKeyWire, options));
    },
    ensureSshKeyAbsent: (id, options) => ensureAbsent(calls, ["ssh-keys", id], options),
  };
}

function keysOf(projectId: string | undefined): string[] {
  return projectId === undefined ? ["ssh-keys"] : ["projects", projectId, "ssh-keys"];
}

async function ensureAbsent(
  calls: Calls,
  path: readonly string[],
  options: CallOptions,
): Promise<void> {
  try {
    await calls.run({ method: "DELETE", path }, options);
  } catch (error) {
    if (!isApiFault(error, "AS2103")) throw error;
  }
}
