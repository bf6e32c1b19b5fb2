/**
 * The format of cluster.yaml. Descriptions end up in schema/cluster.schema.json, so they are
 * written for whoever edits a cluster file. Rules that need more than one value are in `rules/`.
 */
import { z } from "zod";
import { LAB_ENDPOINT } from "../core/lab-defaults";
import { DNS_LABEL, KERNEL_VARIANTS, NODE_ROLES, type NodeRoleName } from "../core/names";
import type { Catalogue, DeploymentRules } from "./catalogue";
import { NODE_TARGETS } from "./mirror-targets";
import { accessSchema as access } from "./schema-access";
import { apiEndpoint, httpUrl, path, pattern, slug, text } from "./schema-values";
import { secretName, vaultLabel } from "./secret-name";
import { HUGE_PAGE_SIZES } from "./tuning";

/** Most nodes of one pool. */
export const MAX_NODES = 500;

const dnsLabel = pattern(
  DNS_LABEL,
  "1 to 63 lower-case letters, digits and hyphens, starting with a letter",
);
const labels = z
  .record(
    pattern(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/, "letters, digits and . _ / -, at most 63"),
    pattern(/^[A-Za-z0-9._-]{0,63}$/, "letters, digits and . _ -, at most 63"),
  )
  .default({})
  .describe("Free labels; nodes carry them as tags and as variables");
const kernel = z
  .enum(KERNEL_VARIANTS)
  .describe("standard, or realtime for a kernel with PREEMPT_RT; the nodes prove it");

const cpus = text(1, 200);
const tuning = z
  .strictObject({
    isolatedCpus: cpus
      .optional()
      .describe("CPUs that the scheduler leaves to whoever asks for them by name, such as 2-79"),
    nohzFull: cpus.optional().describe("CPUs whose timer stops while one task runs"),
    hugePages: z
      .array(
        z.strictObject({
          size: z.enum(HUGE_PAGE_SIZES).describe("Size of a page"),
          count: z.int().min(1).max(1_048_576).describe("Number of pages"),
        }),
      )
      .min(1)
      .optional()
      .describe("Huge pages that are set aside at boot"),
  })
  .describe("What the kernel is told at boot; nodes are restarted for it, and prove it");

const metal = z
  .strictObject({
    endpoint: apiEndpoint
      .default(LAB_ENDPOINT)
      .describe('"lab" for the embedded lab, or the URL of a Packet-style API'),
    dialect: z.enum(["packet"]).default("packet").describe("The API's flavour"),
    project: text(1, 80).describe("Name of the project that owns the devices"),
    createProject: z
      .boolean()
      .optional()
      .describe(
        "Make the project with the cluster and remove it with it; default: true in the lab, false elsewhere",
      ),
    metro: slug.describe("Code of the metro that the devices stand in, such as da"),
    capacity: z
      .array(slug)
      .min(1)
      .optional()
      .describe("Device plans, tried in this order when one is sold out"),
  })
  .describe("Machines from a Packet-style API");

const credentials = z
  .strictObject({
    username: secretName.describe("Secret variable that holds the user name"),
    password: secretName.describe("Secret variable that holds the password"),
  })
  .describe("Login of the mirror, by names out of bootstrap.secretVars: it is kept nowhere");

const endpoint = z.strictObject({
  url: httpUrl.describe("Where the mirror answers; a path is a prefix of the repositories"),
  mode: z
    .enum(["fallback", "only"])
    .default("fallback")
    .describe("fallback: the registry is asked when no mirror answers; only: never"),
  ca: path.optional().describe("File with the PEM certificates that the mirror is checked against"),
  insecure: z.boolean().default(false).describe("Do not check the mirror's certificate"),
  credentials: credentials.optional(),
});

const rewritesOf = (rewrites: Catalogue["rewrites"]) =>
  z
    .union([
      z.enum(rewrites.bases),
      z.strictObject({
        base: z.enum(rewrites.bases).default(rewrites.bases[0]).describe("Table to start from"),
        images: z
          .array(
            z.strictObject({
              from: text(1, 400).describe(
                "name:tag, name:* for every tag, or registry/* for all below it",
              ),
              to: text(1, 400).describe("What takes its place, in the same form"),
            }),
          )
          .default([])
          .describe("Rules that win over the table"),
      }),
    ])
    .describe(
      "Container images that have no arm64 build, and what takes their place; default: none",
    );

const registriesOf = ({ rewrites }: Catalogue) =>
  z
    .strictObject({
      mirrors: z
        .array(
          z.strictObject({
            registry: pattern(
              /^(\*|[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?)$/,
              "a host with an optional port, without scheme and path, or *",
            ).describe("Registry that is mirrored: docker.io, registry.example:5000, or * for all"),
            endpoints: z.array(endpoint).min(1).describe("Mirrors, asked in this order"),
          }),
        )
        .default([])
        .describe("Mirrors of container registries"),
      runtimes: z
        .array(z.enum(NODE_TARGETS))
        .min(1)
        .optional()
        .describe(
          "Runtimes that must be able to use every mirror; default: the deployment's own, else containerd and dockerd, each with what it can express",
        ),
      rewrites: rewritesOf(rewrites).optional(),
      images: z
        .array(text(1, 400))
        .optional()
        .describe("Container images that the mirrors are to hold, for armstead mirror sync"),
      verify: z
        .boolean()
        .optional()
        .describe(
          "Whether a plan asks mirrors and registries, from where Terraform runs, that each of the images, and of the deployment's, has linux/arm64; default false",
        ),
    })
    .describe("Where container images come from");

const bootstrap = z
  .strictObject({
    plays: z
      .array(path)
      .default([])
      .describe("Playbooks in Ansible's syntax, run in this order after the deployment's own"),
    vars: z.record(z.string(), z.json()).default({}).describe("Variables of every node"),
    secretVars: z
      .array(secretName)
      .default([])
      .describe(
        "Names of variables that are stored nowhere; Terraform takes the value of x from TF_VAR_x in its environment",
      ),
    secretVarsVersion: z
      .int()
      .min(1)
      .optional()
      .describe("Raise it when a secret changed, and all nodes run; default 1"),
    vaultPasswords: z
      .array(vaultLabel)
      .optional()
      .describe(
        "Labels of ansible-vault whose passwords are given, default for vaults without one; Terraform takes that of x from TF_VAR_vault_password_x, and stores it nowhere",
      ),
    forks: z.int().min(1).max(500).optional().describe("Nodes at work at a time; default 25"),
    drift: z
      .enum(["full", "fast", "off"])
      .optional()
      .describe(
        "How a refresh looks for changes on the nodes: full runs the plays in check mode, fast looks only at the files that they wrote; default full",
      ),
    destroyPlays: z
      .array(path)
      .optional()
      .describe("Playbooks that run before the nodes are destroyed; they know no secret variables"),
    runner: z
      .enum(["armstead", "ansible"])
      .optional()
      .describe("What runs plays; ansible: the ansible-playbook where Terraform runs"),
    via: z
      .enum(["provider", "null-provider"])
      .optional()
      .describe(
        "Which resource runs plays; null-provider: a null_resource that calls armstead play, without drift and per-node plans",
      ),
  })
  .describe("Plays of your own");

function deploymentOf({ kind, doc, options }: DeploymentRules) {
  return z.strictObject({ kind: z.literal(kind), ...options }).describe(doc);
}

function imageOf(catalogue: Catalogue) {
  const [first, ...others] = catalogue.images;
  const releases = catalogue.images.map(
    (it) => `${it.family}: ${[...it.releases.keys()].join(", ")}`,
  );
  return z
    .strictObject({
      family: z
        .enum([first.family, ...others.map(({ family }) => family)])
        .describe("Family of images"),
      release: text(1, 40)
        .optional()
        .describe(`Release, in quotes; the first is the default (${releases.join("; ")})`),
      ipxe: httpUrl
        .optional()
        .describe("Script of iPXE's that boots it, where the machine API does not install it"),
    })
    .describe("What nodes boot");
}

/** The usual roles, and those that deployments bring. */
export function rolesOf({ deployments }: Catalogue): readonly NodeRoleName[] {
  return [...new Set([...NODE_ROLES, ...deployments.flatMap(({ roles }) => roles)])];
}

/** The schema of a cluster file. Its input is what a user writes, its output has the plain defaults. */
export function clusterSchema(catalogue: Catalogue) {
  const image = imageOf(catalogue);
  const [firstKind, ...otherKinds] = catalogue.deployments;
  const pool = z.strictObject({
    name: dnsLabel.describe("Name of the pool; nodes are called <name>-0, <name>-1, …"),
    role: z.enum(rolesOf(catalogue)).describe("What the nodes do"),
    count: z.int().min(1).max(MAX_NODES).optional().describe("Number of nodes"),
    names: z
      .array(dnsLabel)
      .min(1)
      .max(MAX_NODES)
      .optional()
      .describe("Names of the nodes, instead of a count"),
    devicePlan: slug
      .optional()
      .describe("Device plan; default: the first of the substrate's capacity"),
    kernel: kernel.optional(),
    image: image.optional(),
    tuning: tuning.optional(),
    labels,
  });
  return z.strictObject({
    apiVersion: z.literal("armstead/v1").describe("Version of this format"),
    kind: z.literal("Cluster").describe("What this file describes"),
    metadata: z.strictObject({ name: dnsLabel.describe("Name of the cluster"), labels }),
    substrate: z.strictObject({ metal }).describe("Where the machines come from"),
    access: access.prefault({}),
    image: image.optional(),
    kernel: kernel.default("standard"),
    pools: z.array(pool).min(1).describe("Nodes, by what they do and what they are"),
    registries: registriesOf(catalogue).prefault({}),
    deployment: z
      .discriminatedUnion("kind", [deploymentOf(firstKind), ...otherKinds.map(deploymentOf)])
      .optional()
      .describe("What the nodes become together"),
    bootstrap: bootstrap.prefault({}),
  });
}

/** What the schema gives out, before defaults that depend on other values. */
export type ParsedCluster = z.output<ReturnType<typeof clusterSchema>>;
