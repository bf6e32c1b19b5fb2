# ceph-mon-…: the third monitor of a system that has its OSDs on controllers (sysinv, ceph_mon.py).

function ceph_mon_list(    ids, n, i, id) {
  table_begin("uuid|ceph_mon_gib|hostname|state|task")
  n = split(S["mons"], ids, " ")
  for (i = 1; i <= n; i++) {
    id = ids[i]
    table_row()
    table_cell(uuid_of("mon", id)); table_cell(20); table_cell(shown_host(S["mon/" id "/host"]))
    table_cell(S["mon/" id "/state"]); table_cell("")
  }
  table_end("table", 1)
}

function ceph_mon_add(word,    host, ids, n, i, model, id) {
  host = find_host(word)
  if (has_backend("ceph") == 0)
    refuse("ceph-mon API commands are only allowed for use with 'ceph' as the storage backend.")
  if (monitor_of(host) != "") refuse("Ceph monitor already configured for host '" shown_host(host) "'.")
  n = split(S["mons"], ids, " ")
  for (i = 1; i <= n; i++)
    if (one_of(host_get(S["mon/" ids[i] "/host"], "personality"), "storage,worker"))
      refuse("Ceph monitor already configured for host '" shown_host(S["mon/" ids[i] "/host"]) "'.")
  if (host_get(host, "personality") == "worker") {
    model = storage_model()
    if (is_aio() || !one_of(model, "controller-nodes,undefined"))
      refuse("Can not add a storage monitor to a worker if ceph's deployments model is already set to " model \
        " or system is All-in-one.")
  } else if (host_get(host, "hostname") != "storage-0")
    refuse("Ceph monitor can only be added to storage-0 or any worker.")
  if (!is_enabled(host) && !(is_locked(host) && host_get(host, "availability") == "online"))
    refuse("Host " shown_host(host) " must be online")
  id = add_monitor(host, is_enabled(host) ? "configuring" : "configuring-on-unlock")
  property_begin()
  property("uuid", uuid_of("mon", id))
  property("ceph_mon_gib", 20)
  property("created_at", now_text())
  property("updated_at", "")
  property("state", S["mon/" id "/state"])
  property("task", "{'" shown_host(host) "': '" S["mon/" id "/state"] "'}")
  property_end("table")
}
