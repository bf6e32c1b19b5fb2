# What the playbook's role validate-config asks of everything that is no network and no registry.

function check_system(    role, mode) {
  mode = tolower(value_of("system_mode"))
  if (CONF["system_type"] == "Standard") {
    out("System type is Standard, system mode will be set to duplex.")
    mode = "duplex"
  }
  if (!one_of(mode, "simplex,duplex,duplex-direct"))
    fail_task("Invalid system mode. Valid values are: simplex, duplex or duplex-direct.")
  MODE = mode
  if (value_of("virtual_system") == "true" && CONF["system_type"] != "All-in-one")
    fail_task("Virtual system setting is only supported for All-in-one system")
  role = value_of("distributed_cloud_role")
  if (!one_of(role, "none,systemcontroller,subcloud"))
    fail_task("Invalid distributed cloud role. Valid values are: none, systemcontroller, or subcloud.")
  if (role == "systemcontroller" && CONF["system_type"] == "All-in-one") {
    if (mode == "simplex")
      fail_task("A simplex All-in-one controller cannot be configured as Distributed Cloud System Controller")
    if (value_of("virtual_system") == "true")
      fail_task("Virtual system setting is not supported for Distributed Cloud System Controller")
  }
  if (role == "systemcontroller" && (is_given("admin_subnet") || is_given("admin_gateway_address")))
    fail_task("Admin network parameters cannot be specified for a system controller host.")
  ROLE = role
  check_timezone(value_of("timezone"))
  check_dns()
  check_calico()
  check_passwords()
  check_certificates()
  if (!one_of(value_of("kernel"), "standard,lowlatency"))
    fail_task("Invalid kernel. Valid values are: standard, lowlatency.")
}

# A lab node has no zoneinfo; where there is one it decides, else the shape of the name.
function check_timezone(zone) {
  if (is_readable(ROOT "/usr/share/zoneinfo/UTC")) {
    if (zone !~ /^[A-Za-z0-9_+\/-]+$/ || !is_readable(ROOT "/usr/share/zoneinfo/" zone))
      fail_task("The provided timezone " one_line(zone) " is invalid.")
  } else if (zone !~ /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/)
    fail_task("The provided timezone " one_line(zone) " is invalid.")
}

function check_dns(    i) {
  if (!is_given("dns_servers")) return
  if (YN["dns_servers"] == 0 || YN["dns_servers"] > 3)
    fail_task("The number of DNS servers exceeds maximum allowable number of 3.")
  for (i = 1; i <= YN["dns_servers"]; i++)
    if (!is_address(Y["dns_servers/" i])) fail_task("DNS Server: " one_line(Y["dns_servers/" i]))
}

function check_calico(    value) {
  if (is_given("calico_encapsulation") && !one_of(value_of("calico_encapsulation"), "None,VXLAN,VXLANCrossSubnet,IPIP,IPIPCrossSubnet"))
    fail_task("Invalid calico_encapsulation '" one_line(value_of("calico_encapsulation")) \
      "'. Valid values: None, VXLAN, VXLANCrossSubnet, IPIP, IPIPCrossSubnet.")
  value = value_of("calico_mtu")
  if (value != "" && (value + 0 < 576 || value + 0 > 9216))
    fail_task("Invalid calico_mtu '" value "'. Must be an integer between 576 and 9216.")
  value = value_of("calico_ippool_block_size_v4")
  if (value != "" && (value + 0 < 20 || value + 0 > 32))
    fail_task("Invalid calico_ippool_block_size_v4 '" value "'. Must be an integer between 20 and 32.")
}

function check_passwords() {
  if (value_of("admin_username") == "") fail_task("Mandatory configuration parameter admin_username is not defined.")
  if (is_given("admin_password") && length(value_of("admin_password")) < 8)
    fail_task("admin_password must have at least 8 characters")
}

function check_certificates(    names, n, i, path) {
  n = split("ssl_ca_cert etcd_root_ca_cert etcd_root_ca_key system_root_ca_cert system_local_ca_cert system_local_ca_key", names, " ")
  for (i = 1; i <= n; i++) {
    path = value_of(names[i])
    if (path == "") continue
    if (substr(path, 1, 1) != "/" || !is_readable(ROOT path))
      fail_task(names[i] " file not found. (" one_line(path) ")")
  }
  if ((value_of("etcd_root_ca_cert") == "") != (value_of("etcd_root_ca_key") == ""))
    fail_task("Root CA certificate and key must be provided together: etcd_root_ca_cert and etcd_root_ca_key")
  if ((value_of("system_local_ca_cert") == "") != (value_of("system_local_ca_key") == "") || \
      (value_of("system_root_ca_cert") == "") != (value_of("system_local_ca_cert") == ""))
    fail_task("system_root_ca_cert, system_local_ca_cert and system_local_ca_key must be provided together")
  n = (is_given("apiserver_oidc/client_id") != 0) + (is_given("apiserver_oidc/issuer_url") != 0) + (is_given("apiserver_oidc/username_claim") != 0)
  if (n != 0 && n != 3)
    fail_task("apiserver_oidc: client_id, issuer_url and username_claim must be all present or none")
}
