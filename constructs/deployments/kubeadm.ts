/** The kubeadm deployment: what its play needs. Pure. */
import type { DeploymentRules, TextFile } from "../../cluster";
import { type KubeadmOptions, kubeadmOptions } from "../../cluster/deployments/kubeadm/options";
import { kubeadmRules } from "../../cluster/deployments/kubeadm/rules";
import { dnsAddressOf } from "../../cluster/deployments/kubernetes/networks";
import type { DeploymentDefinition } from "../deployment-definition";
import type { DeploymentKind } from "../deployment-kind";
import { quote } from "../expression";
import { kernelPlay, kernelVars } from "../kernel-requirements";
import { shippedPlay } from "../shipped-play";
import { textFile } from "../text-file";

/** Where nodes get something from. */
export interface KubeadmArtifact {
  readonly url: string;
  /** `sha256:<hex>`, or `sha256:<URL of a SHA256SUMS file>`. */
  readonly checksum: string;
}

/** Options of {@link Deployment.kubeadm}. */
export interface KubeadmDeploymentProps {
  /** Version of Kubernetes, and of kubeadm: `v1.34.2`. */
  readonly version: string;
  /** @default - that of Kubernetes */
  readonly kubeletVersion?: string;
  /** @default - that of Kubernetes */
  readonly kubectlVersion?: string;
  /** Programs. */
  readonly kubeadm: KubeadmArtifact;
  readonly kubelet: KubeadmArtifact;
  readonly kubectl: KubeadmArtifact;
  readonly runc: KubeadmArtifact;
  /** Archive with bin/containerd in it. */
  readonly containerd: KubeadmArtifact & { readonly version: string };
  /** Archive with the plugins at its top. */
  readonly cniPlugins: KubeadmArtifact;
  /** Archive of container images. @default - they are pulled */
  readonly images?: KubeadmArtifact;
  /** Manifests that are applied once the control plane is up, or their path. @default - none */
  readonly manifest?: string | TextFile;
  /** Name of the secret variable that holds the token by which nodes join. */
  readonly token: string;
  /** Name of the secret variable that holds the key of shared certificates. @default - none, for one control-plane node */
  readonly certificateKey?: string;
  /** Hash of the cluster's CA. @default - the token alone proves the cluster */
  readonly caCertHash?: string;
  /** DNS name or virtual address of the control plane. @default - the address of the only control-plane node */
  readonly controlPlaneEndpoint?: string;
  /** @default 10.244.0.0/16 */
  readonly podCidr?: string;
  /** @default 10.96.0.0/12 */
  readonly serviceCidr?: string;
  /** @default - the tenth address of the services' network */
  readonly dnsAddress?: string;
  /** @default registry.k8s.io */
  readonly imageRepository?: string;
  /** @default 3.10 */
  readonly pauseTag?: string;
}

/** Manifests are the API server's matter. */
const judgeManifest = (): readonly [] => [];
const rules: DeploymentRules = { ...kubeadmRules, files: { manifest: judgeManifest } };

/** The kind, for cluster files. */
export const kubeadmKind: DeploymentKind<KubeadmDeploymentProps> = {
  rules,
  define: kubeadmDefinition,
};

/**
 * See the header.
 * @throws UserFault AS1211, AS1604 for manifests that cannot be read
 */
export function kubeadmDefinition({
  manifest,
  ...props
}: KubeadmDeploymentProps): DeploymentDefinition {
  const file =
    manifest === undefined ? undefined : textFile(manifest, "deployment.manifest", judgeManifest);
  const options: KubeadmOptions = {
    podCidr: kubeadmOptions.podCidr.parse(undefined),
    serviceCidr: kubeadmOptions.serviceCidr.parse(undefined),
    imageRepository: kubeadmOptions.imageRepository.parse(undefined),
    pauseTag: kubeadmOptions.pauseTag.parse(undefined),
    ...props,
    ...(file === undefined ? {} : { manifest: file.written }),
  };
  const endpoint = withPort(options.controlPlaneEndpoint);
  return {
    rules,
    options,
    plays: [kernelPlay(), shippedPlay("kubeadm")],
    vars: { ...kernelVars("k8s"), ...kubeadmVars(options, endpoint, file) },
    endpoint: (nodes) => {
      if (endpoint !== "") return quote(`https://${endpoint}`);
      const servers = nodes.map(["control-plane"], "device.access_public_ipv4");
      return `format(${quote("https://%s:6443")}, ${servers}[0])`;
    },
  };
}

function kubeadmVars(
  options: KubeadmOptions,
  endpoint: string,
  manifest: TextFile | undefined,
): Readonly<Record<string, unknown>> {
  const { version, kubeletVersion = version, kubectlVersion = version, certificateKey } = options;
  const { containerd, cniPlugins, images, kubeadm, kubelet, kubectl, runc } = options;
  return {
    kubeadm_version: version,
    kubeadm_programs: [
      { name: "kubeadm", ...kubeadm, version },
      { name: "kubelet", ...kubelet, version: kubeletVersion },
      { name: "kubectl", ...kubectl, version: kubectlVersion },
      { name: "runc", ...runc, version: "" },
    ],
    kubeadm_containerd: { ...containerd, version: containerd.version.replace(/^v/, "") },
    kubeadm_cni_plugins: cniPlugins,
    kubeadm_images: images ?? { url: "", checksum: "" },
    // The values come to the nodes by the variables that are named: they are nowhere else.
    kubeadm_shared_token: `{{ ${options.token} }}`,
    kubeadm_certificate_key: certificateKey === undefined ? "" : `{{ ${certificateKey} }}`,
    kubeadm_ca_cert_hash: options.caCertHash ?? "",
    kubeadm_endpoint: endpoint,
    kubeadm_pod_cidr: options.podCidr,
    kubeadm_service_cidr: options.serviceCidr,
    kubeadm_dns_address: dnsAddressOf(options),
    kubeadm_image_repository: options.imageRepository,
    kubeadm_pause_image: `${options.imageRepository}/pause:${options.pauseTag}`,
    kubeadm_manifest: Buffer.from(manifest?.content ?? "").toString("base64"),
  };
}

/** With the API server's port where none was given. */
function withPort(endpoint: string | undefined): string {
  if (endpoint === undefined) return "";
  return /:\d+$/.test(endpoint.replace(/^\[[^\]]*\]/, "")) ? endpoint : `${endpoint}:6443`;
}
