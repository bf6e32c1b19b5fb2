/**
 * `kubeadm`: Kubernetes by its own tool. Sources: kubernetes/website (version skew policy, kubeadm's configuration
 * v1beta4, high availability with stacked etcd), and the notes of its releases for the runtime.
 */
import type { DeploymentRules } from "../../catalogue";
import type { ClusterSpec } from "../../config";
import { finding, type Finding } from "../../finding";
import { countNodes } from "../../pool-nodes";
import { checkNetworks } from "../kubernetes/networks";
import { checkControlPlane, checkSecret } from "../kubernetes/rules";
import { type KubeadmOptions, kubeadmOptions } from "./options";

/** First minor version of Kubernetes whose kubeadm reads v1beta4. */
const FIRST_MINOR = 31;
/** Minor versions that a kubelet may be older than the API server. */
const KUBELET_SKEW = 3;
/** First minor version of Kubernetes that takes no containerd of the 1.x line. */
const FIRST_WITH_CONTAINERD_2 = 36;
/** The oldest containerd that speaks version 1 of the interface. */
const OLDEST_CONTAINERD_MINOR = 6;

/** The rules of kubeadm. */
export const kubeadmRules: DeploymentRules = {
  kind: "kubeadm",
  doc: "Kubernetes by kubeadm, with containerd and stacked etcd: control-plane nodes join one after the other, then workers",
  roles: ["control-plane", "worker"],
  runtime: "containerd",
  options: kubeadmOptions,
  check: (cluster) => [
    ...checkControlPlane(cluster),
    ...checkNetworks(cluster),
    ...checkSecret(cluster, "token"),
    ...checkSecret(cluster, "certificateKey"),
    ...checkVersions(cluster),
    ...checkContainerd(cluster),
    ...checkEndpoint(cluster),
  ],
  containerImages,
};

/** Those whose tags follow from the version; etcd's and CoreDNS' are known to kubeadm alone. */
function containerImages(cluster: ClusterSpec): string[] {
  const { imageRepository, images, pauseTag, version } = optionsOf(cluster);
  // An archive has them: nothing is pulled.
  if (images !== undefined) return [];
  const parts = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy"];
  return [
    ...parts.map((it) => `${imageRepository}/${it}:${version}`),
    `${imageRepository}/pause:${pauseTag}`,
  ];
}

function optionsOf(cluster: ClusterSpec): KubeadmOptions {
  return cluster.deployment as unknown as KubeadmOptions;
}

/** The minor version; undefined for a token, which only Terraform knows. */
function minorOf(version: string): number | undefined {
  const [, minor] = /^v1\.(\d+)\.\d+$/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}

function checkVersions(cluster: ClusterSpec): Finding[] {
  const { version, kubeletVersion = version, kubectlVersion = version } = optionsOf(cluster);
  const [api, kubelet, kubectl] = [version, kubeletVersion, kubectlVersion].map(minorOf);
  if (api === undefined) return [];
  const tooNew = kubelet !== undefined && isNewer(kubeletVersion, version);
  const tooOld = kubelet !== undefined && api - kubelet > KUBELET_SKEW;
  return [
    ...(api < FIRST_MINOR
      ? [finding("AS1261", ["deployment", "version"], cluster, { given: version })]
      : []),
    ...(tooNew || tooOld
      ? [
          finding("AS1260", ["deployment", "kubeletVersion"], cluster, {
            problem: tooNew
              ? `a kubelet may not be newer than the API server, ${version}:`
              : `a kubelet may be ${KUBELET_SKEW} minor versions older than the API server, ${version}, and not`,
            given: kubeletVersion,
          }),
        ]
      : []),
    ...(kubectl !== undefined && Math.abs(api - kubectl) > 1
      ? [
          finding("AS1260", ["deployment", "kubectlVersion"], cluster, {
            problem: `kubectl may be one minor version away from the API server, ${version}, and not`,
            given: kubectlVersion,
          }),
        ]
      : []),
  ];
}

function isNewer(left: string, right: string): boolean {
  const numbers = (text: string): number[] => text.slice(1).split(".").map(Number);
  const [a, b] = [numbers(left), numbers(right)];
  const at = a.findIndex((it, n) => it !== b[n]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

function checkContainerd(cluster: ClusterSpec): Finding[] {
  const { version, containerd } = optionsOf(cluster);
  const api = minorOf(version);
  const [, major, minor] = /^v?([12])\.(\d+)\./.exec(containerd.version) ?? [];
  if (api === undefined || major === undefined || major === "2") return [];
  const say = (problem: string): Finding[] => [
    finding("AS1263", ["deployment", "containerd", "version"], cluster, {
      problem,
      given: containerd.version,
    }),
  ];
  if (Number(minor) < OLDEST_CONTAINERD_MINOR)
    return say("the kubelet needs containerd 1.6 or later, not");
  return api < FIRST_WITH_CONTAINERD_2 ? [] : say(`Kubernetes ${version} needs containerd 2, not`);
}

function checkEndpoint(cluster: ClusterSpec): Finding[] {
  const { controlPlaneEndpoint, certificateKey } = optionsOf(cluster);
  const count = cluster.pools
    .filter(({ role }) => role === "control-plane")
    .reduce((sum, pool) => sum + countNodes(pool), 0);
  if (count < 2) return [];
  return [
    ...(controlPlaneEndpoint === undefined
      ? [finding("AS1262", ["deployment", "controlPlaneEndpoint"], cluster, {})]
      : []),
    ...(certificateKey === undefined
      ? [
          finding("AS1204", ["deployment", "certificateKey"], cluster, {
            problem:
              'key "certificateKey" is missing; several control-plane nodes share certificates by it',
          }),
        ]
      : []),
  ];
}
