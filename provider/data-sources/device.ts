/** `armstead_device` as a data source: a device that somebody else manages, by id or by host name. */
import type { Device, MachineApi } from "../../api/api";
import type { CallOptions } from "../../core/bounded";
import { fault, UserFault } from "../../core/faults";
import type { Attribute, DataSource } from "../framework/resource";
import type { ProviderClient } from "../provider-client";
import { claimOf, userTags } from "../resources/claim-tags";
import { addressesOf } from "../resources/device/addresses";
import { checkExactlyOne, notExactlyOne } from "./exactly-one";

/** Terraform's view. */
export interface DeviceDataModel {
  readonly id: string | null;
  readonly hostname: string | null;
  readonly project_id: string | null;
  readonly plan: string;
  readonly metro: string | null;
  readonly operating_system: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly claim_id: string | null;
  readonly state: string;
  readonly locked: boolean;
  readonly short_id: string;
  readonly access_public_ipv4: string | null;
  readonly access_private_ipv4: string | null;
  readonly access_public_ipv6: string | null;
  readonly created_at: string;
}

const TIME_LIMIT_MS = 60_000;
const computed = (type: Attribute["type"] & string, doc: string): Attribute => ({
  type,
  computed: true,
  doc,
});

/** See the header. */
export const deviceDataSource: DataSource<ProviderClient, DeviceDataModel> = {
  type: "armstead_device",
  doc: "A device, by id, or by host name within a project.",
  schema: {
    id: { type: "string", optional: true, computed: true, doc: "UUID." },
    hostname: { type: "string", optional: true, computed: true, doc: "Its whole host name." },
    project_id: {
      type: "string",
      optional: true,
      computed: true,
      doc: "Project that it is in; needed with `hostname`.",
    },
    plan: computed("string", "Device plan."),
    metro: computed("string", "Metro code, lower case."),
    operating_system: computed("string", "Slug."),
    description: computed("string", "Free text."),
    tags: { type: ["list", "string"], computed: true, doc: "Tags." },
    claim_id: computed("string", "`armstead_claim` that it was made under."),
    state: computed("string", "`active` when all is well."),
    locked: computed("bool", "Whether deletion is refused."),
    short_id: computed("string", "First part of the id."),
    access_public_ipv4: computed("string", "Public IPv4 address."),
    access_private_ipv4: computed("string", "Private IPv4 address."),
    access_public_ipv6: computed("string", "Public IPv6 address."),
    created_at: computed("string", "RFC 3339, UTC."),
  },
  timeLimit: TIME_LIMIT_MS,
  validate: ({ id, hostname, project_id }) => {
    const nowhere = project_id === null && typeof hostname === "string";
    return [
      ...checkExactlyOne({ id, hostname }),
      ...(nowhere ? [fault("AS1862", "project_id", { allowed: "a project, with hostname" })] : []),
    ];
  },
  async read({ client: { api }, signal }, config) {
    const found = await find(api, config, { signal });
    const [device] = found;
    if (!device || found.length > 1) {
      const path = config.id === null ? "hostname" : "id";
      throw new UserFault([notExactlyOne(path, config[path], found.length)]);
    }
    return fromApi(device);
  },
};

async function find(
  api: MachineApi,
  { id, hostname, project_id: projectId }: DeviceDataModel,
  options: CallOptions,
): Promise<Device[]> {
  if (id !== null) {
    const device = await api.tryGetDevice(id, projectId ?? undefined, options);
    return device ? [device] : [];
  }
  if (hostname === null || projectId === null) return [];
  return api.listDevices(projectId, { hostname }, options);
}

function fromApi(device: Device): DeviceDataModel {
  return {
    id: device.id,
    hostname: device.hostname,
    project_id: device.projectId ?? null,
    plan: device.plan,
    metro: device.metro ?? null,
    operating_system: device.operatingSystem,
    description: device.description,
    tags: userTags(device.tags),
    claim_id: claimOf(device.tags),
    state: device.state,
    locked: device.locked,
    short_id: device.shortId,
    ...addressesOf(device),
    created_at: device.createdAt,
  };
}
