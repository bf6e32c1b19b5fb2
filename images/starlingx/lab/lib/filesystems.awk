# host-fs-…: file systems of the volume group cgts-vg (sysinv, host_fs.py). Sizes in GiB.

function host_fs_list(host,    names, n, i) {
  table_begin("UUID|FS Name|Size in GiB|Logical Volume|State|Capabilities")
  n = split(S["fs/" host], names, " ")
  for (i = 1; i <= n; i++) {
    table_row()
    table_cell(uuid_of("fs", host * 100 + i)); table_cell(names[i]); table_cell(S["fs/" host "/" names[i]])
    table_cell(names[i] "-lv"); table_cell(is_locked(host) && names[i] == "ceph" ? "Ready" : "In-Use")
    table_cell("{}")
  }
  table_end("table", 2)
}

# NAME=SIZE into FS_NAME and FS_SIZE; refuses what is not so.
function take_size(word, problem,    at) {
  at = index(word, "=")
  if (at == 0) refuse(problem " must be FS_NAME=SIZE not \"" one_line(word) "\"")
  FS_NAME = substr(word, 1, at - 1)
  FS_SIZE = substr(word, at + 1)
}

function host_fs_modify(    host, i, free, grown) {
  host = find_host(ARG["host"])
  free = free_space(host)
  for (i = 1; i <= ARG["attributes", "n"]; i++) {
    take_size(ARG["attributes", i], "Filesystem resize attributes")
    if (!list_has("fs/" host, FS_NAME) || FS_NAME == "" || index(FS_NAME, " "))
      refuse("HostFs update failed: invalid filesystem '" one_line(FS_NAME) "'")
    if (!is_number(FS_SIZE)) refuse("HostFs update failed: filesystem '" FS_NAME "' size must be an integer.")
    if (FS_SIZE + 0 <= S["fs/" host "/" FS_NAME] + 0)
      refuse("HostFs update failed: size for filesystem '" FS_NAME "' should be bigger than " S["fs/" host "/" FS_NAME] ".")
    grown += FS_SIZE - S["fs/" host "/" FS_NAME]
    S["fs/" host "/" FS_NAME] = FS_SIZE + 0
  }
  check_space(free, grown)
  host_fs_list(host)
}

function host_fs_add(    host) {
  host = find_host(ARG["host"])
  take_size(ARG["filesystem"], "Filesystem creation attributes")
  if (!one_of(FS_NAME, "image-conversion,instances,ceph"))
    refuse("Unsupported filesystem. Only the following filesystems are supported for creation or deletion: " \
      "['image-conversion', 'instances', 'ceph']")
  if (list_has("fs/" host, FS_NAME)) refuse("Filesystem name (" FS_NAME ") already present")
  if (!is_number(FS_SIZE) || FS_SIZE + 0 < 1) refuse("HostFs update failed: Minimum FS size is 1 GiB.")
  if (FS_NAME == "ceph") {
    if (!has_function(host, "controller") && !has_function(host, "worker"))
      refuse("Filesystem ceph can only be added on controller and worker nodes")
    if (has_backend("ceph-rook") == 0)
      refuse("ceph-rook must be configured as the storage backend to create/delete host-fs ceph.")
  }
  if (FS_NAME == "instances" && !has_function(host, "worker"))
    refuse("Filesystem instances can not be added on " host_get(host, "personality") " nodes")
  if (FS_NAME == "instances" && !is_locked(host)) refuse("Host must be locked to make changes to instances")
  if (FS_NAME == "image-conversion" && !has_function(host, "controller"))
    refuse("Filesystem image-conversion can not be added on " host_get(host, "personality") " nodes")
  check_space(free_space(host), FS_SIZE + 0)
  list_add("fs/" host, FS_NAME)
  S["fs/" host "/" FS_NAME] = FS_SIZE + 0
  property_begin()
  property("uuid", uuid_of("fs", host * 100 + split(S["fs/" host], NAMES, " ")))
  property("name", FS_NAME)
  property("size", FS_SIZE + 0)
  property("logical_volume", FS_NAME "-lv")
  property("state", is_locked(host) ? "Creating on Unlock" : "In-Use")
  property_end("table")
}

# What the disk of the root has left for the volume group, as the installer divides it.
function free_space(host,    names, n, i, ids, free) {
  n = split(S["disks/" host], ids, " ")
  for (i = 1; i <= n; i++) if (S["disk/" ids[i] "/rootfs"]) free = S["disk/" ids[i] "/gib"] - 60
  n = split(S["fs/" host], names, " ")
  for (i = 1; i <= n; i++) free -= S["fs/" host "/" names[i]]
  return free
}

function check_space(free, grown) {
  if (grown > free)
    refuse("HostFs update failed: Not enough free space on cgts-vg. Current free space " free \
      " GiB, requested total increase " grown " GiB")
}
