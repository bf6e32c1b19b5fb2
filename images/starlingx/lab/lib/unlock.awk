# host-unlock and host-lock: the checks of sysinv's check_unlock… and check_lock…, in their order.

function host_unlock(word, force,    id, name) {
  id = find_host(word)
  name = shown_host(id)
  if (!is_locked(id)) refuse("Avoiding 'unlock' action on already 'unlocked' host " name)
  if (host_get(id, "unlock_due") != "") refuse("Avoiding 'unlock' action on already 'unlocking' host " name)
  if (!force && host_get(id, "availability") != "online")
    refuse("Host " name " is not online. Wait for 'online' availability status and then 'unlock'")
  if (host_get(id, "personality") == "")
    refuse("Can not unlock an unprovisioned host " name ". Please perform 'Edit Host' to provision host.")
  if (host_get(id, "inv_state") != "inventoried")
    refuse("Can not unlock host " name " that has not yet been inventoried. Please wait for host to complete " \
      "initial inventory prior to unlock.")
  if (host_get(id, "personality") == "controller") check_unlock_controller(id)
  if (host_get(id, "personality") == "storage") check_unlock_storage(id)
  check_unlock_interfaces(id, name)
  if (!force && has_function(id, "worker") && host_get(id, "kernel_due") != "")
    refuse("Can not unlock " name " kernel configuration in progress.")
  S["host/" id "/task"] = "Unlocking"
  S["host/" id "/unlock_due"] = later(1)
  S["host/" id "/enable_due"] = later(2)
  host_show(id, "table")
}

function check_unlock_controller(id,    ids, n, i) {
  if (interface_with(id, "oam") == "")
    refuse("Can not unlock a controller host without an oam interface. Add an oam interface before re-attempting this command.")
  n = split(S["backends"], ids, " ")
  for (i = 1; i <= n; i++)
    if (S["backend/" ids[i] "/type"] == "ceph" && !one_of(S["backend/" ids[i] "/state"], "configured,configuring-on-unlock") && \
        S["backend/" ids[i] "/task"] != "applying-manifests")
      refuse("Ceph is " S["backend/" ids[i] "/state"] ". All storage backends must be configured before operation is allowed.")
  # Not StarlingX's: it would let the unlock pass and refuse the storage nodes afterwards.
  if (id == 1 && S["settings/storage"] == "dedicated" && has_backend("ceph") == 0)
    refuse("Can not unlock controller-0 of a system with dedicated storage before the Ceph backend exists: its " \
      "storage nodes could not be configured any more. (Said by the lab; StarlingX refuses the storage nodes.)")
}

function check_unlock_storage(id) {
  if (count_osds(id) == 0) refuse("Can not unlock a storage node without any Storage Volumes configured")
  if (active_monitors() < required_monitors() && !(host_get(id, "hostname") == "storage-0" && \
      host_get(id, "invprovision") == "provisioned"))
    refuse("Can not unlock storage node. Only " active_monitors() " storage monitor available. At least " \
      required_monitors() " unlocked and enabled hosts with monitors are required. Please ensure hosts with " \
      "monitors are unlocked and enabled.")
}

function check_unlock_interfaces(id, name,    interface) {
  interface = interface_with(id, "mgmt")
  if (interface == "") refuse("Cannot unlock host " name " without configuring a management interface.")
  if (S["if/" interface "/type"] == "virtual" && !(is_aio() && is_simplex()))
    refuse("Cannot unlock host " name " when management interface is configured on a virtual interface.")
  interface = interface_with(id, "cluster-host")
  if (interface == "") refuse("Cannot unlock host " name " without configuring a cluster-host interface.")
  if (S["if/" interface "/type"] == "virtual" && !(is_aio() && is_simplex()))
    refuse("Cannot unlock host " name " when cluster-host interface is configured on a virtual interface.")
  if (host_get(id, "personality") == "controller" && S["config/admin_subnet"] != "" && interface_with(id, "admin") == "")
    refuse("Cannot unlock host " name " without assigning the admin network to an interface")
}

function host_lock(word, force, unsafe,    id, name, monitors) {
  id = find_host(word)
  name = shown_host(id)
  if (is_locked(id)) refuse("Avoiding " (force ? "force-lock" : "lock") " action on already 'locked' host " name)
  if (id == 1 && !is_simplex()) refuse(name " : Rejected: Can not lock an active controller")
  monitors = active_monitors()
  if (!unsafe && !is_aio() && monitor_of(id) != "" && is_enabled(id) && monitors <= required_monitors())
    refuse("Only " monitors " storage monitor available. At least " required_monitors() " unlocked and enabled hosts " \
      "with monitors are required. Please ensure hosts with monitors are unlocked and enabled. Use --force --unsafe " \
      "if you wish to lock anyway.")
  S["host/" id "/task"] = "Locking"
  S["host/" id "/enable_due"] = ""
  S["host/" id "/lock_due"] = later(1)
  host_show(id, "table")
}
