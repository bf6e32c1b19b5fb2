/** Keys of a site's networks. Forms that need a reason beside them are judged by the rules, not here. */
import { z } from "zod";
import { text } from "../../../schema-values";

const subnet = text(1, 90);
const address = text(1, 90);

const range = z
  .strictObject({
    start: address.describe("First address that hosts get"),
    end: address.describe("Last address that hosts get"),
  })
  .describe("Addresses that hosts get; default: all of the subnet");

const plain = z.strictObject({
  subnet: subnet.optional().describe("address/prefix; two joined by a comma make dual-stack"),
  range: range.optional(),
});

/** Whether hosts get addresses by themselves. */
const dynamic = z
  .boolean()
  .optional()
  .describe("Hosts get their addresses by themselves; default true");

/** Keys of `networks`. */
export const NETWORKS = {
  oam: plain
    .extend({
      gateway: address.optional().describe("Gateway of the OAM network"),
      floating: address.optional().describe("Address that follows the active controller"),
      controllers: z
        .array(address)
        .length(2)
        .optional()
        .describe("Addresses of controller-0 and controller-1; default: the two behind floating"),
    })
    .optional()
    .describe("Operation, administration and maintenance: how the site is reached"),
  management: plain
    .extend({
      dynamic,
      gateway: address.optional().describe("Gateway towards the central site, of a subcloud"),
    })
    .optional()
    .describe("Between hosts; default 192.168.204.0/24"),
  clusterHost: plain
    .extend({ dynamic })
    .optional()
    .describe("Between hosts, for Kubernetes; default 192.168.206.0/24"),
  pod: plain.optional().describe("Pods; default 172.16.0.0/16"),
  service: plain.optional().describe("Services of Kubernetes; default 10.96.0.0/12"),
  pxeboot: plain.optional().describe("Network boot, IPv4 only; default 169.254.202.0/24"),
  multicast: plain.optional().describe("Multicast of the management; default 239.1.1.0/28"),
  admin: plain
    .extend({ gateway: address.optional().describe("Gateway of the admin network") })
    .optional()
    .describe("Of subclouds: replaces management on the way to the central site"),
};

const networksSchema = z.strictObject(NETWORKS);
/** `networks` as values. */
export type NetworksOptions = z.output<typeof networksSchema>;
/** Names of networks in cluster files. */
export type NetworkName = keyof NetworksOptions;

/** See the header. */
export const networks = networksSchema.describe("Subnets and addresses of the site");
