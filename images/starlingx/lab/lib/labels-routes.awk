# host-label-… and host-route-….

function host_label_assign(    host, i, at, name, value, had) {
  host = find_host(ARG["host"])
  for (i = 1; i <= ARG["attributes", "n"]; i++) {
    at = index(ARG["attributes", i], "=")
    if (at == 0) refuse("Attributes must be a list of name=value")
    name = substr(ARG["attributes", i], 1, at - 1)
    value = substr(ARG["attributes", i], at + 1)
    if (value == "")
      refuse("Null input detected for Label " one_line(name) " for host " shown_host(host) ". Input invalid.")
    # What Kubernetes takes for a key and a value.
    if (name !~ /^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/ || length(name) > 253)
      refuse("Invalid label key '" one_line(name) "'")
    if (value !~ /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/ || length(value) > 63)
      refuse("Invalid value for label " name ": '" one_line(value) "'")
    check_label_lock(host, name)
    had = list_has("labels/" host, name)
    if (had && S["labels/" host "/" name] != value && !("overwrite" in ARG))
      refuse("Label " name " exists for host " shown_host(host) ". Use overwrite option to assign a new value.")
    if (!had) { list_add("labels/" host, name); S["labels/" host "/" name "/id"] = next_id("label") }
    S["labels/" host "/" name] = value
    property_begin()
    property("uuid", uuid_of("label", S["labels/" host "/" name "/id"]))
    property("host_uuid", uuid_of("host", host))
    property("label_key", name)
    property("label_value", value)
    property_end("table")
  }
}

function check_label_lock(host, name) {
  if (is_locked(host)) return
  if (one_of(name, "openstack-control-plane,openstack-compute-node,disable-nohz-full,openvswitch,remote-storage,sriovdp," \
      "kube-topology-mgr-policy,kube-cpu-mgr-policy,kube-memory-mgr-policy"))
    refuse("Host " shown_host(host) " must be locked for label(s)=['" name "'].")
}

function host_label_list(word, format,    host, names, n, i) {
  host = find_host(word)
  table_begin("hostname|label key|label value")
  n = split(S["labels/" host], names, " ")
  for (i = 1; i <= n; i++) {
    table_row()
    table_cell(shown_host(host)); table_cell(names[i]); table_cell(S["labels/" host "/" names[i]])
  }
  table_end(format, 2)
}

function host_route_add(    host, interface, id, digits, gateway, ids, n, i) {
  host = find_host(ARG["host"])
  interface = find_interface(host, ARG["interface"])
  digits = address_digits(ARG["network"])
  gateway = address_digits(ARG["gateway"])
  if (digits == "" || !is_number(ARG["prefix"]) || ARG["prefix"] + 0 > length(digits) * 4)
    refuse("Invalid IP address and prefix")
  if (masked(digits, ARG["prefix"] + 0, 0) != digits)
    refuse("Invalid IP network " ARG["network"] "/" ARG["prefix"] " expecting the network's own address")
  if (gateway == "" || gateway ~ /^0+$/) refuse("Gateway address must not be null")
  if (length(gateway) != length(digits)) refuse("Network and gateway IP versions must match")
  if (in_subnet(gateway, ARG["network"] "/" ARG["prefix"]))
    refuse("Gateway address must not be within destination subnet")
  if (count_networks(interface) == 0)
    refuse("Cannot add a route to an interface without a network")
  n = split(S["routes"], ids, " ")
  for (i = 1; i <= n; i++)
    if (S["route/" ids[i] "/host"] == host && S["route/" ids[i] "/network"] == ARG["network"] && \
        S["route/" ids[i] "/prefix"] == ARG["prefix"] && S["route/" ids[i] "/gateway"] == ARG["gateway"])
      refuse("Route " ARG["network"] "/" ARG["prefix"] " via " ARG["gateway"] " already exists on this host.")
  id = next_id("route")
  list_add("routes", id)
  S["route/" id "/host"] = host
  S["route/" id "/if"] = interface
  S["route/" id "/network"] = ARG["network"]
  S["route/" id "/prefix"] = ARG["prefix"]
  S["route/" id "/gateway"] = ARG["gateway"]
  property_begin()
  property("uuid", uuid_of("route", id))
  property("interface_uuid", uuid_of("if", interface))
  property("ifname", S["if/" interface "/name"])
  property("forihostid", host)
  property("network", ARG["network"])
  property("prefix", ARG["prefix"])
  property("gateway", ARG["gateway"])
  property("metric", ARG["metric"] != "" ? ARG["metric"] : 1)
  property_end("table")
}

function host_route_list(word,    host, ids, n, i, id) {
  host = find_host(word)
  table_begin("uuid|ifname|network|prefix|gateway|metric")
  n = split(S["routes"], ids, " ")
  for (i = 1; i <= n; i++) {
    id = ids[i]
    if (S["route/" id "/host"] != host) continue
    table_row()
    table_cell(uuid_of("route", id)); table_cell(S["if/" S["route/" id "/if"] "/name"])
    table_cell(S["route/" id "/network"]); table_cell(S["route/" id "/prefix"])
    table_cell(S["route/" id "/gateway"]); table_cell(1)
  }
  table_end("table", 2)
}
