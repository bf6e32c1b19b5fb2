# host-memory-…: memory that is kept for the platform and for huge pages (sysinv, memory.py). All of it belongs to
# the one processor (0) of a lab host. Huge pages are pending until the host is unlocked.

function host_memory_modify(    host, mib, sizes, i, given) {
  host = find_host(ARG["host"])
  if (!is_number(ARG["processor"]) || ARG["processor"] + 0 != 0)
    refuse("Processor not found: host " shown_host(host) " processor " one_line(ARG["processor"]))
  if (!is_locked(host)) refuse("Host must be locked.")
  if (!has_function(host, "worker")) refuse("Hugepages memory configuration is not supported for this node.")
  check_pages("platform_reserved_mib", "Platform memory")
  check_pages("hugepages_nr_2M_pending", "VM huge pages 2M")
  check_pages("hugepages_nr_1G_pending", "VM huge pages 1G")
  split("2M 1G", sizes, " ")
  for (i = 1; i <= 2; i++) {
    given = ARG["hugepages_nr_" sizes[i] "_pending"]
    if (given != "") S["host/" host "/hugepages_pending_" sizes[i]] = given + 0 ""
  }
  if (pages_to_come(host, "2M") > 0 && pages_to_come(host, "1G") > 0)
    refuse("Host only supports single huge page size.")
  if (ARG["platform_reserved_mib"] != "") S["host/" host "/memory_platform"] = ARG["platform_reserved_mib"]
  mib = host_get(host, "memory_platform") + pages_to_come(host, "2M") * 2 + pages_to_come(host, "1G") * 1024
  if (mib > hardware_of(host, "memory") + 0)
    refuse("Platform reserved memory and huge pages need " mib " MiB, " hardware_of(host, "memory") " MiB available.")
  property_begin()
  property("processor", "0")
  property("mem_total(MiB)", hardware_of(host, "memory"))
  property("mem_platform(MiB)", host_get(host, "memory_platform"))
  property("app_hp_pending_2M", host_get(host, "hugepages_pending_2M"))
  property("app_hp_pending_1G", host_get(host, "hugepages_pending_1G"))
  property_end("table")
}

function check_pages(name, shown) {
  if (ARG[name] != "" && !is_number(ARG[name])) refuse(shown " must be a number")
}

# Huge pages that the host has once it is unlocked.
function pages_to_come(host, size,    pending) {
  pending = host_get(host, "hugepages_pending_" size)
  return (pending != "" ? pending : host_get(host, "hugepages_" size)) + 0
}

function host_memory_list(host) {
  table_begin("processor|mem_total(MiB)|mem_platform(MiB)|app_hp_total_2M|app_hp_pending_2M|app_hp_total_1G|app_hp_pending_1G")
  table_row()
  table_cell("0"); table_cell(hardware_of(host, "memory")); table_cell(host_get(host, "memory_platform"))
  table_cell(host_get(host, "hugepages_2M") + 0 ""); table_cell(host_get(host, "hugepages_pending_2M"))
  table_cell(host_get(host, "hugepages_1G") + 0 ""); table_cell(host_get(host, "hugepages_pending_1G"))
  table_end("table", 0)
}
