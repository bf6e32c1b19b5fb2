# host-cpu-…: what each processor core of a host is for (sysinv, cpu.py and cpu_utils.py). A lab host has one
# processor (0) without siblings of cores. What is named by a list keeps it; what is counted takes the first that are left.

function cpu_functions() {
  return "platform shared application-isolated"
}

function shown_function(name) {
  return toupper(substr(name, 1, 1)) substr(name, 2)
}

function host_cpu_modify(    host, socket, name, count) {
  host = find_host(ARG["host"])
  if (!is_locked(host)) refuse("Host must be locked.")
  if (!has_function(host, "worker")) refuse("Can only modify worker node cores.")
  name = ARG["function"]
  if (name == "") misuse("the following arguments are required: -f/--function")
  for (socket = 1; socket <= 3; socket++)
    if (("num_cores_on_processor" socket) in ARG) refuse("There is no processor " socket " on this host.")
  count = ARG["num_cores_on_processor0"]
  if (count != "" && ARG["cpulist"] != "") refuse("Not allowed to specify both -c and -pX options.")
  if (count == "" && ARG["cpulist"] == "") refuse("Number of cores on Processor (Socket) not provided.")
  if (count != "" && !is_number(count)) refuse("invalid int value: '" one_line(count) "'")
  if (name == "vswitch") refuse("vSwitch cpus can only be used with a vswitch_type specified.")
  S["host/" host "/cpulist_" name] = ARG["cpulist"] == "" ? "" : cpus_of_list(host, ARG["cpulist"])
  S["host/" host "/cpus_" name] = count == "" ? "" : count + 0 ""
  check_allocation(host)
  host_cpu_list(host)
}

# @returns the cores that a list such as 2-5,8 names, as words; refuses what is none
function cpus_of_list(host, text,    parts, ends, n, i, cpu, words, seen) {
  if (text !~ /^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$/) refuse("Invalid cpulist " one_line(text))
  n = split(text, parts, ",")
  for (i = 1; i <= n; i++) {
    ends[2] = ""
    split(parts[i], ends, "-")
    if (ends[2] == "") ends[2] = ends[1]
    if (ends[2] + 0 < ends[1] + 0) refuse("Invalid cpulist " one_line(text))
    if (ends[2] + 0 >= cores_of(host)) refuse("Specified CPU " ends[2] " is invalid.")
    for (cpu = ends[1] + 0; cpu <= ends[2] + 0; cpu++) {
      if (cpu in seen) continue
      seen[cpu] = 1
      words = words (words == "" ? "" : " ") cpu
    }
  }
  return words
}

function cores_of(host) {
  return hardware_of(host, "cpus") + 0
}

# How many cores a function has.
function cores_for(host, name,    words, count) {
  if (S["host/" host "/cpulist_" name] != "") return split(S["host/" host "/cpulist_" name], words, " ")
  count = host_get(host, "cpus_" name)
  return count != "" ? count + 0 : name == "platform" ? (has_function(host, "controller") ? 2 : 1) : 0
}

function check_allocation(host,    names, n, i, j, words, m, taken, platform, shared, isolated, cores) {
  n = split(cpu_functions(), names, " ")
  for (i = 1; i <= n; i++) {
    m = split(S["host/" host "/cpulist_" names[i]], words, " ")
    for (j = 1; j <= m; j++) {
      if (words[j] in taken) refuse("Some CPUs are specified for more than one function.")
      taken[words[j]] = 1
    }
  }
  cores = cores_of(host)
  platform = cores_for(host, "platform")
  shared = cores_for(host, "shared")
  isolated = cores_for(host, "application-isolated")
  if (platform + shared + isolated > cores)
    refuse("More total logical cores requested than present on Processor 0 (" cores " cores).")
  if (has_function(host, "controller") && platform < 2) refuse("Platform must have at least two cores.")
  if (platform < 1) refuse("Platform must have at least one core.")
  if (shared > 1) refuse("Shared cores are limited to 1 per processor.")
  if (isolated > 0 && shared > 0)
    refuse("Application-isolated cores can only be configured with Platform and Application core types.")
  if (platform + isolated >= cores) refuse("There must be at least one unused core for Application.")
}

function host_cpu_list(host,    i, cores) {
  allocate(host)
  cores = cores_of(host)
  table_begin("uuid|log_core|processor|phy_core|thread|processor_model|assigned_function")
  for (i = 0; i < cores; i++) {
    table_row()
    table_cell(sprintf("%08x-0000-4000-8000-%012x", 16, host * 1000 + i)); table_cell(i ""); table_cell("0")
    table_cell(i ""); table_cell("0")
    table_cell("lab"); table_cell(CORE_FUNCTION[i])
  }
  table_end("table", 0)
}

# What each core is for, into CORE_FUNCTION. A host without workloads has nothing but the platform's.
function allocate(host,    names, n, i, words, m, j, left, cpu, cores) {
  split("", CORE_FUNCTION)
  cores = cores_of(host)
  n = split(cpu_functions(), names, " ")
  for (i = 1; i <= n; i++) {
    m = split(S["host/" host "/cpulist_" names[i]], words, " ")
    for (j = 1; j <= m; j++) CORE_FUNCTION[words[j] + 0] = shown_function(names[i])
  }
  cpu = 0
  for (i = 1; i <= n; i++) {
    left = S["host/" host "/cpulist_" names[i]] == "" ? cores_for(host, names[i]) : 0
    for (; left > 0 && cpu < cores; cpu++) {
      if (cpu in CORE_FUNCTION) continue
      CORE_FUNCTION[cpu] = shown_function(names[i])
      left--
    }
  }
  for (cpu = 0; cpu < cores; cpu++)
    if (!(cpu in CORE_FUNCTION)) CORE_FUNCTION[cpu] = has_function(host, "worker") ? "Application" : "Platform"
}
