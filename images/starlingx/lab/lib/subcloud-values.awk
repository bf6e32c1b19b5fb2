# The file of --bootstrap-values, as dcmanager judges it (distcloud, common/phased_subcloud_deploy.py).

function abort(message) {
  refuse("ERROR (app) " message)
}

# @returns the subcloud's name
function check_bootstrap_values(file,    names, n, i) {
  read_yaml(absolute(file))
  n = split("name system_mode management_subnet management_start_address management_end_address", names, " ")
  for (i = 1; i <= n; i++) require_value(names[i])
  if (Y["admin_subnet"] Y["admin_start_address"] Y["admin_end_address"] Y["admin_gateway_address"] != "") {
    n = split("admin_subnet admin_start_address admin_end_address admin_gateway_address", names, " ")
    for (i = 1; i <= n; i++) require_value(names[i])
    if (Y["management_gateway_address"] != "")
      abort("admin_gateway_address and management_gateway_address cannot be specified at the same time")
  } else require_value("management_gateway_address")
  n = split("systemcontroller_gateway_address external_oam_subnet external_oam_gateway_address external_oam_floating_address", names, " ")
  for (i = 1; i <= n; i++) require_value(names[i])
  if (Y["name"] !~ /^[A-Za-z][A-Za-z0-9.-]*$/ || Y["name"] !~ /[A-Za-z]/)
    abort("name must contain alphabetic characters")
  if (one_of(Y["name"], "RegionOne,SystemController")) abort("name cannot be RegionOne or SystemController")
  if (!one_of(Y["system_mode"], "simplex,duplex,duplex-direct"))
    abort("system_mode invalid: " one_line(Y["system_mode"]))
  if ("distributed_cloud_role" in YT) abort("distributed_cloud_role is set by dcmanager, never by hand")
  check_pool("management")
  if (Y["admin_subnet"] != "") check_pool("admin")
  check_system_gateway()
  check_outside()
  return Y["name"]
}

function require_value(name) {
  if (YT[name] == "list" || YT[name] == "map" || Y[name] == "") abort(name " required")
}

function require_address(name, subnet,    digits) {
  digits = address_digits(Y[name])
  if (digits == "") abort(name " invalid: failed to detect a valid IP address from " one_line(Y[name]))
  if (!in_subnet(digits, subnet)) abort(name " invalid: Address must be in subnet " subnet)
  return digits
}

function check_pool(net,    subnet, first, last, start, end, gateway, least) {
  subnet = Y[net "_subnet"]
  if (!parse_subnet(subnet)) abort(net "_subnet invalid: Invalid subnet - " one_line(subnet))
  first = NET_FIRST; last = NET_LAST
  least = Y["system_mode"] == "simplex" ? 4 : 8
  if (range_size(first, last) < least)
    abort(net "_subnet invalid: Subnet too small - must have at least " least " addresses")
  start = require_address(net "_start_address", subnet)
  end = require_address(net "_end_address", subnet)
  if (start "" > end "") abort(net "_start_address greater than " net "_end_address")
  least = Y["system_mode"] == "simplex" ? 2 : 5
  if (range_size(start, end) < least) abort(net " address range must contain at least " least " addresses")
  check_overlap(net, subnet, start, end)
  if (Y[net "_gateway_address"] == "") return
  gateway = require_address(net "_gateway_address", subnet)
  if (gateway "" >= start "" && gateway "" <= end "")
    abort(net "_gateway_address invalid, is within management pool: " Y[net "_start_address"] " - " Y[net "_end_address"])
}

# No two subclouds, and none and the central cloud, share a management subnet.
function check_overlap(net, subnet, start, end,    ids, n, i, other) {
  n = split(S["subclouds"], ids, " ")
  for (i = 1; i <= n; i++) {
    other = "subcloud/" ids[i] "/"
    if (S[other net "_subnet"] == "" || !subnets_overlap(subnet, S[other net "_subnet"])) continue
    if (ranges_overlap(start, end, address_digits(S[other net "_start_address"]), address_digits(S[other net "_end_address"])))
      abort((net == "admin" ? "Admin" : "Management") " address range overlaps with that of subcloud " S[other "name"])
    abort(net "_subnet invalid: Subnet overlaps with another configured subnet")
  }
  if (subnets_overlap(subnet, S["config/management_subnet"]))
    abort(net "_subnet invalid: Subnet overlaps with another configured subnet")
}

function check_system_gateway(    digits) {
  digits = require_address("systemcontroller_gateway_address", S["config/management_subnet"])
  if (digits "" >= address_digits(S["config/management_start_address"]) "" && \
      digits "" <= address_digits(S["config/management_end_address"]) "")
    abort("systemcontroller_gateway_address invalid, is within management pool: " \
      S["config/management_start_address"] " - " S["config/management_end_address"])
}

function check_outside() {
  if (!parse_subnet(Y["external_oam_subnet"]))
    abort("external_oam_subnet invalid: Invalid subnet - " one_line(Y["external_oam_subnet"]))
  if (subnets_overlap(Y["external_oam_subnet"], Y["management_subnet"]))
    abort("external_oam_subnet invalid: Subnet overlaps with another configured subnet")
  require_address("external_oam_gateway_address", Y["external_oam_subnet"])
  require_address("external_oam_floating_address", Y["external_oam_subnet"])
}
