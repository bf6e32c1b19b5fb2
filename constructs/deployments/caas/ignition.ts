/**
 * What machines of a caas cluster are told when they boot: unknown ones run the discovery client, scheduled ones their
 * stores of etcd, or a way to them. Sources: JulienBalestra/enjoliver, discoveryC/main.go (environment) and
 * matchbox/ignition; etcd.io/docs, configuration flags. Pure.
 */
import type { Machine } from "../../../cluster/deployments/caas/machine";
import type { CaasOptions } from "../../../cluster/deployments/caas/options";
import { ignitionText, renderIgnition } from "../../../images/ignition/render";
import type { NodeSystem, SystemUnit } from "../../../images/node-system/node-system";
import { archiveFile, artifactUrl, unpackUnit } from "../coreos/archives";
import { type MachineNode, nameOf, podNetwork } from "./machine-node";

const CLIENT = "/opt/armstead/discovery";

/** The config of a machine that nobody knows yet. */
export function discoveryIgnition({ server, client, sshKeys }: CaasOptions): string {
  const contents = `[Unit]
Description=Tells the boot server what this machine is
Wants=network-online.target
After=network-online.target

[Service]
Environment=DISCOVERY_ADDRESS=${server.replace(/\/$/, "")}/discovery
Environment=PROC_CMDLINE=/proc/cmdline
Environment=PROC_BOOT_ID=/proc/sys/kernel/random/boot_id
ExecStart=${CLIENT}
Restart=always
RestartSec=30

[Install]
WantedBy=multi-user.target
`;
  const content = { url: artifactUrl(client), checksum: client.checksum };
  return textOf({
    users: usersOf(sshKeys),
    files: [{ path: CLIENT, content, mode: 0o755 }],
    units: [{ name: "discovery.service", enabled: true, contents }],
  });
}

/** The config of a machine that has its roles. */
export function machineIgnition(node: MachineNode): string {
  const { machine, roles, options } = node;
  const isMember = roles.includes("etcd-member");
  const lines = {
    NODE_NAME: nameOf(machine),
    NODE_ADDRESS: machine.boot.ipv4,
    NODE_ROLES: roles.join(","),
    POD_NETWORK: podNetwork(machine, options.podNetwork),
    SERVICE_NETWORK: options.serviceNetwork,
    CONTROL_PLANES: node.controlPlanes.map(({ boot }) => boot.ipv4).join(","),
  };
  const text = Object.entries(lines).map(([key, value]) => `${key}=${value}\n`);
  return textOf({
    hostname: nameOf(machine),
    users: usersOf(options.sshKeys),
    files: [
      archiveFile("etcd", options.etcd.artifacts),
      { path: "/etc/armstead/node.env", content: { text: text.join("") } },
    ],
    units: [
      unpackUnit("etcd", "/opt/bin/etcd"),
      ...Object.entries(options.etcd.stores).map(([store, ports]) =>
        isMember ? memberUnit(node, store, ports) : gatewayUnit(node, store, ports),
      ),
    ],
  });
}

/** Ports of a store. */
interface Ports {
  readonly client: number;
  readonly peer: number;
}

/** `name=http://address:port` of a store's members, in the order of their MAC addresses. */
export function initialCluster(members: readonly Machine[], { peer }: Ports): string {
  return members.map((it) => `${nameOf(it)}=http://${it.boot.ipv4}:${peer}`).join(",");
}

function memberUnit(node: MachineNode, store: string, ports: Ports): SystemUnit {
  const { cluster, machine, members } = node;
  const address = machine.boot.ipv4;
  const flags = [
    `--name=${nameOf(machine)}`,
    `--data-dir=/var/lib/etcd/${store}`,
    `--listen-peer-urls=http://${address}:${ports.peer}`,
    `--initial-advertise-peer-urls=http://${address}:${ports.peer}`,
    `--listen-client-urls=http://${address}:${ports.client},http://127.0.0.1:${ports.client}`,
    `--advertise-client-urls=http://${address}:${ports.client}`,
    `--initial-cluster-token=${cluster}-${store}`,
    `--initial-cluster=${initialCluster(members, ports)}`,
    "--initial-cluster-state=new",
  ];
  return {
    name: `etcd-${store}.service`,
    enabled: true,
    contents: `[Unit]
Description=Member of etcd's store ${store}
Requires=armstead-unpack-etcd.service
Wants=network-online.target
After=network-online.target armstead-unpack-etcd.service

[Service]
Type=notify
# A quorum may take its time.
TimeoutStartSec=0
Environment=ETCD_UNSUPPORTED_ARCH=arm64
ExecStartPre=/usr/bin/mkdir --parents --mode=0700 /var/lib/etcd/${store}
ExecStart=/opt/bin/etcd ${flags.join(" \\\n  ")}
Restart=always
RestartSec=5
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
`,
  };
}

function gatewayUnit({ members }: MachineNode, store: string, { client }: Ports): SystemUnit {
  const endpoints = members.map(({ boot }) => `${boot.ipv4}:${client}`).join(",");
  return {
    name: `etcd-${store}-gateway.service`,
    enabled: true,
    contents: `[Unit]
Description=Way to the members of etcd's store ${store}
Requires=armstead-unpack-etcd.service
Wants=network-online.target
After=network-online.target armstead-unpack-etcd.service

[Service]
Environment=ETCD_UNSUPPORTED_ARCH=arm64
ExecStart=/opt/bin/etcd gateway start --endpoints=${endpoints} --listen-addr=127.0.0.1:${client}
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`,
  };
}

function usersOf(sshKeys: readonly string[]): NonNullable<NodeSystem["users"]> {
  return sshKeys.length === 0 ? [] : [{ name: "core", sshKeys }];
}

function textOf(system: NodeSystem): string {
  return ignitionText(renderIgnition(system));
}
