/**
 * A node of a coreos cluster as a cloud-config for the image of 2015, which has etcd, docker, flannel and fleet.
 * Sources: coreos/coreos-cloudinit, Documentation/cloud-config.md at 1.4.1; coreos/etcd at 2.0,
 * Documentation/clustering.md; coreos/flannel 0.4, README. Pure.
 */
import { renderCloudConfig } from "../../../images/cloud-config/render";
import type {
  CoreosSections,
  Etcd2Section,
  EtcdSection,
} from "../../../images/cloud-config/sections";
import type { NodeSystem, SystemUnit } from "../../../images/node-system/node-system";
import { FLANNEL_PREFIX, flannelConfig } from "./flannel-config";
import { type CoreosNode, initialCluster, isMember, memberTable } from "./node";
import { portsOf } from "./ports";
import { dockerUnits, ownUnits } from "./units";

/** coreos-cloudinit puts the machine's address in its place. */
const OWN_ADDRESS = "$private_ipv4";

/** The text of the cloud-config. */
export function coreosCloudConfig(node: CoreosNode): string {
  const system: NodeSystem = {
    hostname: node.name,
    users: node.sshKeys.length > 0 ? [{ name: "core", sshKeys: node.sshKeys }] : [],
    units: [...flannelUnits(node), ...dockerUnits(node), ...ownUnits(node)],
  };
  return renderCloudConfig(system, sections(node));
}

function sections(node: CoreosNode): CoreosSections {
  const { fleet, flannel, update } = node.options;
  const { client } = portsOf(node);
  const metadata = Object.entries(fleet?.metadata ?? {}).map(([key, value]) => `${key}=${value}`);
  return {
    ...(node.line === "2" ? { etcd2: etcd2(node) } : { etcd: etcd(node) }),
    ...(fleet ? { fleet: { public_ip: OWN_ADDRESS, ...joined("metadata", metadata) } } : {}),
    ...(flannel
      ? {
          flannel: {
            // Members and proxies alike listen there.
            etcd_endpoints: `http://127.0.0.1:${client}`,
            etcd_prefix: FLANNEL_PREFIX,
            ...(flannel.interface === undefined ? {} : { interface: flannel.interface }),
          },
        }
      : {}),
    ...(update
      ? {
          update: {
            ...(update.group === undefined ? {} : { group: update.group }),
            ...(update.server === undefined ? {} : { server: update.server }),
            ...(update.enabled ? {} : { reboot_strategy: "off" as const }),
            ...(update.reboot === undefined ? {} : { reboot_strategy: update.reboot }),
          },
        }
      : {}),
  };
}

function etcd2(node: CoreosNode): Etcd2Section {
  const { client, peer } = portsOf(node);
  const { discovery, discoverySrv } = node.options.etcd;
  const found = {
    ...(discovery === undefined ? {} : { discovery }),
    ...(discoverySrv === undefined ? {} : { discovery_srv: discoverySrv }),
    ...(memberTable(node).length === 0 ? {} : { initial_cluster: initialCluster(node, peer) }),
  };
  if (!isMember(node)) {
    return { ...found, proxy: "on", listen_client_urls: `http://127.0.0.1:${client}` };
  }
  return {
    ...found,
    name: node.name,
    initial_cluster_token: node.cluster,
    ...(discovery === undefined ? { initial_cluster_state: "new" as const } : {}),
    advertise_client_urls: `http://${OWN_ADDRESS}:${client}`,
    initial_advertise_peer_urls: `http://${OWN_ADDRESS}:${peer}`,
    listen_client_urls: `http://0.0.0.0:${client}`,
    listen_peer_urls: `http://${OWN_ADDRESS}:${peer}`,
  };
}

/** etcd 0.4 makes every node a member or a standby by itself. */
function etcd(node: CoreosNode): EtcdSection {
  const { client, peer } = portsOf(node);
  const peers = memberTable(node).map(([, address]) => `${address}:${peer}`);
  const { discovery } = node.options.etcd;
  return {
    name: node.name,
    addr: `${OWN_ADDRESS}:${client}`,
    peer_addr: `${OWN_ADDRESS}:${peer}`,
    ...(discovery === undefined ? {} : { discovery }),
    ...joined("peers", peers),
  };
}

/** flanneld waits until its settings are in etcd: every node puts the same ones there. */
function flannelUnits({ options, line }: CoreosNode): SystemUnit[] {
  if (options.flannel === undefined) return [];
  const config = flannelConfig(options.flannel);
  const etcdUnit = line === "2" ? "etcd2.service" : "etcd.service";
  const contents = `[Unit]
Requires=${etcdUnit}
After=${etcdUnit}

[Service]
ExecStartPre=/usr/bin/etcdctl set ${FLANNEL_PREFIX}/config '${config}'
`;
  return [{ name: "flanneld.service", dropins: [{ name: "50-network-config.conf", contents }] }];
}

function joined<K extends string>(key: K, items: readonly string[]): Partial<Record<K, string>> {
  return items.length === 0 ? {} : ({ [key]: items.join(",") } as Record<K, string>);
}
