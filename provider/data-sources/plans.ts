/** `armstead_plans`: device plans on offer, narrowed by slug, metro or processor. Servers only. */
import type { DevicePlanOffer } from "../../api/api";
import type { DataSource } from "../framework/resource";
import type { ProviderClient } from "../provider-client";

/** One plan. */
export interface PlanModel {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly class: string;
  readonly legacy: boolean;
  readonly deployment_types: readonly string[];
  readonly metros: readonly string[];
  readonly price_per_hour: number | null;
  readonly cpus: number | null;
  readonly memory: string | null;
}

/** Terraform's view. */
export interface PlansModel {
  readonly slug: string | null;
  readonly metro: string | null;
  readonly arm64_only: boolean | null;
  readonly plans: readonly PlanModel[];
}

const TIME_LIMIT_MS = 60_000;
/** Lists also hold bandwidth, addresses and storage; servers are on this line. */
const SERVER_LINE = "baremetal";
/** ARM plans say so in their slug; the oldest is known by its class (`baremetal_2a` is `c1.large.arm`). */
const ARM_NAME = /\.arm(64)?$/;

/** See the header. */
export const plansDataSource: DataSource<ProviderClient, PlansModel> = {
  type: "armstead_plans",
  doc: "Device plans on offer.",
  schema: {
    slug: { type: "string", optional: true, doc: "Only the plan of this slug." },
    metro: {
      type: "string",
      optional: true,
      doc: "Only plans offered in this metro, in any case.",
    },
    arm64_only: { type: "bool", optional: true, doc: "Only machines with ARM64 processors." },
    plans: {
      computed: true,
      doc: "What was found, sorted by slug.",
      nested: {
        nesting: "list",
        attributes: {
          id: { type: "string", computed: true, doc: "UUID." },
          slug: { type: "string", computed: true, doc: "What `plan` of a device takes." },
          name: { type: "string", computed: true, doc: "For people." },
          class: { type: "string", computed: true, doc: "Newer name of an old slug." },
          legacy: { type: "bool", computed: true, doc: "Whether it is no longer offered." },
          deployment_types: {
            type: ["list", "string"],
            computed: true,
            doc: "`on_demand`, `spot_market`.",
          },
          metros: { type: ["list", "string"], computed: true, doc: "Codes, lower case." },
          price_per_hour: { type: "number", computed: true, doc: "US dollars." },
          cpus: { type: "number", computed: true, doc: "Number of processors." },
          memory: { type: "string", computed: true, doc: "Such as `256GB`." },
        },
      },
    },
  },
  timeLimit: TIME_LIMIT_MS,
  async read({ client: { api }, signal }, config) {
    const filter = config.slug === null ? {} : { slug: config.slug };
    const found = await api.listPlans(filter, { signal });
    const plans = found.filter((it) => isWanted(it, config)).map(fromApi);
    return { ...config, plans: plans.sort((a, b) => (a.slug < b.slug ? -1 : 1)) };
  },
};

/** Whether a plan is a server that fits metro and processor. */
export function isWanted(
  plan: DevicePlanOffer,
  { metro, arm64_only }: Pick<PlansModel, "metro" | "arm64_only">,
): boolean {
  return (
    plan.line === SERVER_LINE &&
    (metro === null || plan.metros.includes(metro.toLowerCase())) &&
    (arm64_only !== true || [plan.slug, plan.class].some((it) => ARM_NAME.test(it)))
  );
}

function fromApi(plan: DevicePlanOffer): PlanModel {
  return {
    id: plan.id,
    slug: plan.slug,
    name: plan.name,
    class: plan.class,
    legacy: plan.legacy,
    deployment_types: plan.deploymentTypes,
    metros: plan.metros,
    price_per_hour: plan.pricePerHour ?? null,
    cpus: plan.cpus ?? null,
    memory: plan.memory ?? null,
  };
}
