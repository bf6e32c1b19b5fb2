/** Keys of a kubeadm deployment. */
import type { z } from "zod";
import { path, pattern } from "../../schema-values";
import { secretName } from "../../secret-name";
import { artifact } from "../artifact";
import { networkOptions } from "../kubernetes/networks";

const VERSION = /^v1\.\d+\.\d+$/;
const version = pattern(VERSION, "a version such as v1.34.2");

/** See the header. */
export const kubeadmOptions = {
  version: version.describe("Version of Kubernetes: of the control plane, and of kubeadm"),
  kubeletVersion: version
    .optional()
    .describe("Version of the kubelet; default: that of Kubernetes"),
  kubectlVersion: version.optional().describe("Version of kubectl; default: that of Kubernetes"),
  kubeadm: artifact("The program kubeadm for arm64"),
  kubelet: artifact("The program kubelet for arm64"),
  kubectl: artifact("The program kubectl for arm64"),
  containerd: artifact("Archive of containerd for arm64, with bin/containerd in it")
    .extend({
      version: pattern(/^v?[12]\.\d+\.\d+$/, "a version such as 2.1.5").describe(
        "Version of containerd",
      ),
    })
    .describe("Archive of containerd for arm64, with bin/containerd in it"),
  runc: artifact("The program runc for arm64"),
  cniPlugins: artifact("Archive of the CNI plugins for arm64, with the plugins at its top"),
  images: artifact("Archive of container images, as ctr images export writes it")
    .optional()
    .describe("Archive of container images, for sites that pull nothing"),
  manifest: path
    .optional()
    .describe(
      "Manifests that are applied once the control plane is up: the pods' network, above all",
    ),
  token: secretName.describe(
    "Secret variable that holds the token by which nodes join: abcdef.0123456789abcdef",
  ),
  certificateKey: secretName
    .optional()
    .describe(
      "Secret variable that holds the key by which control-plane nodes hand on their certificates: 64 hex digits (kubeadm certs certificate-key)",
    ),
  caCertHash: pattern(/^sha256:[0-9a-f]{64}$/, "sha256:<64 hex digits>")
    .optional()
    .describe(
      "Hash of the cluster's CA, once it is known: joining nodes check it beside the token",
    ),
  controlPlaneEndpoint: pattern(
    /^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(:\d{1,5})?$/,
    "a DNS name or an IP address, with an optional port",
  )
    .optional()
    .describe(
      "DNS name or virtual address of the control plane; default with one node: its address",
    ),
  ...networkOptions({ podCidr: "10.244.0.0/16", serviceCidr: "10.96.0.0/12" }),
  imageRepository: pattern(
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9._-]+)*$/,
    "a registry with an optional path",
  )
    .default("registry.k8s.io")
    .describe("Where Kubernetes' own container images are; mirrors need no change of it"),
  pauseTag: pattern(/^\d+\.\d+(\.\d+)?$/, "a tag such as 3.10")
    .default("3.10")
    .describe("Tag of the pause image, which containerd keeps for every pod"),
};

/** A kubeadm deployment's keys as values. */
export type KubeadmOptions = z.output<z.ZodObject<typeof kubeadmOptions>>;
