# Which interface has which platform network.

# @returns the id of the interface of a host that has the network; "" when none has
function interface_with(host, network,    ids, n, i, interface) {
  n = split(S["ifnets"], ids, " ")
  for (i = 1; i <= n; i++) {
    interface = S["ifnet/" ids[i] "/if"]
    if (S["if/" interface "/host"] == host && S["ifnet/" ids[i] "/network"] == network) return interface
  }
  return ""
}

# @returns the id of an interface by name or uuid; refuses when the host has none
function find_interface(host, word,    ids, n, i) {
  n = split(S["ifs/" host], ids, " ")
  for (i = 1; i <= n; i++)
    if (S["if/" ids[i] "/name"] == word || uuid_of("if", ids[i]) == word) return ids[i]
  refuse("Interface not found: host " shown_host(host) " if " one_line(word))
}

# The networks of the system, in the order of their numbers.
function known_networks() {
  return "mgmt pxeboot cluster-host oam multicast-subnet cluster-pod cluster-service" (S["config/admin_subnet"] != "" ? " admin" : "")
}

# @returns the network's name by name, number or uuid; refuses an unknown one
function find_network(word,    names, n, i) {
  n = split(known_networks(), names, " ")
  for (i = 1; i <= n; i++)
    if (names[i] == word || i "" == word || uuid_of("network", i) == word) return names[i]
  refuse("network not found: " one_line(word))
}
