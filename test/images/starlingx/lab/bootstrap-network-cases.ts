/** Rules of the bootstrap about subnets, ranges and addresses. */

/** One rule with what it takes and what it refuses. */
export interface Rule {
  readonly name: string;
  /** System type of the installer. @default All-in-one */
  readonly type?: "All-in-one" | "Standard";
  /** Lines beside the passwords; each block is taken. */
  readonly takes: readonly string[];
  /** Lines and words of the refusal. */
  readonly refuses: Readonly<Record<string, string>>;
}

/** A text of lines. */
export const lines = (...of: readonly string[]): string => of.join("\n");

const DUAL = [
  "management_subnet: 192.168.204.0/24,fd01::/64",
  "cluster_host_subnet: 192.168.206.0/24,fd02::/64",
  "cluster_pod_subnet: 172.16.0.0/16,fd03::/64",
  "cluster_service_subnet: 10.96.0.0/12,fd04::/112",
  "external_oam_subnet: 10.10.10.0/24,fd05::/64",
  "external_oam_gateway_address: 10.10.10.1,fd05::1",
  "external_oam_floating_address: 10.10.10.2,fd05::2",
  "management_multicast_subnet: 239.1.1.0/28,ff05::18:1:0/124",
];
const SIX = DUAL.map((it) => it.replace(/: [^,]*,/, ": "));
const without = (of: readonly string[], name: string, line: string): string =>
  lines(...of.filter((it) => !it.startsWith(`${name}:`)), line);

/** See the header. */
export const NETWORK_RULES: readonly Rule[] = [
  {
    name: "subnets are subnets",
    takes: ["management_subnet: 10.0.0.0/22"],
    refuses: {
      "management_subnet: 10.0.0.0": "Error parsing management_subnet:10.0.0.0",
      "management_subnet: 10.0.0.0/33": "Error parsing management_subnet:10.0.0.0/33",
      "management_subnet: 10.0.0.256/24": "Error parsing management_subnet",
      "cluster_pod_subnet: 1.2.3.4/5/6": "Error parsing cluster_pod_subnet",
    },
  },
  {
    name: "pxeboot is IPv4",
    takes: ["pxeboot_subnet: 169.254.202.0/24"],
    refuses: { "pxeboot_subnet: fd00::/64": "pxeboot_subnet subnet must always be IPv4" },
  },
  {
    name: "one IP family, or two everywhere",
    takes: [lines(...SIX), lines(...DUAL)],
    refuses: {
      "management_subnet: fd01::/64": "must have same family address type",
      [without(DUAL, "cluster_pod_subnet", "cluster_pod_subnet: 172.16.0.0/16")]:
        "To have dual-stack, cluster networks (pod, host, and service)",
      [lines(...DUAL.filter((it) => !it.startsWith("external_oam")))]:
        "OAM must have IPv4 and IPv6",
      "cluster_pod_subnet: 172.16.0.0/16,172.17.0.0/16": "the two must be of different IP families",
      [without(DUAL, "external_oam_floating_address", "external_oam_floating_address: 10.10.10.2")]:
        "must have as many addresses as its subnet",
    },
  },
  {
    name: "IPv6 prefixes",
    takes: [without(SIX, "management_subnet", "management_subnet: fd01::/96")],
    refuses: {
      [without(SIX, "management_subnet", "management_subnet: fd01::/60")]:
        "IPv6 minimum prefix length is 64",
    },
  },
  {
    name: "sizes of subnets",
    takes: [
      "cluster_pod_subnet: 172.16.0.0/16",
      "management_subnet: 192.168.204.0/30",
      "cluster_service_subnet: 10.96.0.0/12",
    ],
    refuses: {
      "cluster_pod_subnet: 172.16.0.0/17":
        "cluster_pod subnet must contain at least 65536 addresses",
      "cluster_service_subnet: 10.96.0.0/20": "cluster_service subnet must contain at least 65536",
      "cluster_service_subnet: 10.0.0.0/11": "must not contain more than 1048576 addresses",
      "management_multicast_subnet: 239.1.1.0/30":
        "multicast subnet must contain at least 6 addresses",
      "external_oam_subnet: 10.10.10.0/30": "oam subnet must contain at least 5 addresses",
      "system_mode: duplex\nmanagement_subnet: 192.168.204.0/30":
        "management subnet must contain at least 5 addresses",
    },
  },
  {
    name: "ranges",
    takes: [
      "management_start_address: 192.168.204.9\nmanagement_end_address: 192.168.204.9",
      "cluster_host_start_address: 192.168.206.2\ncluster_host_end_address: 192.168.206.99",
    ],
    refuses: {
      "management_start_address: 192.168.204.10\nmanagement_end_address: 192.168.204.9":
        "management start address must be less than or equal to end address.",
      "external_oam_start_address: 10.10.10.9\nexternal_oam_end_address: 10.10.10.9":
        "oam start address must be less than end address.",
      "management_start_address: 192.168.205.1\nmanagement_end_address: 192.168.205.9":
        "management start or end address must be within its subnet range.",
      "cluster_host_end_address: nowhere": "Error parsing cluster_host_end_address:nowhere",
      "system_mode: duplex\ncluster_host_start_address: 192.168.206.2\ncluster_host_end_address: 192.168.206.3":
        "cluster_host address range must contain at least 3 addresses",
    },
  },
  {
    name: "multicast",
    takes: ["management_multicast_subnet: 224.0.0.0/24"],
    refuses: {
      "management_multicast_subnet: 240.0.0.0/24": "Invalid multicast subnet",
      "management_multicast_subnet: 192.168.0.0/24": "Invalid multicast subnet",
    },
  },
  {
    name: "addresses of the outside",
    takes: ["external_oam_floating_address: 10.10.10.3"],
    refuses: {
      "external_oam_floating_address: 10.10.11.3": "is not within external_oam_subnet",
      "external_oam_gateway_address: 10.10.10.2": "must differ",
      "system_mode: duplex\nexternal_oam_node_0_address: 10.10.10.2": "must differ",
    },
  },
  {
    name: "admin network",
    takes: ["admin_subnet: 192.168.210.0/24\nadmin_gateway_address: 192.168.210.1"],
    refuses: {
      "admin_gateway_address: 192.168.210.1": "admin_gateway_address needs admin_subnet",
      "admin_subnet: fd09::/64": "Admin and mgmt must have same family address type",
      "admin_subnet: 192.168.210.0/24\nadmin_gateway_address: 192.168.211.1":
        "admin_gateway_address is not within admin_subnet",
    },
  },
  {
    name: "allocation of addresses",
    takes: ["management_dynamic_address_allocation: false"],
    refuses: {
      "management_dynamic_address_allocation: maybe":
        "management_dynamic_address_allocation is misconfigured",
      'cluster_host_dynamic_address_allocation: "yes"':
        "cluster_host_dynamic_address_allocation is misconfigured",
    },
  },
];
