# host-cpu-modify and host-memory-modify: what is kept for the platform and for huge pages. A lab host has one
# processor (0) with 16 cores and 64 GiB.

function host_cpu_modify(    host, socket, count, used) {
  host = find_host(ARG["host"])
  if (!is_locked(host)) refuse("Host must be locked.")
  if (!has_function(host, "worker")) refuse("Can only modify worker node cores.")
  if (ARG["function"] == "") misuse("the following arguments are required: -f/--function")
  for (socket = 1; socket <= 3; socket++)
    if (("num_cores_on_processor" socket) in ARG) refuse("There is no processor " socket " on this host.")
  count = ARG["num_cores_on_processor0"]
  if (count != "" && ARG["cpulist"] != "") refuse("Not allowed to specify both -c and -pX options.")
  if (ARG["cpulist"] != "") count = size_of_cpulist(ARG["cpulist"])
  if (count == "") refuse("Number of cores on Processor (Socket) not provided.")
  if (!is_number(count)) refuse("invalid int value: '" one_line(count) "'")
  if (ARG["function"] == "vswitch") refuse("vSwitch cpus can only be used with a vswitch_type specified.")
  S["host/" host "/cpus_" ARG["function"]] = count + 0
  used = host_get(host, "cpus_platform") + host_get(host, "cpus_shared") + host_get(host, "cpus_application-isolated")
  if (used > 16) refuse("There must be at least one unused core for applications; the host has 16 cores.")
  host_cpu_list(host)
}

# @returns how many processors a list such as 2-5,8 names; refuses what is none
function size_of_cpulist(text,    parts, ends, n, i, count) {
  if (text !~ /^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$/) refuse("Invalid cpulist " one_line(text))
  n = split(text, parts, ",")
  for (i = 1; i <= n; i++) {
    ends[2] = ""
    split(parts[i], ends, "-")
    if (ends[2] == "") ends[2] = ends[1]
    if (ends[2] + 0 < ends[1] + 0 || ends[2] + 0 > 15) refuse("Invalid cpulist " one_line(text))
    count += ends[2] - ends[1] + 1
  }
  return count
}

function host_cpu_list(host,    i) {
  table_begin("uuid|log_core|processor|phy_core|thread|processor_model|assigned_function")
  for (i = 0; i < 16; i++) {
    table_row()
    table_cell(sprintf("%08x-0000-4000-8000-%012x", 16, host * 100 + i)); table_cell(i); table_cell(0)
    table_cell(i); table_cell(0)
    table_cell("lab"); table_cell(function_of_cpu(host, i))
  }
  table_end("table", 0)
}

function function_of_cpu(host, cpu,    platform, shared, isolated) {
  platform = host_get(host, "cpus_platform") == "" ? 1 : host_get(host, "cpus_platform")
  shared = platform + host_get(host, "cpus_shared")
  isolated = shared + host_get(host, "cpus_application-isolated")
  return cpu < platform ? "Platform" : cpu < shared ? "Shared" : cpu < isolated ? "Application-isolated" : "Application"
}

function host_memory_modify(    host, mib) {
  host = find_host(ARG["host"])
  if (!is_number(ARG["processor"]) || ARG["processor"] + 0 != 0)
    refuse("Processor not found: host " shown_host(host) " processor " one_line(ARG["processor"]))
  if (!is_locked(host)) refuse("Host must be locked.")
  if (!has_function(host, "worker")) refuse("Hugepages memory configuration is not supported for this node.")
  check_pages("platform_reserved_mib", "Platform memory")
  check_pages("hugepages_nr_2M_pending", "VM huge pages 2M")
  check_pages("hugepages_nr_1G_pending", "VM huge pages 1G")
  if (ARG["hugepages_nr_2M_pending"] + 0 > 0 && ARG["hugepages_nr_1G_pending"] + 0 > 0)
    refuse("Host only supports single huge page size.")
  if (ARG["platform_reserved_mib"] != "") S["host/" host "/memory_platform"] = ARG["platform_reserved_mib"]
  if (ARG["hugepages_nr_2M_pending"] != "") S["host/" host "/hugepages_2M"] = ARG["hugepages_nr_2M_pending"]
  if (ARG["hugepages_nr_1G_pending"] != "") S["host/" host "/hugepages_1G"] = ARG["hugepages_nr_1G_pending"]
  mib = host_get(host, "memory_platform") + host_get(host, "hugepages_2M") * 2 + host_get(host, "hugepages_1G") * 1024
  if (mib > 65536) refuse("Platform reserved memory and huge pages need " mib " MiB, 65536 MiB available.")
  property_begin()
  property("processor", 0)
  property("mem_total(MiB)", 65536)
  property("mem_platform(MiB)", host_get(host, "memory_platform"))
  property("app_hp_pending_2M", host_get(host, "hugepages_2M"))
  property("app_hp_pending_1G", host_get(host, "hugepages_1G"))
  property_end("table")
}

function check_pages(name, shown) {
  if (ARG[name] != "" && !is_number(ARG[name])) refuse(shown " must be a number")
}
