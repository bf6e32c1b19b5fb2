/** User, organization, projects, SSH keys and API keys on the wire. Pure. */
import type { LabContext } from "../context";
import type { ApiKeyRecord, ProjectRecord, SshKeyRecord } from "../store/records";
import { ref } from "./href";

const NAMES = { first_name: "Lab", last_name: "User", full_name: "Lab User" };
const EMAIL = "lab@armstead.invalid";

/** The one user of a lab. */
export function userView({ settings }: LabContext): object {
  const { userId, organizationId, createdAt } = settings();
  return {
    ...userLite({ settings }),
    emails: [{ href: `/emails/${userId}` }],
    default_organization_id: organizationId,
    default_project_id: null,
    customdata: {},
    max_projects: 1_000,
    timezone: "UTC",
    two_factor_auth: "",
    created_at: createdAt,
  };
}

/** The user as the maker of something. */
export function userLite({ settings }: Pick<LabContext, "settings">): object {
  const { userId, createdAt } = settings();
  return {
    id: userId,
    short_id: userId.slice(0, 8),
    ...NAMES,
    email: EMAIL,
    created_at: createdAt,
    updated_at: createdAt,
    href: ref("users", userId).href,
  };
}

/** The one organization of a lab. */
export function organizationView({ settings, store }: LabContext): object {
  const { userId, organizationId, createdAt } = settings();
  return {
    id: organizationId,
    name: "Lab",
    description: "",
    website: "",
    twitter: "",
    customdata: {},
    members: [ref("users", userId)],
    memberships: [],
    projects: store.projects.of(organizationId).map((it) => ref("projects", it.id)),
    created_at: createdAt,
    updated_at: createdAt,
    href: ref("organizations", organizationId).href,
  };
}

/** Project → wire. */
export function projectView({ store, settings }: LabContext, project: ProjectRecord): object {
  const { id, paymentMethodId } = project;
  const devices = store.devices.of(id).filter((it) => it.hidden === undefined);
  return {
    id,
    name: project.name,
    type: project.type,
    tags: project.tags,
    customdata: project.customdata,
    backend_transfer_enabled: project.backendTransfer,
    organization: ref("organizations", project.organizationId),
    payment_method: paymentMethodId === null ? null : ref("payment-methods", paymentMethodId),
    bgp_config: { href: `/projects/${id}/bgp-config` },
    devices: devices.map((it) => ref("devices", it.id)),
    ssh_keys: store.sshKeys.of(id).map((it) => ref("ssh-keys", it.id)),
    members: [ref("users", settings().userId)],
    memberships: [],
    invitations: [],
    volumes: [],
    max_devices: {},
    network_status: {},
    url: ref("projects", id).href,
    created_at: project.createdAt,
    updated_at: project.updatedAt,
    href: ref("projects", id).href,
  };
}

/** SSH key → wire. */
export function sshKeyView(key: SshKeyRecord): object {
  return {
    id: key.id,
    label: key.label,
    key: key.key,
    fingerprint: key.fingerprint,
    tags: key.tags,
    entity: ref(`${key.owner.kind}s`, key.owner.id),
    created_at: key.createdAt,
    updated_at: key.updatedAt,
    href: ref("ssh-keys", key.id).href,
  };
}

/** API key → wire; the one place where a token is shown. */
export function apiKeyView({ settings, store }: LabContext, key: ApiKeyRecord): object {
  const project = key.projectId === undefined ? undefined : store.projects.tryGet(key.projectId);
  const holder = project
    ? { project: { id: project.id, name: project.name, ...ref("projects", project.id) } }
    : { user: { id: settings().userId, ...ref("users", settings().userId) } };
  return {
    id: key.id,
    token: key.token,
    description: key.description,
    read_only: key.readOnly,
    ...holder,
    created_at: key.createdAt,
    updated_at: key.updatedAt,
  };
}
