/**
 * The networks of a site: the bootstrap's names and defaults, and how large they have to be. Data only. Source:
 * starlingx/ansible-playbooks, host_vars/bootstrap/default.yml, roles/bootstrap/validate-config and
 * roles/common/validate-addresses.
 */
import type { NetworkName } from "./options/networks";

/** What holds for a network. */
export interface NetworkFacts {
  /** Start of its variables: `management` of management_subnet. */
  readonly variable: string;
  /** Subnet when none is given. Undefined: there is no such network then. */
  readonly subnet?: string;
  /** Fewest addresses of the subnet, all counted. */
  readonly least: number;
  /** The same with simplex. @default - least */
  readonly leastSimplex?: number;
  /** Most addresses. @default - any number */
  readonly most?: number;
  /** Whether a range may be a single address. @default false */
  readonly mayBeSingle?: boolean;
  /** Whether it shares the one IP family of the site. @default true */
  readonly isApart?: boolean;
  /** Whether Standard warns of a prefix that is not typical. @default false */
  readonly isTypical?: boolean;
}

/** See the header. */
export const NETWORK_TABLE: Readonly<Record<NetworkName, NetworkFacts>> = {
  oam: { variable: "external_oam", least: 5 },
  management: {
    variable: "management",
    subnet: "192.168.204.0/24",
    least: 5,
    leastSimplex: 3,
    mayBeSingle: true,
    isTypical: true,
  },
  clusterHost: {
    variable: "cluster_host",
    subnet: "192.168.206.0/24",
    least: 5,
    leastSimplex: 3,
    mayBeSingle: true,
    isTypical: true,
  },
  pod: { variable: "cluster_pod", subnet: "172.16.0.0/16", least: 65_536 },
  service: {
    variable: "cluster_service",
    subnet: "10.96.0.0/12",
    least: 65_536,
    most: 1_048_576,
  },
  pxeboot: {
    variable: "pxeboot",
    subnet: "169.254.202.0/24",
    least: 5,
    leastSimplex: 3,
    mayBeSingle: true,
    isApart: true,
    isTypical: true,
  },
  multicast: { variable: "management_multicast", subnet: "239.1.1.0/28", least: 6 },
  admin: { variable: "admin", least: 5, leastSimplex: 3, mayBeSingle: true },
};

/** Shortest prefix of an IPv6 subnet. */
export const SHORTEST_IPV6_PREFIX = 64;
/** Standard warns of prefixes below it. */
export const TYPICAL_PREFIX = 24;
/** A range may be so much smaller than the smallest subnet. */
export const RANGE_SLACK = 2;
