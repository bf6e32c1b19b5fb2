/** `armstead_project` as a data source: a project that somebody else manages, by id or by name. */
import type { MachineApi, Project } from "../../api/api";
import type { CallOptions } from "../../core/bounded";
import { UserFault } from "../../core/faults";
import type { DataSource } from "../framework/resource";
import type { ProviderClient } from "../provider-client";
import { checkExactlyOne, notExactlyOne } from "./exactly-one";

/** Terraform's view. */
export interface ProjectDataModel {
  readonly id: string | null;
  readonly name: string | null;
  readonly organization_id: string | null;
  readonly backend_transfer_enabled: boolean;
  readonly tags: readonly string[];
  readonly created_at: string;
}

const TIME_LIMIT_MS = 60_000;

/** See the header. */
export const projectDataSource: DataSource<ProviderClient, ProjectDataModel> = {
  type: "armstead_project",
  doc: "A project, by id or by name.",
  schema: {
    id: { type: "string", optional: true, computed: true, doc: "UUID." },
    name: { type: "string", optional: true, computed: true, doc: "Its whole name." },
    organization_id: { type: "string", computed: true, doc: "Organization that pays." },
    backend_transfer_enabled: {
      type: "bool",
      computed: true,
      doc: "Whether private traffic may pass between locations.",
    },
    tags: { type: ["list", "string"], computed: true, doc: "Tags." },
    created_at: { type: "string", computed: true, doc: "RFC 3339, UTC." },
  },
  timeLimit: TIME_LIMIT_MS,
  validate: ({ id, name }) => checkExactlyOne({ id, name }),
  async read({ client: { api }, signal }, config) {
    const found = await find(api, config, { signal });
    const [project] = found;
    if (!project || found.length > 1) {
      const path = config.id === null ? "name" : "id";
      throw new UserFault([notExactlyOne(path, config[path], found.length)]);
    }
    return {
      id: project.id,
      name: project.name,
      organization_id: project.organizationId ?? null,
      backend_transfer_enabled: project.backendTransferEnabled,
      tags: project.tags,
      created_at: project.createdAt,
    };
  },
};

async function find(
  api: MachineApi,
  { id, name }: Pick<ProjectDataModel, "id" | "name">,
  options: CallOptions,
): Promise<Project[]> {
  if (id === null) return api.listProjects(name === null ? {} : { name }, options);
  const project = await api.tryGetProject(id, options);
  return project ? [project] : [];
}
