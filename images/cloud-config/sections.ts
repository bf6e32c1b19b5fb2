/**
 * Sections of a cloud-config that are particular to CoreOS: programs of the image that are set up by
 * environment variables. Source: coreos/coreos-cloudinit, config/ at 1.4.1 (2015-05-12), the last release
 * before the ARM64 image was made; etcd2 came with 1.4.0.
 */

/** etcd of the 0.4 line: unit etcd.service. */
export interface EtcdSection {
  readonly name?: string;
  /** Address for clients, with port: `$private_ipv4:4001`. */
  readonly addr?: string;
  /** Address for other members, with port: `$private_ipv4:7001`. */
  readonly peer_addr?: string;
  /** URL of a discovery service. */
  readonly discovery?: string;
  /** Other members' peer addresses, with commas between them. */
  readonly peers?: string;
}

/** etcd of the 2 line: unit etcd2.service. */
export interface Etcd2Section {
  readonly name?: string;
  readonly advertise_client_urls?: string;
  readonly initial_advertise_peer_urls?: string;
  readonly listen_client_urls?: string;
  readonly listen_peer_urls?: string;
  readonly discovery?: string;
  readonly discovery_srv?: string;
  /** `name=http://address:port`, with commas between them. */
  readonly initial_cluster?: string;
  readonly initial_cluster_state?: "new" | "existing";
  readonly initial_cluster_token?: string;
  readonly proxy?: "on" | "off" | "readonly";
}

/** fleet: unit fleet.service. */
export interface FleetSection {
  /** `key=value`, with commas between them. */
  readonly metadata?: string;
  readonly public_ip?: string;
  readonly etcd_servers?: string;
}

/** flannel: unit flanneld.service. */
export interface FlannelSection {
  readonly etcd_endpoints?: string;
  readonly etcd_prefix?: string;
  readonly interface?: string;
}

/** Updates: /etc/coreos/update.conf. */
export interface UpdateSection {
  readonly group?: string;
  readonly server?: string;
  readonly reboot_strategy?: RebootStrategy;
}

/** `etcd-lock`: one machine at a time; `best-effort`: that where etcd runs; `off`: never. */
export type RebootStrategy = "best-effort" | "etcd-lock" | "reboot" | "off";

/** See the header. */
export interface CoreosSections {
  readonly etcd?: EtcdSection;
  readonly etcd2?: Etcd2Section;
  readonly fleet?: FleetSection;
  readonly flannel?: FlannelSection;
  readonly update?: UpdateSection;
}
