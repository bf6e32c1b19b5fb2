# Subnets, ranges and addresses, as the roles validate-config and common/validate-addresses judge them. A value may
# be a pair of IPv4 and IPv6; the parts of pairs belong together by their place.

function check_networks(    nets, n, i) {
  declare_sizes()
  n = split("pxeboot management cluster_host cluster_pod cluster_service external_oam management_multicast admin", nets, " ")
  for (i = 1; i <= n; i++) check_subnet_shape(nets[i])
  if (length(FIRST["pxeboot", 1]) != 8 || PARTS["pxeboot"] > 1) fail_task("pxeboot_subnet subnet must always be IPv4")
  check_families()
  for (i = 1; i <= n; i++) if (value_of(nets[i] "_subnet") != "") check_range(nets[i])
  check_oam()
  check_gateways()
}

function declare_sizes(    small) {
  small = MODE == "simplex" ? 3 : 5
  SIZE["cluster_pod"] = SIZE["cluster_service"] = 65536
  SIZE["pxeboot"] = SIZE["management"] = SIZE["cluster_host"] = SIZE["admin"] = small
  SIZE["management_multicast"] = 6
  SIZE["external_oam"] = 5
}

# How upstream's messages call a network.
function called(net) {
  return net == "external_oam" ? "oam" : net == "management_multicast" ? "multicast" : net
}

function check_subnet_shape(net,    value, parts, i, bits) {
  value = value_of(net "_subnet")
  if (value == "" && net == "admin") return
  PARTS[net] = split(value, parts, ",")
  if (PARTS[net] < 1 || PARTS[net] > 2) fail_task("Error parsing " net "_subnet:" one_line(value))
  for (i = 1; i <= PARTS[net]; i++) {
    if (!parse_subnet(parts[i])) fail_task("Error parsing " net "_subnet:" one_line(value))
    FIRST[net, i] = NET_FIRST; LAST[net, i] = NET_LAST
    bits = NET_BITS
    if (net == "management" && length(NET_FIRST) == 32 && bits < 64) fail_task("IPv6 minimum prefix length is 64")
    if (CONF["system_type"] == "Standard" && bits < 24 && one_of(net, "pxeboot,management,cluster_host,external_oam"))
      out("WARNING: Subnet prefix of less than /24 is not typical. This will affect scaling of the system!")
    if (net == "management_multicast" && NET_FIRST !~ /^(e.......|ff.*)$/)
      fail_task("Invalid multicast subnet: management_multicast_subnet -> " parts[i])
  }
  if (PARTS[net] == 2 && length(FIRST[net, 1]) == length(FIRST[net, 2]))
    fail_task("Error parsing " net "_subnet:" one_line(value) ": the two must be of different IP families")
}

function check_families(    nets, n, i) {
  n = split("management_multicast cluster_host cluster_pod cluster_service external_oam", nets, " ")
  for (i = 1; i <= n; i++)
    if (length(FIRST[nets[i], 1]) != length(FIRST["management", 1]))
      fail_task("Cluster, oam and mgmt must have same family address type: " value_of("management_subnet") " and " value_of(nets[i] "_subnet"))
  if (PARTS["admin"] > 0 && length(FIRST["admin", 1]) != length(FIRST["management", 1]))
    fail_task("Admin and mgmt must have same family address type: " value_of("management_subnet") " and " value_of("admin_subnet"))
  if (PARTS["cluster_pod"] != PARTS["cluster_host"] || PARTS["cluster_pod"] != PARTS["cluster_service"])
    fail_task("To have dual-stack, cluster networks (pod, host, and service) must have IPv4 and IPv6 subnets defined")
  if (PARTS["cluster_pod"] == 2 && PARTS["external_oam"] != 2)
    fail_task("To have dual-stack cluster pod network, OAM must have IPv4 and IPv6 subnets defined")
}

# @returns the digits of one part of an address override, "" when nothing is written; refuses what is no address
function digits_given(name, part, count,    parts, digits) {
  if (value_of(name) == "") return ""
  if (split(value_of(name), parts, ",") != count)
    fail_task("Error validating address vs subnet: " name ":" one_line(value_of(name)) " must have as many addresses as its subnet")
  digits = address_digits(parts[part])
  if (digits == "") fail_task("Error parsing " name ":" one_line(value_of(name)))
  return digits
}

# Whether an address is in one part of a network's subnet.
function is_within(digits, net, part) {
  return length(digits) == length(FIRST[net, part]) && digits "" >= FIRST[net, part] "" && digits "" <= LAST[net, part] ""
}

function check_range(net,    i, start, end, size, name) {
  name = called(net)
  if (net == "management" && ROLE == "systemcontroller" && \
      (value_of("management_start_address") == "" || value_of("management_end_address") == ""))
    fail_task("management_start_address and management_end_address are required for System Controller as this " \
      "configuration requires address space left for gateway address(es).")
  for (i = 1; i <= PARTS[net]; i++) {
    start = digits_given(net "_start_address", i, PARTS[net])
    end = digits_given(net "_end_address", i, PARTS[net])
    if (start == "") start = address_plus(FIRST[net, i], 1)
    if (end == "") end = address_plus(LAST[net, i], length(LAST[net, i]) == 8 ? -1 : 0)
    if (start "" > end "" && one_of(net, "admin,management,cluster_host,pxeboot"))
      fail_task("Failed validation, " name " start address must be less than or equal to end address.")
    if (start "" >= end "" && !one_of(net, "admin,management,cluster_host,pxeboot"))
      fail_task("Failed validation, " name " start address must be less than end address.")
    if (!is_within(start, net, i) || !is_within(end, net, i))
      fail_task("Failed validation, " name " start or end address must be within its subnet range.")
    size = range_size(FIRST[net, i], LAST[net, i])
    if (size < SIZE[net])
      fail_task("Failed validation, " name " subnet must contain at least " SIZE[net] " addresses.")
    if (net == "cluster_service" && size > 1048576)
      fail_task("Failed validation, " name " subnet must not contain more than 1048576 addresses.")
    if (range_size(start, end) < SIZE[net] - 2)
      fail_task("Failed validation, " name " address range must contain at least " (SIZE[net] - 2) " addresses.")
    if (net == "management" && ROLE == "systemcontroller" && range_size(start, end) >= size - 2)
      fail_task("Failed validation, management address range too large, no addresses left for System Controller gateway(s)")
  }
}

# The addresses of the outside: each within its subnet, no two alike.
function check_oam(    names, n, i, j, digits, seen) {
  n = split("external_oam_gateway_address external_oam_floating_address" \
    (MODE == "simplex" ? "" : " external_oam_node_0_address external_oam_node_1_address"), names, " ")
  for (i = 1; i <= n; i++) {
    for (j = 1; j <= PARTS["external_oam"]; j++) {
      digits = digits_given(names[i], j, PARTS["external_oam"])
      if (digits == "") continue
      if (!is_within(digits, "external_oam", j))
        fail_task(names[i] " " value_of(names[i]) " is not within external_oam_subnet " value_of("external_oam_subnet"))
      if (digits in seen) fail_task(names[i] " and " seen[digits] " must differ")
      seen[digits] = names[i]
    }
  }
}

function check_gateways(    names, n, i, j, digits) {
  n = split("management admin", names, " ")
  for (i = 1; i <= n; i++) {
    if (value_of(names[i] "_gateway_address") == "") continue
    if (PARTS[names[i]] == 0) fail_task("admin_gateway_address needs admin_subnet")
    for (j = 1; j <= PARTS[names[i]]; j++) {
      digits = digits_given(names[i] "_gateway_address", j, PARTS[names[i]])
      if (!is_within(digits, names[i], j))
        fail_task(names[i] "_gateway_address is not within " names[i] "_subnet")
    }
  }
}
