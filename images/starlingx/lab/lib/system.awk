# `system`: which command is asked for, with which words. Commands of the real client that provisioning does not use
# are refused by name, so that a play that needs one is seen at once.

BEGIN {
  load_state()
  SW_VERSION = "9.0"
  KEYSTONE = "http://localhost:5000/v3/auth/tokens"
  first = skip_globals()
  declare_commands()
  NAME = ARGV[first]
  if (first >= ARGC) misuse("the following arguments are required: <subcommand>")
  if (!(NAME in DECLARED))
    misuse("argument <subcommand>: invalid choice: '" one_line(NAME) "' (the lab's script knows: " KNOWN ")")
  PROGRAM = "system " NAME
  parse_arguments(DECLARED[NAME], first + 1)
  PROGRAM = "system"
  check_access()
  advance()
  refuse_while_down()
  run(NAME)
  succeed()
}

# Options before the command: the credentials, else taken from the environment. @returns where the command is
function skip_globals(    i) {
  for (i = 1; i < ARGC && substr(ARGV[i], 1, 1) == "-"; i++) {
    if (ARGV[i] == "--version") {
      out("scripted by the Armstead lab, not StarlingX")
      succeed()
    }
    if (one_of(ARGV[i], "--debug,-v,--verbose,-k,--insecure,--no-cache,--refresh-cache")) continue
    if (ARGV[i] ~ /^--os-[a-z-]+$/ || one_of(ARGV[i], "--timeout,--ca-file,--system-url")) {
      if (ARGV[i] == "--os-username") USER = ARGV[i + 1]
      if (ARGV[i] == "--os-password") PASSWORD = ARGV[i + 1]
      if (ARGV[i] == "--os-auth-url") URL = ARGV[i + 1]
      i++
    } else misuse("unrecognized arguments: " one_line(ARGV[i]))
  }
  return i
}

function check_access() {
  if (USER ENVIRON["OS_USERNAME"] == "")
    refuse("You must provide a username via either --os-username or via env[OS_USERNAME]")
  if (PASSWORD ENVIRON["OS_PASSWORD"] == "")
    refuse("You must provide a password via either --os-password or via env[OS_PASSWORD]")
  if (URL ENVIRON["OS_AUTH_URL"] == "")
    refuse("You must provide an auth url via either --os-auth-url or via env[OS_AUTH_URL]")
  if (S["bootstrap/done"] == "")
    refuse("Unable to establish connection to " KEYSTONE ": controller-0 is not bootstrapped")
}

function command(name, declared) {
  DECLARED[name] = declared
  KNOWN = KNOWN (KNOWN == "" ? "" : ", ") name
}

function declare_commands() {
  command("show", "")
  command("application-list", "")
  command("ntp-show", ""); command("ntp-modify", "attributes+")
  command("host-list", "--column*= --format=:table,yaml,value")
  command("host-show", "host --column*= --format=:table,yaml,value")
  command("host-add", "-n,--hostname= -p,--personality=:controller,worker,edgeworker,storage,network,profile " \
    "-s,--subfunctions=:lowlatency -m,--mgmt_mac= -b,--boot_device= -r,--rootfs_device=")
  command("host-update", "host attributes+")
  command("host-delete", "host")
  command("host-unlock", "host -f,--force"); command("host-lock", "host -f,--force -u,--unsafe")
  command("host-if-list", "host -a,--all"); command("host-if-show", "host interface")
  command("host-if-modify", "host interface -n,--ifname= -m,--imtu= -c,--ifclass=")
  command("interface-network-list", "host interface?")
  command("interface-network-assign", "host interface network"); command("interface-network-remove", "uuid")
  command("storage-backend-list", "--asdict")
  command("storage-backend-add", "backend:ceph,ceph-external,file,lvm,external,ceph-rook attributes* " \
    "-s,--services= -n,--name= -d,--deployment= --failure-domain= --confirmed --ceph-mon-gib= --network=:mgmt,cluster-host")
  command("host-disk-list", "host")
  command("host-stor-list", "host"); command("host-stor-add", "host function?:osd,monitor,journal disk --tier-uuid=")
  command("ceph-mon-list", ""); command("ceph-mon-add", "host")
  command("host-kernel-modify", "host kernel:standard,lowlatency")
  command("host-kernel-show", "host --format=:table,yaml,value")
  command("host-fs-list", "host"); command("host-fs-modify", "host attributes+")
  command("host-fs-add", "host filesystem")
  command("host-label-list", "host --format=:table,yaml,value")
  command("host-label-assign", "host attributes+ --overwrite")
  command("host-route-list", "host"); command("host-route-add", "host interface network prefix gateway metric?")
  command("host-cpu-list", "host --nowrap")
  command("host-cpu-modify", "host -f,--function=:vswitch,shared,platform,application-isolated -c,--cpulist= " \
    "-p0,--num_cores_on_processor0= -p1,--num_cores_on_processor1= -p2,--num_cores_on_processor2= -p3,--num_cores_on_processor3=")
  command("host-memory-list", "host --nowrap")
  command("host-memory-modify", "host processor -m,--platform_reserved_mib= -2M,--hugepages_nr_2M_pending= " \
    "-1G,--hugepages_nr_1G_pending= -f,--function=:vswitch,application")
}

function run(name) {
  if (name ~ /^host-(list|show|add|update|delete|unlock|lock)$/) run_host(name)
  else if (name ~ /^(host-if|interface-network)-/) run_interface(name)
  else if (name ~ /^(storage-backend|host-disk|host-stor|ceph-mon)-/) run_storage(name)
  else if (name == "show") system_show()
  else if (name == "application-list") application_list()
  else if (name == "ntp-show") ntp_show()
  else if (name == "ntp-modify") ntp_modify()
  else run_setting(name)
}

function run_host(name) {
  if (name == "host-list") host_list()
  else if (name == "host-show") host_show(find_host(ARG["host"]), ARG["format"])
  else if (name == "host-add") host_add()
  else if (name == "host-update") host_update()
  else if (name == "host-delete") host_delete(ARG["host"])
  else if (name == "host-unlock") host_unlock(ARG["host"], "force" in ARG)
  else host_lock(ARG["host"], "force" in ARG, "unsafe" in ARG)
}

function run_interface(name,    host) {
  if (name == "host-if-list") host_if_list(ARG["host"], "all" in ARG)
  else if (name == "host-if-show") { host = find_host(ARG["host"]); host_if_show(host, find_interface(host, ARG["interface"])) }
  else if (name == "host-if-modify") host_if_modify()
  else if (name == "interface-network-list") interface_network_list()
  else if (name == "interface-network-assign") interface_network_assign()
  else interface_network_remove(ARG["uuid"])
}

function run_storage(name) {
  if (name == "storage-backend-list") storage_backend_list()
  else if (name == "storage-backend-add") storage_backend_add()
  else if (name == "host-disk-list") host_disk_list(ARG["host"])
  else if (name == "host-stor-list") host_stor_list(ARG["host"])
  else if (name == "host-stor-add") host_stor_add()
  else if (name == "ceph-mon-list") ceph_mon_list()
  else ceph_mon_add(ARG["host"])
}

function run_setting(name) {
  if (name == "host-kernel-modify") host_kernel_modify()
  else if (name == "host-kernel-show") host_kernel_show(ARG["host"], ARG["format"])
  else if (name == "host-fs-list") host_fs_list(find_host(ARG["host"]))
  else if (name == "host-fs-modify") host_fs_modify()
  else if (name == "host-fs-add") host_fs_add()
  else if (name == "host-label-list") host_label_list(ARG["host"], ARG["format"])
  else if (name == "host-label-assign") host_label_assign()
  else if (name == "host-route-list") host_route_list(ARG["host"])
  else if (name == "host-route-add") host_route_add()
  else if (name == "host-cpu-list") host_cpu_list(find_host(ARG["host"]))
  else if (name == "host-cpu-modify") host_cpu_modify()
  else if (name == "host-memory-list") host_memory_list(find_host(ARG["host"]))
  else host_memory_modify()
}
