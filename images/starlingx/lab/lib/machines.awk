# Hardware: the ports and disks that a host reports when it is installed, and the interfaces they become.
# `starlingx-lab hardware` says what a machine has; else it has these. Disks in GiB, memory in MiB.

function default_ports() {
  return "eno1 eno2 enp1s0 enp1s0f0 enp1s0f1 enp1s1 enp2s0 enp2s1 enp3s0 eth0 eth1"
}

function default_disks() {
  return "/dev/sda:480 /dev/sdb:480 /dev/sdc:480 /dev/nvme0n1:960"
}

# @returns a property of the hardware of a host: its own by name, then by MAC, then everybody's
function hardware_of(id, what,    value) {
  value = S["hardware/" host_get(id, "hostname") "/" what]
  if (value == "") value = S["hardware/" host_get(id, "mgmt_mac") "/" what]
  if (value == "") value = S["hardware/default/" what]
  if (value != "") return value
  return what == "ports" ? default_ports() : what == "disks" ? default_disks() : what == "cpus" ? 16 : 65536
}

# Begins to install when there is a personality and the machine is on. Called whenever one of the two is new.
function begin_install(id) {
  if (host_get(id, "personality") == "" || host_get(id, "powered") == "") return
  S["host/" id "/install_state"] = "installing"
  S["host/" id "/install_due"] = later(1)
}

# What the installed host has: an interface for each port, `mgmt0` on that from which it was installed, disks.
function add_hardware(id,    ports, disks, n, i, part, name) {
  if (S["ifs/" id] != "") return
  n = split(hardware_of(id, "ports"), ports, " ")
  for (i = 1; i <= n; i++) {
    name = i == 1 && id > 1 ? "mgmt0" : ports[i]
    add_interface(id, name, "ethernet", name == "mgmt0" ? "platform" : "", ports[i])
    if (name == "mgmt0") add_network(S["last/if"], "mgmt")
  }
  n = split(hardware_of(id, "disks"), disks, " ")
  for (i = 1; i <= n; i++) {
    split(disks[i], part, ":")
    add_disk(id, part[1], part[2], i)
  }
  add_filesystems(id)
}

function add_interface(host, name, type, class, port,    id) {
  id = next_id("if")
  list_add("ifs/" host, id)
  S["if/" id "/host"] = host
  S["if/" id "/name"] = name
  S["if/" id "/type"] = type
  S["if/" id "/class"] = class
  S["if/" id "/port"] = port
  return id
}

# Gives a network to an interface without a question. @returns its id
function add_network(interface, network,    id) {
  id = next_id("ifnet")
  list_add("ifnets", id)
  S["ifnet/" id "/if"] = interface
  S["ifnet/" id "/network"] = network
  return id
}

function add_disk(host, node, gib, number,    id) {
  id = next_id("disk")
  list_add("disks/" host, id)
  S["disk/" id "/host"] = host
  S["disk/" id "/node"] = node
  S["disk/" id "/gib"] = gib
  S["disk/" id "/path"] = "/dev/disk/by-path/pci-0000:00:1f." number "-ata-1.0"
  if (node ~ /nvme/) S["disk/" id "/path"] = "/dev/disk/by-path/pci-0000:0" number ":00.0-nvme-1"
  if (node == host_get(host, "rootfs_device") || S["disk/" id "/path"] == host_get(host, "rootfs_device"))
    S["disk/" id "/rootfs"] = 1
}

# File systems of cgts-vg that can grow, in GiB.
function add_filesystems(id,    personality) {
  personality = host_get(id, "personality")
  S["fs/" id] = "kubelet"
  S["fs/" id "/kubelet"] = 10
  if (personality == "storage") return
  S["fs/" id] = "backup docker kubelet log root scratch var"
  S["fs/" id "/backup"] = 25
  S["fs/" id "/docker"] = id == 1 && S["config/docker_fs_size"] != "" ? S["config/docker_fs_size"] : 30
  S["fs/" id "/log"] = 7
  S["fs/" id "/root"] = 20
  S["fs/" id "/scratch"] = 16
  S["fs/" id "/var"] = 20
  if (personality != "worker") return
  S["fs/" id] = "docker kubelet log root scratch var"
}
