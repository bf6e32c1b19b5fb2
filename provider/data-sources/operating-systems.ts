/** `armstead_operating_systems`: what devices can be installed with, narrowed by device plan. */
import type { DataSource } from "../framework/resource";
import type { ProviderClient } from "../provider-client";

/** One operating system. */
export interface OperatingSystemModel {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly distro: string;
  readonly version: string;
  readonly provisionable_on: readonly string[];
}

/** Terraform's view. */
export interface OperatingSystemsModel {
  readonly provisionable_on: string | null;
  readonly operating_systems: readonly OperatingSystemModel[];
}

const TIME_LIMIT_MS = 60_000;

/** See the header. */
export const operatingSystemsDataSource: DataSource<ProviderClient, OperatingSystemsModel> = {
  type: "armstead_operating_systems",
  doc: "Operating systems on offer.",
  schema: {
    provisionable_on: {
      type: "string",
      optional: true,
      doc: "Only systems that this device plan can be installed with.",
    },
    operating_systems: {
      computed: true,
      doc: "What was found, sorted by slug.",
      nested: {
        nesting: "list",
        attributes: {
          id: { type: "string", computed: true, doc: "UUID." },
          slug: {
            type: "string",
            computed: true,
            doc: "What `operating_system` of a device takes.",
          },
          name: { type: "string", computed: true, doc: "For people." },
          distro: { type: "string", computed: true, doc: "Such as `debian`." },
          version: { type: "string", computed: true, doc: "Such as `13`." },
          provisionable_on: {
            type: ["list", "string"],
            computed: true,
            doc: "Slugs of device plans.",
          },
        },
      },
    },
  },
  timeLimit: TIME_LIMIT_MS,
  async read({ client: { api }, signal }, config) {
    const plan = config.provisionable_on;
    const all = await api.listOperatingSystems({ signal });
    const found = all.filter((it) => plan === null || it.provisionableOn.includes(plan));
    const operating_systems = found.map(({ provisionableOn, ...it }) => ({
      ...it,
      provisionable_on: provisionableOn,
    }));
    return {
      ...config,
      operating_systems: operating_systems.sort((a, b) => (a.slug < b.slug ? -1 : 1)),
    };
  },
};
