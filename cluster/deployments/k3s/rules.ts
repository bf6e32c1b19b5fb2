/**
 * `k3s`: servers with embedded etcd, and agents. Source: k3s-io/docs (configuration, high availability with
 * embedded etcd, air-gap installation, private registries).
 */
import type { DeploymentRules } from "../../catalogue";
import type { ClusterSpec } from "../../config";
import { finding, type Finding } from "../../finding";
import { checkNetworks } from "../kubernetes/networks";
import { checkControlPlane, checkSecret } from "../kubernetes/rules";
import { type K3sOptions, k3sOptions } from "./options";

/** Options that follow from the cluster, and where to say it. */
const OWN_OPTIONS: Readonly<Record<string, string>> = {
  server: "it follows from the nodes",
  token: "use token, which names a secret variable",
  "token-file": "use token, which names a secret variable",
  "agent-token": "nodes join by one token",
  "agent-token-file": "nodes join by one token",
  "cluster-init": "it follows from the nodes",
  "cluster-reset": "it is no way to start a server for good",
  "node-name": "nodes have the cluster's names",
  "node-ip": "nodes have the machines' addresses",
  "cluster-cidr": "use podCidr",
  "service-cidr": "use serviceCidr",
  "cluster-dns": "use dnsAddress",
  disable: "use disable",
  "disable-default-registry-endpoint": "use registries.mirrors, with mode only",
  "private-registry": "use registries.mirrors",
};
/** Options of servers only: agents do not start with them. */
const SERVER_PREFIXES = ["etcd-", "kube-apiserver-", "kube-controller-manager-", "kube-scheduler-"];
const SERVER_OPTIONS = [
  "datastore-endpoint",
  "tls-san",
  "write-kubeconfig",
  "write-kubeconfig-mode",
  "flannel-backend",
  "secrets-encryption",
  "cluster-domain",
  "service-node-port-range",
  "disable-cloud-controller",
  "disable-network-policy",
  "disable-kube-proxy",
  "disable-helm-controller",
  "embedded-registry",
];

/** The rules of k3s. */
export const k3sRules: DeploymentRules = {
  kind: "k3s",
  doc: "k3s with embedded etcd: control-plane nodes are servers, which join one after the other; workers are agents",
  roles: ["control-plane", "worker"],
  runtime: "k3s",
  options: k3sOptions,
  check: (cluster) => [
    ...checkControlPlane(cluster),
    ...checkNetworks(cluster),
    ...checkSecret(cluster, "token"),
    ...(["config", "serverConfig"] as const).flatMap((key) => checkConfig(cluster, key)),
  ],
};

function checkConfig(cluster: ClusterSpec, at: "config" | "serverConfig"): Finding[] {
  const options = cluster.deployment as unknown as K3sOptions;
  // A plus adds to what another file of k3s' says.
  return Object.keys(options[at]).flatMap((given): Finding[] => {
    const name = given.replace(/\+$/, "");
    const say = (parts: { problem?: string; hint: string }): Finding[] => [
      finding("AS1255", ["deployment", at, given], cluster, { key: true, given, ...parts }),
    ];
    if (Object.hasOwn(OWN_OPTIONS, name)) return say({ hint: OWN_OPTIONS[name] ?? "" });
    if (name === "datastore-endpoint") {
      return say({
        problem: "the data is kept in embedded etcd: remove",
        hint: "use etcd-… options",
      });
    }
    const isOfServers =
      SERVER_OPTIONS.includes(name) || SERVER_PREFIXES.some((prefix) => name.startsWith(prefix));
    if (at === "serverConfig" || !isOfServers) return [];
    return say({
      problem: "agents do not know the option, which belongs to servers:",
      hint: "put it into serverConfig",
    });
  });
}
