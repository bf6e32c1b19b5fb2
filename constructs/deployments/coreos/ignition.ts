/**
 * A node of a coreos cluster as an Ignition config for Flatcar, which has docker and nothing else of it: etcd and
 * flannel come as archives, with their hashes. Sources: flatcar.org/docs/latest (units, update.conf, metadata);
 * etcd.io/docs, configuration flags; flannel-io/flannel, Documentation/running.md. Pure.
 */
import { UPDATE_CONF, updateConf } from "../../../images/flatcar/update-conf";
import { ignitionText, renderIgnition } from "../../../images/ignition/render";
import type {
  NodeSystem,
  SystemDropin,
  SystemFile,
  SystemUnit,
} from "../../../images/node-system/node-system";
import { NODE_ADDRESS_SCRIPT } from "./address-script";
import { archiveFile, unpackUnit } from "./archives";
import { FLANNEL_PREFIX, flannelConfig } from "./flannel-config";
import { type CoreosNode, initialCluster, isMember, memberTable, memberUrls } from "./node";
import { portsOf } from "./ports";
import { dockerUnits, ownUnits } from "./units";

/** /usr is read-only. */
const BIN = "/opt/bin";
const DOCKER_OPTS = "/run/flannel/flannel_docker_opts.env";

/** The text of the config. */
export function coreosIgnition(node: CoreosNode): string {
  return ignitionText(renderIgnition(flatcarSystem(node)));
}

/** What the node is told. */
export function flatcarSystem(node: CoreosNode): NodeSystem {
  const { etcd, flannel } = node.options;
  return {
    hostname: node.name,
    users: node.sshKeys.length > 0 ? [{ name: "core", sshKeys: node.sshKeys }] : [],
    files: [
      ...(etcd.artifacts ? [archiveFile("etcd", etcd.artifacts)] : []),
      ...(flannel?.artifacts ? [archiveFile("flannel", flannel.artifacts)] : []),
      ...memberFiles(node),
      ...updateFiles(node),
    ],
    units: [
      ...(etcd.artifacts ? [unpackUnit("etcd", `${BIN}/etcd`)] : []),
      ...(flannel?.artifacts ? [unpackUnit("flannel", `${BIN}/flanneld`)] : []),
      isMember(node) ? memberUnit(node) : gatewayUnit(node),
      ...flannelUnits(node),
      ...dockerUnits(node, flannelDropins(node)),
      ...lockUnits(node),
      ...ownUnits(node),
    ],
  };
}

/** The table that a member finds its own address in, and the program that looks it up. */
function memberFiles(node: CoreosNode): SystemFile[] {
  if (!isMember(node)) return [];
  const table = memberTable(node).map((it) => `${it.join(" ")}\n`);
  return [
    { path: "/etc/etcd/members", content: { text: table.join("") } },
    { path: "/opt/armstead/node-address", content: { text: NODE_ADDRESS_SCRIPT }, mode: 0o755 },
  ];
}

function memberUnit(node: CoreosNode): SystemUnit {
  const { client, peer } = portsOf(node);
  const { discovery, discoverySrv } = node.options.etcd;
  const found =
    discovery !== undefined
      ? [`--discovery=${discovery}`]
      : discoverySrv !== undefined
        ? [`--discovery-srv=${discoverySrv}`, "--initial-cluster-state=new"]
        : [`--initial-cluster=${initialCluster(node, peer)}`, "--initial-cluster-state=new"];
  const flags = [
    `--name=${node.name}`,
    "--data-dir=/var/lib/etcd",
    `--listen-peer-urls=http://\${NODE_ADDRESS}:${peer}`,
    `--initial-advertise-peer-urls=http://\${NODE_ADDRESS}:${peer}`,
    `--listen-client-urls=http://\${NODE_ADDRESS}:${client},http://127.0.0.1:${client}`,
    `--advertise-client-urls=http://\${NODE_ADDRESS}:${client}`,
    `--initial-cluster-token=${node.cluster}`,
    ...found,
  ];
  return {
    name: "etcd-member.service",
    enabled: true,
    contents: `[Unit]
Description=Member of etcd
Requires=armstead-unpack-etcd.service
Wants=network-online.target coreos-metadata.service
After=network-online.target coreos-metadata.service armstead-unpack-etcd.service

[Service]
Type=notify
# A quorum may take its time.
TimeoutStartSec=0
Environment=ETCD_UNSUPPORTED_ARCH=arm64
EnvironmentFile=-/run/metadata/flatcar
ExecStartPre=/opt/armstead/node-address ${node.name}
ExecStartPre=/usr/bin/mkdir --parents --mode=0700 /var/lib/etcd
EnvironmentFile=-/run/armstead/node-address
ExecStart=${BIN}/etcd ${flags.join(" \\\n  ")}
Restart=always
RestartSec=5
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
`,
  };
}

/** What is no member has a way to the members on its own address 127.0.0.1. */
function gatewayUnit(node: CoreosNode): SystemUnit {
  const { client } = portsOf(node);
  const { discoverySrv } = node.options.etcd;
  const members = memberTable(node).map(([, address]) => `${address}:${client}`);
  const found =
    discoverySrv === undefined
      ? `--endpoints=${members.join(",")}`
      : `--discovery-srv=${discoverySrv}`;
  return {
    name: "etcd-gateway.service",
    enabled: true,
    contents: `[Unit]
Description=Way to the members of etcd
Requires=armstead-unpack-etcd.service
Wants=network-online.target
After=network-online.target armstead-unpack-etcd.service

[Service]
Environment=ETCD_UNSUPPORTED_ARCH=arm64
ExecStart=${BIN}/etcd gateway start ${found} --listen-addr=127.0.0.1:${client}
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`,
  };
}

function flannelUnits(node: CoreosNode): SystemUnit[] {
  const { flannel } = node.options;
  if (flannel === undefined) return [];
  const { client } = portsOf(node);
  const endpoints = memberUrls(node, client) || `http://127.0.0.1:${client}`;
  const etcdUnit = isMember(node) ? "etcd-member.service" : "etcd-gateway.service";
  const iface = flannel.interface === undefined ? "" : ` --iface=${flannel.interface}`;
  const contents = `[Unit]
Description=Network of containers
Requires=armstead-unpack-flannel.service
Wants=network-online.target ${etcdUnit}
After=network-online.target armstead-unpack-flannel.service ${etcdUnit}
Before=docker.service

[Service]
Type=notify
# A quorum may take its time.
TimeoutStartSec=0
ExecStartPre=/usr/sbin/modprobe --all br_netfilter vxlan
ExecStartPre=${BIN}/etcdctl --endpoints=${endpoints} put ${FLANNEL_PREFIX}/config '${flannelConfig(flannel)}'
ExecStart=${BIN}/flanneld --etcd-endpoints=${endpoints} --etcd-prefix=${FLANNEL_PREFIX} --ip-masq${iface}
ExecStartPost=${BIN}/mk-docker-opts.sh -d ${DOCKER_OPTS} -i
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
  return [{ name: "flanneld.service", enabled: true, contents }];
}

/** The part of the network that this node got, as flags of dockerd: the image's unit has room for them. */
function flannelDropins({ options }: CoreosNode): SystemDropin[] {
  const contents = `[Unit]\nAfter=flanneld.service\n\n[Service]\nEnvironmentFile=-${DOCKER_OPTS}\n`;
  return options.flannel === undefined ? [] : [{ name: "50-flannel.conf", contents }];
}

/** Where updates come from, and when a new version starts. */
function updateFiles({ options }: CoreosNode): SystemFile[] {
  const text = updateConf(options.update ?? {});
  return text === "" ? [] : [{ path: UPDATE_CONF, content: { text }, overwrite: true }];
}

/** Who takes turns at restarts asks etcd. */
function lockUnits(node: CoreosNode): SystemUnit[] {
  const { update } = node.options;
  if (update?.reboot !== "etcd-lock") return [];
  const endpoint = `http://127.0.0.1:${portsOf(node).client}`;
  const contents = `[Service]\nEnvironment="LOCKSMITHD_ENDPOINT=${endpoint}"\n`;
  return [
    {
      name: "locksmithd.service",
      enabled: true,
      dropins: [{ name: "40-etcd.conf", contents }],
    },
  ];
}
