/** Keys of a distributed cloud: a central site, and the subclouds that it manages. */
import { z } from "zod";
import { DNS_LABEL } from "../../../../core/names";
import { pattern, text } from "../../../schema-values";
import { CONFIGURATION_NAMES } from "../configurations";
import { SITE_OPTIONS } from "./site";

const name = pattern(
  DNS_LABEL,
  "1 to 63 lower-case letters, digits and hyphens, starting with a letter",
);

// What the central site says for all, a subcloud does not say again.
const { passwords: _passwords, packages: _packages, ...ofSubcloud } = SITE_OPTIONS;

const subcloudSchema = z.strictObject({
  name: name.describe("Name of the subcloud; the names of its nodes begin with it and a hyphen"),
  configuration: z.enum(CONFIGURATION_NAMES).describe("What the subcloud's nodes become together"),
  pools: z.array(name).min(1).describe("Pools of the cluster that are the subcloud's"),
  description: text(1, 255).optional().describe("What the subcloud is, for people"),
  location: text(1, 255).optional().describe("Where it stands, for people"),
  systemControllerGateway: text(1, 90)
    .optional()
    .describe("Address of the central management network by which subclouds are reached"),
  manage: z.boolean().optional().describe("Whether the central site manages it; default true"),
  ...ofSubcloud,
});

/** A subcloud's keys as values. */
export type SubcloudOptions = z.output<typeof subcloudSchema>;

/** See the header. The central configuration is judged by a rule, which says why not aio-sx. */
export const DISTRIBUTED_CLOUD_OPTIONS = {
  central: z
    .enum(CONFIGURATION_NAMES)
    .optional()
    .describe("Configuration of the central site; default aio-dx"),
  subclouds: z.array(subcloudSchema).optional().describe("Sites that the central one manages"),
  ...SITE_OPTIONS,
};

/** A distributed cloud's keys as values. */
export type DistributedCloudOptions = z.output<z.ZodObject<typeof DISTRIBUTED_CLOUD_OPTIONS>>;
