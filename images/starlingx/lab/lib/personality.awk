# What a host becomes: host-update with personality and hostname, and host-add before it is powered on.
# The checks are those of sysinv's api/controllers/v1/host.py, in its order and with its sentences.

function host_add(    mac, id, personality) {
  personality = ARG["personality"]
  if (is_simplex()) refuse("Host-add Rejected: Adding a host on a simplex system is not allowed.")
  if (ARG["hostname"] == "" && personality != "controller" && personality != "storage")
    refuse("Host-add Rejected. Must provide a hostname for a node of personality " (personality == "" ? "None" : personality))
  if (ARG["hostname"] != "") check_hostname(ARG["hostname"], personality)
  if (ARG["mgmt_mac"] == "") refuse("Host-add Rejected: Must provide MAC Address of the host mgmt interface")
  mac = normal_mac(ARG["mgmt_mac"])
  if (mac == "") refuse("Host-add Rejected: Must provide a valid format of a MAC Address")
  check_personality(personality)
  if (host_of_name(ARG["hostname"]) != "" && personality == "worker")
    refuse("Host-add Rejected: Hostname already exists")
  id = host_of_mac(mac)
  if (id != "" && host_get(id, "personality") != "")
    refuse("Host-add Rejected: Host with mgmt_mac " mac " already exists")
  if (!is_enabled(1))
    refuse("Provisioning request for new host '" mac "' is not permitted while there is no unlocked-enabled " \
      "controller. Unlock controller-0, wait for it to enable and then retry.")
  if (id == "") id = new_host(mac)
  S["host/" id "/hostname"] = ARG["hostname"]
  if (ARG["boot_device"] != "") S["host/" id "/boot_device"] = device_path(ARG["boot_device"])
  if (ARG["rootfs_device"] != "") S["host/" id "/rootfs_device"] = device_path(ARG["rootfs_device"])
  assign_personality(id, personality, ARG["hostname"])
  if (ARG["subfunctions"] != "") S["host/" id "/subfunctions"] = host_get(id, "subfunctions") ",lowlatency"
  host_show(id, "table")
}

function device_path(word) {
  if (one_line(word) != word) refuse("Invalid device: " one_line(word))
  return substr(word, 1, 1) == "/" ? word : "/dev/" word
}

# host-update HOST name=value…: what provisioning changes, and the installation's parameters.
function host_update(    id, i, at, name, value, wanted) {
  id = find_host(ARG["host"])
  for (i = 1; i <= ARG["attributes", "n"]; i++) {
    at = index(ARG["attributes", i], "=")
    if (at == 0) refuse("Attributes must be a list of PATH=VALUE not \"" one_line(ARG["attributes", i]) "\"")
    name = substr(ARG["attributes", i], 1, at - 1)
    value = substr(ARG["attributes", i], at + 1)
    if (!one_of(name, "personality,hostname,boot_device,rootfs_device,install_output,console,location,clock_synchronization,serialid"))
      refuse("The lab's script does not update '" one_line(name) "'")
    if ((name in wanted) && wanted[name] != value) refuse("Illegal duplicate parameters passed.")
    wanted[name] = value
  }
  check_provisioned(id, wanted)
  for (name in wanted) if (name != "personality" && name != "hostname") update_parameter(id, name, wanted[name])
  if ("personality" in wanted) {
    if (host_get(id, "personality") != "")
      refuse("Can not change personality after it has been set. Host " host_get(id, "hostname") \
        " must be deleted and re-added in order to change the personality.")
    assign_personality(id, wanted["personality"], wanted["hostname"])
  } else if ("hostname" in wanted) {
    if (host_get(id, "hostname") == "") refuse("Hostname can not be set without a personality")
    if (host_get(id, "hostname") != wanted["hostname"])
      refuse("The hostname field can not be modified because the hostname " host_get(id, "hostname") \
        " has already been configured. If changing hostname is required, please delete this host, then readd.")
  }
  S["host/" id "/updated_at"] = now_text()
  host_show(id, "table")
}

function check_provisioned(id, wanted) {
  if (!one_of(host_get(id, "invprovision"), "provisioned,provisioning")) return
  if (("personality" in wanted && wanted["personality"] != host_get(id, "personality")) || \
      ("hostname" in wanted && wanted["hostname"] != host_get(id, "hostname")))
    refuse("The following fields can not be modified because this host " host_get(id, "hostname") \
      " has been configured: hostname, personality, subfunctions")
}

function update_parameter(id, name, value) {
  if (one_of(name, "boot_device,rootfs_device,install_output,console") && !is_locked(id))
    refuse("Host must be locked before updating installation parameters.")
  if (name == "clock_synchronization" && !one_of(value, "ntp,ptp"))
    refuse("Invalid clock_synchronization: " one_line(value))
  S["host/" id "/" name] = name ~ /_device$/ ? device_path(value) : value
}

function assign_personality(id, personality, hostname,    given) {
  if (personality == "controller") given = controller_name()
  else if (personality == "storage") given = storage_name(hostname)
  else if (personality == "worker") {
    if (hostname == "")
      refuse("Host " uuid_of("host", id) " of personality worker, must be provisioned with a hostname.")
    given = hostname
  }
  else if (hostname == "")
    refuse("None: Reject attempt to configure with invalid personality=" one_line(personality) " ")
  check_hostname(personality == "worker" ? given : hostname != "" ? hostname : given, personality)
  check_personality(personality)
  if (host_of_name(given) != "" && host_of_name(given) != id) refuse("Hostname " given " already exists")
  S["host/" id "/personality"] = personality
  S["host/" id "/hostname"] = given
  S["host/" id "/subfunctions"] = personality == "controller" ? controller_subfunctions() : personality
  give_monitor(id, given)
  begin_install(id)
}

function controller_name() {
  if (host_of_name("controller-0") != "" && host_of_name("controller-1") != "")
    refuse("Two controller nodes have already been configured. This host can not be configured as a controller.")
  return "controller-1"
}

# Storage nodes are numbered in the order in which they are assigned.
function storage_name(hostname,    n) {
  if (!is_backend_configured("ceph"))
    refuse("Storage nodes can only be configured if storage cluster is configured for the Ceph backend.")
  if (!one_of(storage_model(), "storage-nodes,undefined"))
    refuse("Storage nodes can not be configured for the '" storage_model() "' storage model.")
  for (n = 0; host_of_name("storage-" n) != ""; n++) continue
  if (hostname != "" && hostname != "storage-" n)
    refuse("Storage name " one_line(hostname) " not allowed.  Expected storage-" n ". Storage nodes can be one of: storage-#.")
  return "storage-" n
}

function check_hostname(hostname, personality) {
  if (personality == "worker") {
    if (hostname !~ /^[A-Za-z0-9_.-]+$/)
      refuse("Name may only contain letters, numbers, underscores, periods and hyphens.")
    if (length(hostname) > 255) refuse("Name restricted to at most 255 characters.")
    if (one_of(hostname, "controller-0,controller-1") || index(hostname, "storage") == 1)
      refuse(hostname " Reject attempt to configure invalid hostname for personality worker.")
  } else if (personality == "controller") {
    if (!one_of(hostname, "controller-0,controller-1"))
      refuse("Host with personality=controller can only have a hostname from ['controller-0', 'controller-1']")
  } else if (personality == "storage") {
    if (hostname !~ /^storage-[0-9]+$/)
      refuse("Host with personality=storage can only have a hostname starting with storage-(number)")
  } else refuse(one_line(hostname) ": Reject attempt to configure with invalid personality=" one_line(personality) " ")
}

# An All-in-one system takes controllers, as a duplex one workers too.
function check_personality(personality) {
  if (personality == "controller" || personality == "" || !is_aio()) return
  if (personality == "worker" && !is_simplex()) return
  refuse("Personality [" personality "] for host is not compatible with installed software. ")
}

# With Ceph, controller-1 and storage-0 of a Standard system have monitors without being asked.
function give_monitor(id, hostname) {
  if (is_aio() || has_backend("ceph") == 0 || monitor_of(id) != "") return
  if (hostname == "controller-1" || hostname == "storage-0") add_monitor(id, "configuring-on-unlock")
}
