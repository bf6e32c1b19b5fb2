# host-disk-list and host-stor-…: disks, and the OSDs on them (sysinv, api/controllers/v1/storage.py).

function host_disk_list(word,    host, ids, n, i, id) {
  host = find_host(word)
  table_begin("uuid|device_node|device_num|device_type|size_gib|available_gib|rpm|serial_id|device_path")
  n = split(S["disks/" host], ids, " ")
  for (i = 1; i <= n; i++) {
    id = ids[i]
    table_row()
    table_cell(uuid_of("disk", id)); table_cell(S["disk/" id "/node"]); table_cell(2048 + 16 * (i - 1))
    table_cell(S["disk/" id "/node"] ~ /nvme/ ? "NVME" : "SSD"); table_cell(S["disk/" id "/gib"] ".0")
    table_cell((S["disk/" id "/rootfs"] || S["disk/" id "/stor"] ? 0 : S["disk/" id "/gib"]) ".0")
    table_cell("N/A"); table_cell("LAB-" id); table_cell(S["disk/" id "/path"])
  }
  table_end("table", 2)
}

function host_stor_list(word,    host, ids, n, i, id) {
  host = find_host(word)
  table_begin("uuid|function|osdid|state|idisk_uuid|journal_path|journal_node|journal_size_gib|tier_name")
  n = split(S["stors"], ids, " ")
  for (i = 1; i <= n; i++) {
    id = ids[i]
    if (S["stor/" id "/host"] != host) continue
    table_row()
    table_cell(uuid_of("stor", id)); table_cell("osd")
    table_cell(S["stor/" id "/osd"]); table_cell(S["stor/" id "/state"])
    table_cell(uuid_of("disk", S["stor/" id "/disk"])); table_cell(""); table_cell("")
    table_cell("1"); table_cell("storage")
  }
  table_end("table", 1)
}

function host_stor_add(    host, disk, id) {
  if (ARG["function"] != "" && ARG["function"] != "osd") refuse("The lab's script adds OSDs only")
  host = find_host(ARG["host"])
  check_osd_host(host)
  disk = find_disk(ARG["disk"])
  if (S["disk/" disk "/stor"] != "") refuse("Disk already assigned.")
  if (S["disk/" disk "/host"] != host) refuse("Disk is attached to a different host")
  if (S["disk/" disk "/rootfs"]) refuse("Can not associate to a rootfs disk")
  id = next_id("stor")
  list_add("stors", id)
  S["disk/" disk "/stor"] = id
  S["stor/" id "/host"] = host
  S["stor/" id "/disk"] = disk
  S["stor/" id "/osd"] = id - 1
  if (has_backend("ceph-rook") > 0) {
    S["stor/" id "/state"] = "configuring-with-app"
    # The OSD's own data need the host's file system of that name.
    if (!list_has("fs/" host, "ceph")) { list_add("fs/" host, "ceph"); S["fs/" host "/ceph"] = 20 }
  } else if (is_enabled(host)) {
    S["stor/" id "/state"] = "configuring"
    S["stor/" id "/due"] = later(1)
  } else S["stor/" id "/state"] = "configuring-on-unlock"
  property_begin()
  property("osdid", S["stor/" id "/osd"])
  property("function", "osd")
  property("state", S["stor/" id "/state"])
  property("journal_location", uuid_of("stor", id))
  property("uuid", uuid_of("stor", id))
  property("ihost_uuid", uuid_of("host", host))
  property("idisk_uuid", uuid_of("disk", disk))
  property("tier_name", "storage")
  property("created_at", now_text())
  property_end("table")
}

# @returns the id of a disk of any host
function find_disk(word,    hosts, ids, n, m, i, j) {
  n = split(S["hosts"], hosts, " ")
  for (i = 1; i <= n; i++) {
    m = split(S["disks/" hosts[i]], ids, " ")
    for (j = 1; j <= m; j++) if (uuid_of("disk", ids[j]) == word) return ids[j]
  }
  refuse("No disk with the provided uuid: " one_line(word))
}

function check_osd_host(host,    model, personality) {
  personality = host_get(host, "personality")
  if (has_backend("ceph") > 0) {
    model = storage_model()
    if (model == "storage-nodes" && personality != "storage")
      refuse("Storage model is 'storage-nodes'. Storage devices can only be added to storage nodes.")
    if (model == "controller-nodes" && personality != "controller")
      refuse("Storage model is 'controller-nodes'. Storage devices can only be added to controller nodes.")
    if (model == "undefined")
      refuse("Please install storage-0 or configure a Ceph monitor on a worker node before adding storage devices.")
    if (model == "storage-nodes") {
      if (!is_locked(host)) refuse("Host " shown_host(host) " must be locked.")
    } else if (!is_locked(host) && host_get(host, "operational") != "enabled")
      refuse("Host " shown_host(host) " must be unlocked and operational state enabled.")
  } else if (has_backend("ceph-rook") > 0) check_rook_host(host, personality)
  else refuse("System must have either a ceph or a ceph-rook backend")
}

function check_rook_host(host, personality,    model) {
  model = S["backend/" has_backend("ceph-rook") "/deployment"]
  if ((model == "controller" && personality != "controller") || (model == "dedicated" && personality != "worker"))
    refuse("Deployment model " model " from storage backend ceph-rook-store does not support osd on host " shown_host(host) ".")
}
