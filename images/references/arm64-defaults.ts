/**
 * Container images without an arm64 build, and what takes their place. Data only. Sources: the table of
 * images in the StarlingX-on-ARM notes (stx4arm), and StarlingX's own list of images (ansible-playbooks,
 * load-images-information); registry moves as announced by the Kubernetes project. A table grows old: that an image
 * has an arm64 manifest is to be asked of its registry, not of this file.
 */
import type { RewriteRule } from "./rewrite-rule";

/** See the header. */
export const ARM64_DEFAULTS: readonly RewriteRule[] = [
  {
    from: "docker.io/starlingx/armada-image:stx.7.0-v1.0.0",
    to: "docker.io/stx4arm/armada-image:stx.7.0-v1.0.0",
  },
  { from: "ghcr.io/helm/tiller:v2.16.9", to: "docker.io/stx4arm/tiller:v2.16.9" },
  {
    from: "ghcr.io/k8snetworkplumbingwg/sriov-cni:v2.6.3",
    to: "docker.io/stx4arm/sriov-cni:v2.6.3",
  },
  {
    from: "quay.io/stackanetes/kubernetes-entrypoint:v0.3.1",
    to: "docker.io/stx4arm/kubernetes-entrypoint:v0.3.1",
  },
  {
    from: "ghcr.io/k8snetworkplumbingwg/sriov-network-device-plugin:v3.5.1",
    to: "docker.io/stx4arm/sriov-network-device-plugin:v3.5.1",
  },
  // Its registry moves too: the next two rules lead to the same image.
  { from: "k8s.gcr.io/defaultbackend-amd64:1.5", to: "k8s.gcr.io/defaultbackend-arm64:1.5" },
  {
    from: "registry.k8s.io/defaultbackend-amd64:1.5",
    to: "registry.k8s.io/defaultbackend-arm64:1.5",
  },
  { from: "k8s.gcr.io/*", to: "registry.k8s.io/*" },
  { from: "quay.io/k8scsi/*", to: "registry.k8s.io/sig-storage/*" },
];
