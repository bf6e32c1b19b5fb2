/**
 * `armstead_project`: holds devices, keys and networks. Name, tags and the transfer switch change in
 * place; the organization never changes.
 */
import type { MachineApi, Project, ProjectInput } from "../../api/api";
import { isApiFault } from "../../api/fault";
import type { CallOptions, Sleep } from "../../core/bounded";
import { fault, UserFault } from "../../core/faults";
import type { Partially, Resource, WriteContext } from "../framework/resource";
import { Unknown } from "../framework/unknown";
import type { ProviderClient } from "../provider-client";
import { checkTags } from "./check-tags";
import { importedTags, shownTags } from "./claim-tags";
import type { ResourceEnvironment } from "./environment";
import { known, knownList } from "./known";
import { rescueOptions } from "./rescue";
import { isUuid } from "./uuid";

/** Terraform's view. */
export interface ProjectModel {
  readonly id: string;
  readonly name: string;
  readonly organization_id: string | null;
  readonly backend_transfer_enabled: boolean;
  readonly tags: readonly string[] | null;
  readonly created_at: string;
}

const LIMIT_MS = 300_000;
const NAME_CHARACTERS = 80;

/** Makes the resource. */
export function projectResource({
  sleep,
}: Pick<ResourceEnvironment, "sleep">): Resource<ProviderClient, ProjectModel> {
  return {
    type: "armstead_project",
    doc: "A project, which holds devices, SSH keys and networks.",
    schema: {
      id: { type: "string", computed: true, doc: "UUID given by the API." },
      name: { type: "string", required: true, doc: "1 to 80 characters." },
      organization_id: {
        type: "string",
        optional: true,
        computed: true,
        replaces: true,
        doc: "Organization that pays. Default: the token's own. A change replaces the project.",
      },
      backend_transfer_enabled: {
        type: "bool",
        optional: true,
        computed: true,
        default: false,
        doc: "Whether private traffic may pass between the project's locations. Default: false.",
      },
      tags: { type: ["list", "string"], optional: true, doc: "Tags; unset leaves them alone." },
      created_at: { type: "string", computed: true, doc: "RFC 3339, UTC." },
    },
    timeLimits: { create: LIMIT_MS, read: LIMIT_MS, update: LIMIT_MS, delete: LIMIT_MS },
    validate: ({ name, tags }) => [...checkName(name), ...checkTags(tags)],
    create: (context, plan) => create(context, plan),
    async read({ client: { api }, signal }, state) {
      const project = await api.tryGetProject(state.id, { signal });
      return project && fromApi(project, state.tags);
    },
    async update({ client: { api }, signal }, plan, state) {
      const { organizationId: _, ...changes } = toApi(plan);
      const tags = changes.tags ?? (state.tags === null ? undefined : []);
      const wanted = { ...changes, ...(tags === undefined ? {} : { tags }) };
      return fromApi(await api.updateProject(state.id, wanted, { signal }), knownList(plan.tags));
    },
    async delete({ client: { api }, signal }, { id }) {
      await deleteProject({ api, sleep }, id, { signal });
    },
    async importState({ client: { api }, signal }, id) {
      if (!isUuid(id)) throw new UserFault([fault("AS1858", "id", { given: id })]);
      const project = await api.tryGetProject(id, { signal });
      return project && { ...fromApi(project, null), tags: importedTags(project.tags) };
    },
  };
}

function checkName(name: string | Unknown): ReturnType<typeof fault>[] {
  if (name instanceof Unknown) return [];
  const length = Array.from(name).length;
  const fits = 1 <= length && length <= NAME_CHARACTERS;
  return fits ? [] : [fault("AS1865", "name", { given: name })];
}

/** API → Terraform. */
export function fromApi(project: Project, tags: readonly string[] | null): ProjectModel {
  return {
    id: project.id,
    name: project.name,
    organization_id: project.organizationId ?? null,
    backend_transfer_enabled: project.backendTransferEnabled,
    tags: shownTags(tags, project.tags),
    created_at: project.createdAt,
  };
}

/** Terraform → API. */
export function toApi(plan: Partially<ProjectModel>): ProjectInput {
  const organizationId = known(plan.organization_id);
  const tags = knownList(plan.tags);
  return {
    name: known(plan.name) ?? "",
    ...(organizationId === null ? {} : { organizationId }),
    ...(tags === null ? {} : { tags }),
    backendTransferEnabled: known(plan.backend_transfer_enabled) ?? false,
  };
}

async function create(
  { client: { api }, signal, keep }: WriteContext<ProviderClient, ProjectModel>,
  plan: Partially<ProjectModel>,
): Promise<ProjectModel> {
  const input = toApi(plan);
  const tags = knownList(plan.tags);
  const made = await make(api, input, { signal });
  keep(fromApi(made, tags));
  if (input.backendTransferEnabled !== true) return fromApi(made, tags);
  const switched = await api.updateProject(made.id, { backendTransferEnabled: true }, { signal });
  return fromApi(switched, tags);
}

/** Names are not unique, so a project counts as ours only when it was not there before the lost request. */
async function make(api: MachineApi, input: ProjectInput, options: CallOptions): Promise<Project> {
  const before = new Set(
    (await api.listProjects({ name: input.name }, options)).map(({ id }) => id),
  );
  try {
    return await api.createProject(input, options);
  } catch (error) {
    if (!isApiFault(error, "AS2003")) throw error;
    const after = await api.listProjects({ name: input.name }, rescueOptions(options));
    const added = after.filter(({ id }) => !before.has(id));
    if (added.length !== 1 || !added[0]) throw error;
    return added[0];
  }
}

/** A project cannot go before its devices have gone, and these linger a while. */
async function deleteProject(
  { api, sleep }: { readonly api: MachineApi; readonly sleep: Sleep },
  id: string,
  options: CallOptions,
): Promise<void> {
  for (;;) {
    try {
      await api.ensureProjectAbsent(id, options);
      return;
    } catch (error) {
      const refused = isApiFault(error, "AS2104");
      if (!refused || (await api.listDevices(id, {}, options)).length > 0) throw error;
    }
    await sleep(api.pollIntervalMs, options);
  }
}
