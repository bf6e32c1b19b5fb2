# host-if-… and interface-network-…: classes of interfaces, and the platform networks on them.

function host_if_list(word, all,    host, ids, n, i, id) {
  host = find_host(word)
  table_begin("uuid|name|class|type|vlan id|ports|uses i/f|used by i/f|attributes")
  n = split(S["ifs/" host], ids, " ")
  for (i = 1; i <= n; i++) {
    id = ids[i]
    if (!all && S["if/" id "/class"] == "") continue
    table_row()
    table_cell(uuid_of("if", id)); table_cell(S["if/" id "/name"]); table_cell(S["if/" id "/class"])
    table_cell(S["if/" id "/type"]); table_cell("")
    table_cell("[" (S["if/" id "/port"] == "" ? "" : "'" S["if/" id "/port"] "'") "]")
    table_cell("[]"); table_cell("[]"); table_cell("MTU=" mtu_of(id))
  }
  table_end("table", 1)
}

function mtu_of(id) {
  return S["if/" id "/mtu"] != "" ? S["if/" id "/mtu"] : 1500
}

function host_if_show(host, id) {
  property_begin()
  property("ifname", S["if/" id "/name"])
  property("iftype", S["if/" id "/type"])
  property("ports", "[" (S["if/" id "/port"] == "" ? "" : "'" S["if/" id "/port"] "'") "]")
  property("imtu", mtu_of(id))
  property("ifclass", S["if/" id "/class"])
  property("uuid", uuid_of("if", id))
  property("ihost_uuid", uuid_of("host", host))
  property_end("table")
}

function host_if_modify(    host, id, class) {
  host = find_host(ARG["host"])
  id = find_interface(host, ARG["interface"])
  if (!is_locked(host)) refuse("Host must be locked.")
  class = ARG["ifclass"]
  if (class != "") set_class(host, id, class)
  if (ARG["ifname"] != "") rename_interface(host, id, ARG["ifname"])
  if (ARG["imtu"] != "") {
    if (!is_number(ARG["imtu"])) refuse("MTU is an integer value.")
    if (ARG["imtu"] + 0 < 576 || ARG["imtu"] + 0 > 9216) refuse("MTU must be between 576 and 9216.")
    S["if/" id "/mtu"] = ARG["imtu"] + 0
  }
  host_if_show(host, id)
}

function set_class(host, id, class) {
  if (!one_of(class, "platform,data,pci-sriov,pci-passthrough,none"))
    refuse("Invalid interface class " one_line(class))
  if (class == "data" && !has_function(host, "worker"))
    refuse("The data interface class is only supported on nodes supporting worker functions")
  if (index(class, "pci-") == 1 && S["if/" id "/type"] != "ethernet")
    refuse("The pci-passthrough, pci-sriov interface class is only valid on Ethernet and VF interfaces")
  if (class == "none" && is_simplex() && S["if/" id "/name"] == "lo")
    refuse("The loopback interface cannot be changed for an all-in-one simplex system")
  S["if/" id "/class"] = class == "none" ? "" : class
  # An interface that is nothing any more has its port's name again.
  if (class == "none" && S["if/" id "/port"] != "") S["if/" id "/name"] = S["if/" id "/port"]
}

function rename_interface(host, id, name,    ids, n, i) {
  if (name !~ /[^ \t]/) refuse("Interface name cannot be whitespace.")
  if (tolower(name) != name) refuse("Interface name must be in lower case.")
  if (length(name) > 15) refuse("Interface " one_line(name) " has name length greater than 15.")
  if (name !~ /^[a-z0-9_.-]+$/) refuse("Invalid character in interface name " one_line(name))
  n = split(S["ifs/" host], ids, " ")
  for (i = 1; i <= n; i++)
    if (ids[i] != id && S["if/" ids[i] "/name"] == name) refuse("Interface Name " name " must be unique.")
  S["if/" id "/name"] = name
}

function interface_network_list(    host, only, ids, n, i, interface) {
  host = find_host(ARG["host"])
  if (ARG["interface"] != "") only = find_interface(host, ARG["interface"])
  table_begin("hostname|uuid|ifname|network_name")
  n = split(S["ifnets"], ids, " ")
  for (i = 1; i <= n; i++) {
    interface = S["ifnet/" ids[i] "/if"]
    if (S["if/" interface "/host"] != host || (only != "" && only != interface)) continue
    table_row()
    table_cell(shown_host(host)); table_cell(uuid_of("ifnet", ids[i]))
    table_cell(S["if/" interface "/name"]); table_cell(S["ifnet/" ids[i] "/network"])
  }
  table_end("table", 2)
}

function interface_network_assign(    host, interface, network, id) {
  host = find_host(ARG["host"])
  interface = find_interface(host, ARG["interface"])
  network = find_network(ARG["network"])
  if (!one_of(network, "oam,mgmt,cluster-host,pxeboot,admin"))
    refuse("Cannot assign network with type '" network "' to an interface.")
  check_assignment(host, interface, network)
  if (S["if/" interface "/class"] == "") S["if/" interface "/class"] = "platform"
  id = add_network(interface, network)
  property_begin()
  property("hostname", shown_host(host))
  property("uuid", uuid_of("ifnet", id))
  property("ifname", S["if/" interface "/name"])
  property("network_name", network)
  property_end("table")
}

function check_assignment(host, interface, network,    had, class) {
  class = S["if/" interface "/class"]
  if (!one_of(class, "platform,pci-sriov") && class != "")
    refuse("An interface with interface class '" class "' cannot assign platform networks.")
  had = interface_with(host, network)
  if (had == interface)
    refuse("Interface network with interface ID '" interface "' and network ID '" network "' already exists.")
  if (had != "") refuse("An interface with '" network "' network type is already provisioned on this node")
  if (network == "pxeboot" && count_networks(interface) > 0)
    refuse("You cannot assign a network of type 'pxeboot' to an interface which is already assigned with a different network.")
  if (interface_with(host, "pxeboot") == interface && interface != "")
    refuse("An interface assigned with a network of type 'pxeboot' cannot contain additional networks.")
  if (one_of(network, "oam,admin") && host_get(host, "personality") != "controller")
    refuse("The '" network "' network type is only supported on controller nodes.")
  if (network == "cluster-host" && host_get(host, "personality") != "controller" && interface_with(1, "cluster-host") == "")
    refuse("Interface " S["if/" interface "/name"] " does not have associated cluster-host interface on controller.")
}

function count_networks(interface,    ids, n, i, count) {
  n = split(S["ifnets"], ids, " ")
  count = 0
  for (i = 1; i <= n; i++) if (S["ifnet/" ids[i] "/if"] == interface) count++
  return count
}

function interface_network_remove(word,    ids, n, i) {
  n = split(S["ifnets"], ids, " ")
  for (i = 1; i <= n; i++) {
    if (uuid_of("ifnet", ids[i]) != word) continue
    list_drop("ifnets", ids[i])
    S["ifnet/" ids[i] "/if"] = S["ifnet/" ids[i] "/network"] = ""
    out("Deleted Interface Network: " word)
    return
  }
  refuse("Interface network " one_line(word) " could not be found.")
}
