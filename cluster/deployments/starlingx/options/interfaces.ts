/** Keys of interfaces: which port of a host carries what. Source of the words: starlingx/config, interface_network. */
import { z } from "zod";
import { pattern } from "../../../schema-values";

/** What interfaces are for. */
export const INTERFACE_CLASSES = [
  "platform",
  "data",
  "pci-sriov",
  "pci-passthrough",
  "none",
] as const;
/** Networks that platform interfaces carry. */
export const PLATFORM_NETWORKS = ["oam", "mgmt", "cluster-host", "pxeboot", "admin"] as const;
/** One of {@link PLATFORM_NETWORKS}. */
export type PlatformNetwork = (typeof PLATFORM_NETWORKS)[number];

const interfaceSchema = z.strictObject({
  port: pattern(
    /^[A-Za-z][A-Za-z0-9_.-]{0,14}$/,
    "the name of a port, such as enp1s0f0; a letter and up to 14 more characters",
  ).describe("Port of the host, as StarlingX lists it"),
  networks: z
    .array(z.enum(PLATFORM_NETWORKS))
    .min(1)
    .optional()
    .describe("Platform networks that it carries"),
  class: z
    .enum(INTERFACE_CLASSES)
    .optional()
    .describe("What it is for; default: platform with networks, data without"),
  driver: pattern(/^[a-z0-9][a-z0-9_.-]{0,40}$/, "the name of a driver, such as mlx5_core")
    .optional()
    .describe("Its driver, to be told what arm64 lacks of it"),
});

/** One interface. */
export type InterfaceOptions = z.output<typeof interfaceSchema>;

/** See the header. */
export const interfaces = z
  .record(
    pattern(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, "the name of a role or of a pool"),
    z.array(interfaceSchema).min(1),
  )
  .describe(
    "Interfaces of the hosts, by role (controller, worker, storage) or by pool, which wins",
  );
