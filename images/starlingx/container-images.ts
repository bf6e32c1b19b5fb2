/**
 * Container images of StarlingX 8 with Kubernetes 1.24.4: which have a build for arm64, and what replaces the others. Data only. Source:
 * StarlingX on ARM development status, lists "Pulled and used" and "Pulled but not used". A table grows old: the registry has the last word.
 */

/** One container image. */
export interface StarlingxContainerImage {
  readonly image: string;
  /** Whether pods run it; the others are pulled all the same. */
  readonly isUsed: boolean;
  /** What the source says; `unverified` where its own remark doubts it. */
  readonly arm64: "yes" | "no" | "unverified";
  /** What takes its place on arm64. */
  readonly replacement?: string;
  /** Whether the replacement's tag is that of the image, as the source gives none. */
  readonly isTagInferred?: boolean;
  readonly note?: string;
}

const USED: readonly Omit<StarlingxContainerImage, "isUsed">[] = [
  { image: "docker.io/fluxcd/helm-controller:v0.27.0", arm64: "yes" },
  { image: "docker.io/fluxcd/source-controller:v0.32.1", arm64: "yes" },
  {
    image: "docker.io/starlingx/armada-image:stx.7.0-v1.0.0",
    arm64: "no",
    replacement: "docker.io/stx4arm/armada-image:stx.7.0-v1.0.0",
    isTagInferred: true,
  },
  {
    image: "ghcr.io/helm/tiller:v2.16.9",
    arm64: "no",
    replacement: "docker.io/stx4arm/tiller:v2.16.9",
  },
  { image: "ghcr.io/k8snetworkplumbingwg/multus-cni:v3.9.2", arm64: "yes" },
  {
    image: "ghcr.io/k8snetworkplumbingwg/sriov-cni:v2.6.3",
    arm64: "no",
    replacement: "docker.io/stx4arm/sriov-cni:v2.6.3",
    isTagInferred: true,
  },
  {
    image: "k8s.gcr.io/coredns/coredns:v1.8.6",
    arm64: "unverified",
    note: "registry.k8s.io has an index of this tag with arm64; the source's list says no",
  },
  { image: "k8s.gcr.io/ingress-nginx/controller:v1.1.1", arm64: "yes" },
  { image: "k8s.gcr.io/kube-apiserver:v1.24.4", arm64: "yes" },
  { image: "k8s.gcr.io/kube-controller-manager:v1.24.4", arm64: "yes" },
  { image: "k8s.gcr.io/kube-proxy:v1.24.4", arm64: "yes" },
  { image: "k8s.gcr.io/kube-scheduler:v1.24.4", arm64: "yes" },
  { image: "k8s.gcr.io/pause:3.7", arm64: "yes" },
  { image: "quay.io/calico/kube-controllers:v3.24.0", arm64: "yes" },
  { image: "quay.io/calico/node:v3.24.0", arm64: "yes" },
  { image: "quay.io/jetstack/cert-manager-acmesolver:v1.7.1", arm64: "yes" },
  { image: "quay.io/jetstack/cert-manager-cainjector:v1.7.1", arm64: "yes" },
  { image: "quay.io/jetstack/cert-manager-controller:v1.7.1", arm64: "yes" },
  { image: "quay.io/jetstack/cert-manager-ctl:v1.7.1", arm64: "yes" },
  { image: "gcr.io/kubebuilder/kube-rbac-proxy:v0.11.0", arm64: "yes" },
];

const PULLED_ONLY: readonly Omit<StarlingxContainerImage, "isUsed">[] = [
  {
    image: "docker.io/starlingx/n3000-opae:stx.8.0-v1.0.2",
    arm64: "no",
    note: "for Intel FPGA only; leave it out",
  },
  { image: "docker.io/wind-river/cloud-platform-deployment-manager:WRCP_22.12", arm64: "no" },
  { image: "docker.io/wind-river/dm-monitor:WRCP_22.12-v1.0.0", arm64: "no" },
  {
    image: "quay.io/stackanetes/kubernetes-entrypoint:v0.3.1",
    arm64: "no",
    replacement: "docker.io/stx4arm/kubernetes-entrypoint:v0.3.1",
    isTagInferred: true,
  },
  {
    image: "ghcr.io/k8snetworkplumbingwg/sriov-network-device-plugin:v3.5.1",
    arm64: "no",
    replacement: "docker.io/stx4arm/sriov-network-device-plugin:v3.5.1",
  },
  {
    image: "k8s.gcr.io/defaultbackend-amd64:1.5",
    arm64: "no",
    replacement: "k8s.gcr.io/defaultbackend-arm64:1.5",
    isTagInferred: true,
  },
  { image: "k8s.gcr.io/etcd:3.5.3-0", arm64: "yes" },
  { image: "k8s.gcr.io/ingress-nginx/kube-webhook-certgen:v1.1.1", arm64: "yes" },
  { image: "quay.io/calico/cni:v3.24.0", arm64: "yes" },
  {
    image: "quay.io/k8scsi/snapshot-controller:v2.0.0-rc2",
    arm64: "no",
    note: "registry.k8s.io/sig-storage has newer ones with arm64",
  },
];

/** See the header; in the order of the source. */
export const STARLINGX_CONTAINER_IMAGES: readonly StarlingxContainerImage[] = [
  ...USED.map((it) => ({ ...it, isUsed: true })),
  ...PULLED_ONLY.map((it) => ({ ...it, isUsed: false })),
];
