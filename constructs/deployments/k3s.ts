/** The k3s deployment: what its play needs. Pure. */
import { type K3sOptions, k3sOptions } from "../../cluster/deployments/k3s/options";
import { k3sRules } from "../../cluster/deployments/k3s/rules";
import { dnsAddressOf } from "../../cluster/deployments/kubernetes/networks";
import type { DeploymentDefinition } from "../deployment-definition";
import type { DeploymentKind } from "../deployment-kind";
import { quote } from "../expression";
import { kernelPlay, kernelVars } from "../kernel-requirements";
import { shippedPlay } from "../shipped-play";

/** Options of {@link Deployment.k3s}. */
export interface K3sDeploymentProps {
  /** Version that the program must report: `v1.31.4+k3s1`. */
  readonly version: string;
  /** The program, and its checksum. */
  readonly binary: { readonly url: string; readonly checksum: string };
  /** Archive of k3s' own container images, and its checksum. @default - they are pulled */
  readonly images?: { readonly url: string; readonly checksum: string };
  /** Name of the secret variable that holds the token by which nodes join. */
  readonly token: string;
  /** DNS name or virtual address that leads to the servers. @default - the first server's address */
  readonly endpoint?: string;
  /** Network of the pods. @default 10.42.0.0/16 */
  readonly podCidr?: string;
  /** Network of the services. @default 10.43.0.0/16 */
  readonly serviceCidr?: string;
  /** Address of the cluster's DNS. @default - the tenth of the services' network */
  readonly dnsAddress?: string;
  /** Parts that are left out: `traefik`. @default - none */
  readonly disable?: readonly string[];
  /** Options of k3s on every node. @default - none */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Options of k3s on servers. @default - none */
  readonly serverConfig?: Readonly<Record<string, unknown>>;
}

/** The kind, for cluster files. */
export const k3sKind: DeploymentKind<K3sDeploymentProps> = {
  rules: k3sRules,
  define: k3sDefinition,
};

/** See the header. */
export function k3sDefinition(props: K3sDeploymentProps): DeploymentDefinition {
  const options: K3sOptions = {
    podCidr: k3sOptions.podCidr.parse(undefined),
    serviceCidr: k3sOptions.serviceCidr.parse(undefined),
    ...props,
    binary: { ...props.binary },
    disable: [...(props.disable ?? [])],
    config: (props.config ?? {}) as K3sOptions["config"],
    serverConfig: (props.serverConfig ?? {}) as K3sOptions["serverConfig"],
  };
  return {
    rules: k3sRules,
    options,
    plays: [kernelPlay(), shippedPlay("k3s")],
    vars: { ...kernelVars("k3s"), ...k3sVars(options) },
    endpoint: (nodes) => {
      if (options.endpoint !== undefined)
        return quote(`https://${bracketed(options.endpoint)}:6443`);
      const servers = nodes.map(["control-plane"], "device.access_public_ipv4");
      return `format(${quote("https://%s:6443")}, ${servers}[0])`;
    },
  };
}

function k3sVars(options: K3sOptions): Readonly<Record<string, unknown>> {
  const { binary, images, endpoint } = options;
  return {
    k3s_version: options.version,
    k3s_binary_url: binary.url,
    k3s_binary_checksum: binary.checksum,
    k3s_images_url: images?.url ?? "",
    k3s_images_checksum: images?.checksum ?? "",
    // The value comes to the nodes by the variable that is named: it is nowhere else.
    k3s_shared_token: `{{ ${options.token} }}`,
    k3s_endpoint: endpoint === undefined ? "" : bracketed(endpoint),
    k3s_tls_sans: endpoint === undefined ? [] : [endpoint],
    k3s_config: options.config,
    k3s_server_config: {
      "cluster-cidr": options.podCidr,
      "service-cidr": options.serviceCidr,
      "cluster-dns": dnsAddressOf(options),
      ...(options.disable.length > 0 ? { disable: options.disable } : {}),
      ...options.serverConfig,
    },
  };
}

/** IPv6 addresses stand in brackets in URLs. */
function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
