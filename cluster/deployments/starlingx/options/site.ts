/** Keys of a site: what every configuration has, central sites and subclouds too. */
import { z } from "zod";
import { text } from "../../../schema-values";
import { SYSTEM_MODES } from "../configurations";
import { boot, hostLabels, hosts, passwords, plugins, words } from "./hosts";
import { interfaces } from "./interfaces";
import { networks } from "./networks";
import { additionalImages, dockerRegistries, proxy } from "./registries";
import { storage } from "./storage";

/** Gibibytes of a file system. */
const gib = z.int().min(1).max(100_000);

/** See the header. */
export const SITE_OPTIONS = {
  systemMode: z
    .enum(SYSTEM_MODES)
    .optional()
    .describe("Mode of the controllers; default: the configuration's own"),
  networks: networks.optional(),
  interfaces: interfaces.optional(),
  storage: storage.optional(),
  dns: z.array(text(1, 90)).optional().describe("DNS servers, 1 to 3; default 8.8.8.8, 8.8.4.4"),
  ntp: z
    .array(text(1, 255))
    .optional()
    .describe("NTP servers, 1 to 3; default 0.pool.ntp.org, 1.pool.ntp.org"),
  timezone: text(1, 60).optional().describe("Time zone, such as Europe/Berlin; default UTC"),
  dockerRegistries: dockerRegistries.optional(),
  additionalImages: additionalImages.optional(),
  proxy: proxy.optional(),
  dockerFsSize: gib.optional().describe("GiB of the containers' file system; default 40"),
  distributionFsSize: gib.optional().describe("GiB of the local registry; default 16"),
  boot: boot.optional(),
  enrol: z
    .enum(["discover", "pre-add"])
    .optional()
    .describe(
      "discover: hosts appear when they boot; pre-add: they are told before; default discover",
    ),
  hosts: hosts.optional(),
  labels: hostLabels.optional(),
  plugins: plugins.optional(),
  packages: words.optional().describe("StarlingX packages that the site relies on"),
  passwords: passwords.optional(),
  overrides: z
    .record(text(1, 80), z.json())
    .optional()
    .describe("Further variables of the bootstrap playbook, in its own words"),
};

/** A site's keys as values. */
export type SiteOptions = z.output<z.ZodObject<typeof SITE_OPTIONS>>;
