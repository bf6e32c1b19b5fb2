/**
 * Variables of the bootstrap playbook, made of a site: what localhost.yml holds. Secrets are not among them. Source of names and order:
 * starlingx/ansible-playbooks, host_vars/bootstrap/default.yml. Pure.
 */
import type { ClusterSpec } from "../../../cluster";
import {
  networksOf,
  oamOf,
  type SettledNetwork,
} from "../../../cluster/deployments/starlingx/networks";
import { hostsWith, type Site } from "../../../cluster/deployments/starlingx/site";
import { STARLINGX_CA } from "../../mirrors/starlingx";
import { dockerRegistries } from "./registries";

/** Values by the bootstrap's names. */
export type Overrides = Readonly<Record<string, unknown>>;

/** DNS servers when none are given: the bootstrap's own. */
const DNS_DEFAULT = ["8.8.8.8", "8.8.4.4"];

/** Everything of a site but its secrets. */
export function overridesOf(site: Site, cluster: ClusterSpec): Overrides {
  const { options, role } = site;
  return compact({
    system_mode: site.systemMode,
    distributed_cloud_role: role === "systemcontroller" ? role : undefined,
    timezone: options.timezone ?? "UTC",
    dns_servers: options.dns ?? DNS_DEFAULT,
    ...networkVariables(site),
    ...imageVariables(site, cluster),
    docker_fs_size: options.dockerFsSize,
    docker_distribution_fs_size: options.distributionFsSize,
    kernel: kernelOf(site),
    k8s_plugins: options.plugins,
    admin_username: "admin",
    ...options.overrides,
  });
}

/** All networks: what the bootstrap would default to is written as well, so that the file says what is. */
export function networkVariables(site: Site): Overrides {
  const { management, clusterHost } = site.options.networks ?? {};
  return compact({
    ...Object.fromEntries(networksOf(site).flatMap((it) => Object.entries(variablesOf(it)))),
    ...oamVariables(site),
    management_dynamic_address_allocation: management?.dynamic ?? true,
    cluster_host_dynamic_address_allocation: clusterHost?.dynamic ?? true,
  });
}

function variablesOf({ name, facts, subnet, range, gateway }: SettledNetwork): Overrides {
  const start = facts.variable;
  return {
    [`${start}_subnet`]: subnet,
    [`${start}_start_address`]: range?.start,
    [`${start}_end_address`]: range?.end,
    // OAM's is with its other addresses.
    ...(name === "oam" ? {} : { [`${start}_gateway_address`]: gateway }),
  };
}

function oamVariables(site: Site): Overrides {
  const { gateway, floating, controllers = [] } = oamOf(site);
  return {
    external_oam_gateway_address: gateway,
    external_oam_floating_address: floating,
    external_oam_node_0_address: controllers[0],
    external_oam_node_1_address: controllers[1],
  };
}

function imageVariables(site: Site, cluster: ClusterSpec): Overrides {
  const { proxy, additionalImages } = site.options;
  const registries = dockerRegistries(site, cluster);
  const hasCertificates = cluster.registries.mirrors.some((it) =>
    it.endpoints.some(({ ca }) => ca),
  );
  return {
    docker_registries:
      registries.hasLogins || Object.keys(registries.entries).length === 0
        ? undefined
        : registries.entries,
    additional_local_registry_images: additionalImages,
    docker_http_proxy: proxy?.http,
    docker_https_proxy: proxy?.https,
    docker_no_proxy: proxy?.none,
    ssl_ca_cert: hasCertificates ? STARLINGX_CA : undefined,
  };
}

/** The bootstrap sets the kernel of All-in-one controllers only; Standard ignores the variable. */
function kernelOf(site: Site): string | undefined {
  if (site.configuration.systemType === "Standard") return undefined;
  const [first] = hostsWith(site, "controller");
  return first?.kernel === "realtime" ? "lowlatency" : "standard";
}

/** Without what there is not. */
function compact(values: Overrides): Overrides {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
