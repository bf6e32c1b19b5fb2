/** Codes of StarlingX' distributed cloud (AS137…, AS138…). Sources of the reasons: distributed cloud guides, distcloud-client, validate-config. */
import type { CodeEntry } from "./entry";

/** See the header. */
export const STARLINGX_SUBCLOUD_CODES = {
  AS1370: {
    title: "no central site of this configuration",
    why: "The system controller is highly available: All-in-one Simplex is refused (roles/bootstrap/validate-config).",
    fix: "Use one of the listed configurations for central.",
  },
  AS1371: {
    title: "the system controller needs a range of management addresses",
    why: "Gateways towards the subclouds take addresses of the central management network, so its range is explicit and leaves some free (roles/bootstrap/validate-config).",
    fix: "Set networks.management.range so that addresses of the subnet stay outside of it.",
  },
  AS1372: {
    title: "only subclouds have an admin network",
    why: "admin_subnet and admin_gateway_address are for subclouds: the bootstrap refuses them on a system controller (roles/bootstrap/validate-config), and elsewhere there is no central site to be reached.",
    fix: "Remove networks.admin.",
  },
  AS1373: {
    title: "the subcloud's management network is another site's too",
    why: "The central site routes to each subcloud, so their networks differ from each other and from its own.",
    fix: "Give the subcloud a management subnet of its own.",
  },
  AS1374: {
    title: "a subcloud lacks a value of its bootstrap",
    why: "dcmanager refuses to add a subcloud whose bootstrap values lack it, for simplex too (distributed cloud guide, bootstrap values).",
    fix: "Add the named key.",
  },
  AS1375: {
    title: "a pool belongs to no site, or to two",
    why: "Every pool is the central site's unless a subcloud names it; a subcloud's pools are its own.",
    fix: "Name each pool of a subcloud in exactly one subclouds[].pools.",
  },
  AS1376: {
    title: "the role is given by dcmanager",
    why: "dcmanager makes a site a subcloud; written by hand, the role breaks the bootstrap.",
    fix: "Remove distributed_cloud_role.",
  },
  AS1377: {
    title: "the name of a subcloud is used twice, or malformed",
    why: "Subclouds are told apart by name.",
    fix: "Give each subcloud a name of its own.",
  },
  AS1378: {
    title: "no gateway between the sites",
    why: "A gateway has an address of its management network outside of the range that hosts get: systemControllerGateway of the central one, networks.management.gateway of the subcloud's.",
    fix: "Use an address of the named subnet that no host gets.",
  },
  AS1380: {
    title: "too few addresses for a subcloud",
    why: "dcmanager wants two management or admin addresses for a simplex, five for others (starlingx/distcloud).",
    fix: "Widen the range.",
  },
  AS1381: {
    title: "two gateways towards the central site",
    why: "An admin network takes the place of the management network on that way, so dcmanager refuses both gateways.",
    fix: "Remove networks.management.gateway.",
  },
  AS1379: {
    title: "nothing to distribute",
    why: "A distributed cloud without a subcloud is its central site alone.",
    fix: "Add a subcloud, or deploy the central site's configuration by itself.",
  },
} as const satisfies Record<string, CodeEntry>;
