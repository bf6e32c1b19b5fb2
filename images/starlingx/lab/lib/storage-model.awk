# Ceph: which of its three models a system has (sysinv, common/ceph.py), and how many monitors are up.

function has_backend(type,    ids, n, i) {
  n = split(S["backends"], ids, " ")
  for (i = 1; i <= n; i++) if (S["backend/" ids[i] "/type"] == type) return ids[i]
  return 0
}

function is_backend_configured(type,    id) {
  id = has_backend(type)
  return id > 0 && S["backend/" id "/state"] == "configured"
}

# @returns aio-sx, controller-nodes, storage-nodes or undefined
function storage_model(    ids, n, i, on_controllers) {
  if (is_aio()) return is_simplex() ? "aio-sx" : "controller-nodes"
  if (count_personality("storage") > 0) return "storage-nodes"
  n = split(S["mons"], ids, " ")
  for (i = 1; i <= n; i++)
    if (host_get(S["mon/" ids[i] "/host"], "personality") == "worker") on_controllers = 1
  n = split(S["stors"], ids, " ")
  for (i = 1; i <= n; i++)
    if (host_get(S["stor/" ids[i] "/host"], "personality") == "controller") on_controllers = 1
  return on_controllers ? "controller-nodes" : "undefined"
}

# @returns the id of the host's monitor; "" when it has none
function monitor_of(host,    ids, n, i) {
  n = split(S["mons"], ids, " ")
  for (i = 1; i <= n; i++) if (S["mon/" ids[i] "/host"] == host) return ids[i]
  return ""
}

function add_monitor(host, state,    id) {
  id = next_id("mon")
  list_add("mons", id)
  S["mon/" id "/host"] = host
  S["mon/" id "/state"] = state
  if (state == "configuring") S["mon/" id "/due"] = later(1)
  return id
}

# Monitors on hosts that are unlocked and enabled.
function active_monitors(    ids, n, i, count) {
  n = split(S["mons"], ids, " ")
  count = 0
  for (i = 1; i <= n; i++) if (is_enabled(S["mon/" ids[i] "/host"])) count++
  return count
}

function required_monitors() {
  return is_aio() ? 1 : 2
}

# OSDs of a host.
function count_osds(host,    ids, n, i, count) {
  n = split(S["stors"], ids, " ")
  count = 0
  for (i = 1; i <= n; i++) if (S["stor/" ids[i] "/host"] == host) count++
  return count
}
