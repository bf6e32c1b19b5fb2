/**
 * Variables of the bootstrap playbook. Data only. Source: starlingx/ansible-playbooks, host_vars/bootstrap/default.yml and
 * roles/bootstrap/validate-config (August 2026).
 */

/** What a variable may be. */
export type VariableForm =
  | { readonly kind: "bool" | "text" | "path" | "mapping" | "list" }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  | { readonly kind: "choice"; readonly values: readonly string[] };

/** A variable that overrides may have. */
export interface FreeVariable {
  readonly form: VariableForm;
  /** Variables that must be there with it. @default - none */
  readonly needs?: readonly string[];
  /** Keys of a mapping. @default - any */
  readonly keys?: readonly string[];
  /** Keys of which all are there, or none. @default - none */
  readonly together?: readonly string[];
}

const bool: FreeVariable = { form: { kind: "bool" } };
const mapping: FreeVariable = { form: { kind: "mapping" } };
const list: FreeVariable = { form: { kind: "list" } };
const path = (...needs: string[]): FreeVariable => ({ form: { kind: "path" }, needs });

/** Variables without an option. */
export const FREE_VARIABLES: Readonly<Record<string, FreeVariable>> = {
  add_docker_prefix: bool,
  apiserver_extra_args: mapping,
  apiserver_extra_volumes: list,
  apiserver_oidc: {
    form: { kind: "mapping" },
    keys: ["client_id", "issuer_url", "username_claim", "groups_claim"],
    together: ["client_id", "issuer_url", "username_claim"],
  },
  applications: list,
  banner: {
    form: { kind: "mapping" },
    keys: ["issue.network", "issue.console", "motd.head", "motd.tail"],
  },
  calico_encapsulation: {
    form: {
      kind: "choice",
      values: ["None", "VXLAN", "VXLANCrossSubnet", "IPIP", "IPIPCrossSubnet"],
    },
  },
  calico_ippool_block_size_v4: { form: { kind: "number", min: 20, max: 32 } },
  calico_mtu: { form: { kind: "number", min: 576, max: 9216 } },
  controllermanager_extra_args: mapping,
  enable_volume_snapshot_support: bool,
  etcd_root_ca_cert: path("etcd_root_ca_key"),
  etcd_root_ca_key: path("etcd_root_ca_cert"),
  kubelet_configurations: mapping,
  kubernetes_version: { form: { kind: "text" } },
  scheduler_extra_args: mapping,
  ssl_ca_cert: path(),
  system_local_ca_cert: path("system_root_ca_cert", "system_local_ca_key"),
  system_local_ca_key: path("system_root_ca_cert", "system_local_ca_cert"),
  system_root_ca_cert: path("system_local_ca_cert", "system_local_ca_key"),
  user_dns_host_records: mapping,
  virtual_system: bool,
  wipe_ceph_osds: bool,
};

/** Variables that an option stands for. */
export const MODELLED_VARIABLES: Readonly<Record<string, string>> = {
  system_mode: "systemMode",
  timezone: "timezone",
  dns_servers: "dns",
  docker_registries: "dockerRegistries",
  docker_http_proxy: "proxy.http",
  docker_https_proxy: "proxy.https",
  docker_no_proxy: "proxy.none",
  additional_local_registry_images: "additionalImages",
  docker_fs_size: "dockerFsSize",
  docker_distribution_fs_size: "distributionFsSize",
  k8s_plugins: "plugins",
  kernel: "kernel of the pool",
  admin_password: "passwords.admin",
  ansible_become_pass: "passwords.sysadmin",
  vault_docker_registries: "dockerRegistries",
};

/** Variables that are none any more, or never were, and what to do. */
export const REFUSED_VARIABLES: Readonly<Record<string, string>> = {
  system_type:
    "the installer writes it to /etc/platform/platform.conf, and an override does nothing; the kind of the deployment says it",
  k8s_root_ca_cert: "it was of releases 7 and 8; use system_root_ca_cert",
  k8s_root_ca_key: "it was of releases 7 and 8; use system_local_ca_key",
  apiserver_cert_sans: "it was of releases 7 and 8; use system_local_ca_cert",
  is_secure_registry: "it is called secure now, in dockerRegistries",
  unified: "it is called defaults now, in dockerRegistries",
  admin_username: "it is admin",
  override_files_dir: "the files lie in the home folder of sysadmin",
  password_change: "the bootstrap runs on controller-0 itself, where it means nothing",
  password_change_responses: "the bootstrap runs on controller-0 itself, where it means nothing",
};

/** Starts of variables that `networks` stands for. */
export const NETWORK_VARIABLE =
  /^(pxeboot|management|cluster_host|cluster_pod|cluster_service|external_oam|management_multicast|admin)_(subnet|start_address|end_address|gateway_address|floating_address|node_[01]_address|dynamic_address_allocation)$/;

/** Names that a message may propose. */
export const FREE_NAMES = Object.keys(FREE_VARIABLES);
