/**
 * The coreos deployment: etcd members and proxies, docker, flannel and units. One description is written in three
 * ways, by what the nodes boot: plays (debian), Ignition (flatcar) or a cloud-config (coreos). Pure.
 */
import { type CoreosOptions, tryReadOptions } from "../../cluster/deployments/coreos/options";
import { contextOf, COREOS_ROLES, coreosRules } from "../../cluster/deployments/coreos/rules";
import {
  type CoreosContext,
  lineOf,
  namesOf,
} from "../../cluster/deployments/coreos/rules/context";
import { quoted } from "../../images/node-system/quoted";
import {
  type DeploymentDefinition,
  ofCluster,
  type UserDataContext,
} from "../deployment-definition";
import type { DeploymentKind } from "../deployment-kind";
import type { DeploymentPlay } from "../deployment-play";
import { quote } from "../expression";
import { knownDeep } from "../known";
import { shippedPlay } from "../shipped-play";
import { coreosCloudConfig } from "./coreos/cloud-config";
import { FLANNEL_PREFIX, flannelConfig } from "./coreos/flannel-config";
import { coreosIgnition } from "./coreos/ignition";
import type { CoreosNode } from "./coreos/node";
import { portsOf } from "./coreos/ports";
import { dockerDefinition } from "./docker";
import { etcdDefinition } from "./etcd";

/** The keys of a cluster file beside `kind`, where all but a few may be left out. */
export type CoreosDeploymentProps = DeepPartial<CoreosOptions>;

type DeepPartial<T> = T extends readonly (infer I)[]
  ? readonly DeepPartial<I>[]
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/** The kind, for cluster files. */
export const coreosKind: DeploymentKind<CoreosDeploymentProps> = {
  rules: coreosRules,
  define: coreosDefinition,
};

/** Stands for a node's name while user data are put together: neither JSON nor a URL has to escape it. */
const PLACEHOLDER = "x0armsteadNodeName0x";

/**
 * See the header.
 * @throws UserFault AS1604 for a token: configs are put together at synth
 */
export function coreosDefinition(given: CoreosDeploymentProps = {}): DeploymentDefinition {
  const props = knownDeep(given, "deployment");
  const options = tryReadOptions(props) ?? tryReadOptions({});
  return {
    rules: coreosRules,
    options: { ...props },
    plays: (cluster) => playsOf(contextOf(cluster)),
    vars: (cluster) => varsOf(contextOf(cluster)),
    ...(options?.docker === undefined ? {} : { daemonOptions: {} }),
    userData,
    endpoint: (nodes) => {
      // Ports are the usual ones wherever none is chosen, but for etcd 0.4.
      const line = options?.etcd.version?.replace(/^v/, "").startsWith("0.4.") ? "0.4" : "3";
      const { client } = portsOf({ options: options ?? NO_OPTIONS, line });
      const members = nodes.map(
        ["etcd-member"],
        `format(${quote("http://%s:%d")}, device.access_private_ipv4, ${client})`,
      );
      return `join(",", ${members})`;
    },
  };
}

const NO_OPTIONS: CoreosOptions = { etcd: {}, units: [] };

/** Plays of the node's programs, one after the other; none where nodes read what they are told. */
function playsOf(context: CoreosContext | undefined): readonly DeploymentPlay[] {
  if (context?.traits.by !== "plays") return [];
  const docker = dockerOf(context.options);
  return [
    shippedPlay("etcd"),
    ...(docker ? ofCluster(docker.plays ?? [], () => context.cluster) : []),
    shippedPlay("coreos"),
  ];
}

function varsOf(context: CoreosContext | undefined): Readonly<Record<string, unknown>> {
  if (context?.traits.by !== "plays") return {};
  const { options, cluster } = context;
  const { artifacts, version } = options.etcd;
  const etcd = etcdDefinition({
    ...(artifacts === undefined ? {} : { artifacts }),
    ...(version === undefined ? {} : { version }),
  });
  const docker = dockerOf(options);
  const vars = [etcd, ...(docker ? [docker] : [])].map((it) =>
    ofCluster(it.vars ?? {}, () => cluster),
  );
  return Object.assign({}, ...vars, ownVars(options)) as Readonly<Record<string, unknown>>;
}

function ownVars({ docker, flannel, units }: CoreosOptions): Readonly<Record<string, unknown>> {
  const ofRoles = units.map(({ roles = COREOS_ROLES, ...unit }) => ({ ...unit, roles }));
  return {
    coreos_has_docker: docker !== undefined && docker.engine !== "none",
    coreos_flannel_url: flannel?.artifacts?.url ?? "",
    coreos_flannel_checksum: flannel?.artifacts?.checksum ?? "",
    coreos_flannel_version: flannel?.version?.replace(/^v/, "") ?? "",
    coreos_flannel_interface: flannel?.interface ?? "",
    coreos_flannel_backend: flannel?.backend.type ?? "",
    coreos_flannel_key: `${FLANNEL_PREFIX}/config`,
    // Encoded, since JSON and units have braces and percent signs of their own.
    coreos_flannel_config: flannel ? encode(flannelConfig(flannel)) : "",
    coreos_units: ofRoles.map(({ name, contents = "", enabled, roles }) => ({
      name,
      contents: encode(contents),
      enabled,
      roles,
    })),
    coreos_dropins: ofRoles.flatMap(({ name: unit, dropins, roles }) =>
      dropins.map(({ name, contents }) => ({ unit, name, contents: encode(contents), roles })),
    ),
  };
}

function dockerOf({ docker }: CoreosOptions): DeploymentDefinition | undefined {
  if (docker?.engine === undefined) return undefined;
  const { engine, options } = docker;
  if (typeof engine === "string") return dockerDefinition({ engine, options });
  const { version, ...archive } = engine;
  return dockerDefinition({
    engine: { ...archive, ...(version === undefined ? {} : { version }) },
    options,
  });
}

/** What a pool's nodes are told when they first boot; nothing where plays tell them. */
function userData({ cluster, pool, nodeName }: UserDataContext): string | undefined {
  const context = contextOf(cluster);
  if (context === undefined || context.traits.by === "plays") return undefined;
  const node: CoreosNode = {
    cluster: cluster.metadata.name,
    name: PLACEHOLDER,
    role: pool.role,
    family: context.family,
    line: lineOf(context),
    members: namesOf(cluster, "etcd-member").sort(),
    options: context.options,
    sshKeys: [],
  };
  const text =
    context.traits.by === "ignition"
      ? coreosIgnition(node)
      : quoted(coreosCloudConfig(node), PLACEHOLDER);
  return text.replaceAll(PLACEHOLDER, nodeName);
}

function encode(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
