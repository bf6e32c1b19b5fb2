# host-list, host-show and host-delete.

function host_list(    ids, columns, n, i, j, list) {
  list = "id|hostname|personality|administrative|operational|availability"
  if (ARG["column", "n"] > 0) list = asked_columns()
  table_begin(list)
  split(list, columns, "|")
  n = split(S["hosts"], ids, " ")
  for (i = 1; i <= n; i++) {
    table_row()
    for (j = 1; j <= COLUMNS; j++) table_cell(host_field(ids[i], columns[j]))
  }
  table_end(ARG["format"], 0)
}

function asked_columns(    i, list) {
  for (i = 1; i <= ARG["column", "n"]; i++) list = list (i > 1 ? "|" : "") one_line(ARG["column", i])
  return list
}

function host_show(id, format,    columns, n, i) {
  property_begin()
  n = split(ARG["column", "n"] > 0 ? asked_columns() : host_columns(id), columns, "|")
  for (i = 1; i <= n; i++) property(columns[i], host_field(id, columns[i]))
  property_end(format)
}

function host_columns(id,    list) {
  list = "action|administrative|availability|bm_ip|bm_type|bm_username|boot_device|capabilities|" \
    "clock_synchronization|console|created_at|hostname|id|install_output|install_state|inv_state|" \
    "invprovision|location|mgmt_mac|operational|personality|rootfs_device|serialid"
  if (host_get(id, "subfunctions") != host_get(id, "personality")) {
    if (has_function(id, "controller")) list = list "|subfunction_avail|subfunction_oper"
    list = list "|subfunctions"
  }
  return list "|sw_version|task|updated_at|uuid"
}

function host_field(id, name) {
  if (name == "id") return id
  if (name == "uuid") return uuid_of("host", id)
  if (name == "sw_version") return SW_VERSION
  if (name == "subfunction_oper") return host_get(id, "operational")
  if (name == "subfunction_avail") return host_get(id, "availability")
  if (name == "capabilities") {
    if (host_get(id, "personality") != "controller") return "{}"
    return "{'Personality': 'Controller-" (id == 1 ? "Active" : "Standby") "'}"
  }
  return host_get(id, name)
}

# Deletes a locked host with all that it has.
function host_delete(word,    id, ids, n, i, key) {
  id = find_host(word)
  if (!is_locked(id)) refuse("Host must be locked")
  if (id == 1) refuse("Can not delete the active controller " shown_host(id))
  if (count_osds(id) > 0 && host_get(id, "personality") == "storage")
    refuse("Delete action for storage node " shown_host(id) " is not supported while it has OSDs (lab)")
  n = split(S["ifnets"], ids, " ")
  for (i = 1; i <= n; i++) if (S["if/" S["ifnet/" ids[i] "/if"] "/host"] == id) list_drop("ifnets", ids[i])
  n = split(S["stors"], ids, " ")
  for (i = 1; i <= n; i++) if (S["stor/" ids[i] "/host"] == id) list_drop("stors", ids[i])
  if (monitor_of(id) != "") list_drop("mons", monitor_of(id))
  list_drop("hosts", id)
  for (key in S)
    if (index(key, "host/" id "/") == 1 || key == "ifs/" id || key == "disks/" id || index(key "/", "fs/" id "/") == 1)
      S[key] = ""
  out("Deleted host " one_line(word))
}
