# Override variables of the bootstrap playbook: their defaults and types. From starlingx/ansible-playbooks,
# host_vars/bootstrap/default.yml, as far as provisioning needs them.

function declare_settings() {
  setting("system_mode", "string", "simplex"); setting("distributed_cloud_role", "string", "none")
  setting("virtual_system", "bool", ""); setting("timezone", "string", "UTC"); setting("dns_servers", "list", "")
  declare_networks()
  setting("docker_http_proxy", "string", ""); setting("docker_https_proxy", "string", "")
  setting("docker_no_proxy", "list", ""); setting("docker_registries", "map", "")
  setting("vault_docker_registries", "map", "")
  setting("vault_admin_password", "string", ""); setting("vault_ansible_become_pass", "string", "")
  setting("additional_local_registry_images", "list", ""); setting("add_docker_prefix", "bool", "false")
  setting("ssl_ca_cert", "string", ""); setting("etcd_root_ca_cert", "string", "")
  setting("etcd_root_ca_key", "string", "")
  setting("system_root_ca_cert", "string", ""); setting("system_local_ca_cert", "string", "")
  setting("system_local_ca_key", "string", "")
  setting("apiserver_oidc", "map", ""); setting("apiserver_extra_args", "map", "")
  setting("controllermanager_extra_args", "map", "")
  setting("scheduler_extra_args", "map", ""); setting("kubelet_configurations", "map", "")
  setting("apiserver_extra_volumes", "list", "")
  setting("admin_username", "string", "admin"); setting("admin_password", "string", "")
  setting("ansible_become_pass", "string", "")
  setting("password_change", "bool", "false"); setting("wipe_ceph_osds", "bool", "false")
  setting("enable_volume_snapshot_support", "bool", "true"); setting("k8s_plugins", "map", "")
  setting("applications", "list", "")
  setting("docker_fs_size", "int", "40"); setting("docker_distribution_fs_size", "int", "16")
  setting("kernel", "string", "standard"); setting("kubernetes_version", "string", "")
  setting("user_dns_host_records", "map", "")
  setting("banner", "map", ""); setting("calico_encapsulation", "string", ""); setting("calico_mtu", "int", "")
  setting("calico_ippool_block_size_v4", "int", "")
  setting("name", "string", ""); setting("description", "string", ""); setting("location", "string", "")
}

function declare_networks(    nets, n, i) {
  n = split("pxeboot management cluster_host cluster_pod cluster_service external_oam management_multicast admin", nets, " ")
  for (i = 1; i <= n; i++) {
    setting(nets[i] "_subnet", "string", "")
    setting(nets[i] "_start_address", "string", ""); setting(nets[i] "_end_address", "string", "")
    setting(nets[i] "_floating_address", "string", ""); setting(nets[i] "_gateway_address", "string", "")
  }
  DEFAULTS["pxeboot_subnet"] = "169.254.202.0/24"; DEFAULTS["management_subnet"] = "192.168.204.0/24"
  DEFAULTS["cluster_host_subnet"] = "192.168.206.0/24"; DEFAULTS["cluster_pod_subnet"] = "172.16.0.0/16"
  DEFAULTS["cluster_service_subnet"] = "10.96.0.0/12"; DEFAULTS["external_oam_subnet"] = "10.10.10.0/24"
  DEFAULTS["external_oam_gateway_address"] = "10.10.10.1"; DEFAULTS["external_oam_floating_address"] = "10.10.10.2"
  DEFAULTS["management_multicast_subnet"] = "239.1.1.0/28"
  setting("external_oam_node_0_address", "string", ""); setting("external_oam_node_1_address", "string", "")
  setting("systemcontroller_gateway_address", "string", "")
  setting("management_dynamic_address_allocation", "bool", "true")
  setting("cluster_host_dynamic_address_allocation", "bool", "true")
}

function setting(name, type, default_value) {
  SETTING[name] = type
  DEFAULTS[name] = default_value
}

# @returns the value of an override, else its default; a list's count is in YN
function value_of(name) {
  return (name in YT) && YT[name] != "null" ? Y[name] : DEFAULTS[name]
}

function is_given(name) {
  return (name in YT) && YT[name] != "null"
}

# Types of everything that was written; names that the playbook does not know are told, as it ignores them.
function check_types(    names, n, i, name, type) {
  n = split(YKEYS[""], names, "\n")
  for (i = 1; i < n; i++) {
    name = names[i]
    if (!(name in SETTING)) {
      if (name == "system_type")
        out("[WARNING]: system_type is no override: the installer wrote it into /etc/platform/platform.conf")
      else out("[WARNING]: " one_line(name) " is not a variable of the bootstrap playbook")
      continue
    }
    type = YT[name]
    if (type == "null") continue
    if (SETTING[name] == "bool" && type != "bool")
      fail_task(name " is misconfigured. Valid value is either 'True' or 'False'.")
    if (SETTING[name] == "list" && type != "list") fail_task(name " must be a list")
    if (SETTING[name] == "map" && type != "map") fail_task(name " must be a dictionary")
    if (SETTING[name] == "int" && type != "int") fail_task(name " must be an integer")
    if (SETTING[name] == "string" && (type == "list" || type == "map")) fail_task(name " must be a string")
  }
}
