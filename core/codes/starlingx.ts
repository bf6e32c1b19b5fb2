/**
 * Codes of StarlingX (AS13…). Sources of the reasons: StarlingX' installation guides, the validation of its bootstrap playbook
 * (starlingx/ansible-playbooks), its inventory service (starlingx/config), and the StarlingX-on-ARM development status.
 */
import type { CodeEntry } from "./entry";
import { STARLINGX_NETWORK_CODES } from "./starlingx-networks";
import { STARLINGX_SUBCLOUD_CODES } from "./starlingx-subclouds";
import { STARLINGX_TUNING_CODES } from "./starlingx-tuning";

/** Codes of StarlingX. */
export const STARLINGX_CODES = {
  AS1300: {
    title: "the configuration has another number of such hosts",
    why: "Each configuration of StarlingX has a fixed number of controllers, and bounds for workers and storage hosts; its installation guides give them.",
    fix: "Change the count of the pool, or take the configuration that has such hosts.",
  },
  AS1301: {
    title: "more workers than a page of StarlingX allows",
    why: "StarlingX' own pages differ in how many workers a configuration may have; the lowest is warned of. This is a warning.",
    fix: "Stay at or below the number of the named page, or be sure that your release takes more.",
  },
  AS1302: {
    title: "the configuration does not run in this system mode",
    why: "All-in-one Simplex is simplex. Standard forces duplex, whatever is asked for (bootstrap playbook, prepare-env). Controllers that are joined without a switch (duplex-direct) have no way to a worker.",
    fix: "Remove systemMode, or use one of the listed values.",
  },
  AS1303: {
    title: "StarlingX gives this host another name",
    why: "The system itself names controllers controller-0 and controller-1, and storage hosts storage-0, storage-1, … in the order in which they are assigned; only workers have a name of one's own (starlingx/config, hosts).",
    fix: "Name the pool controller or storage and give a count, or list the names; in a subcloud the names begin with the subcloud's and a hyphen.",
  },
  AS1304: {
    title: "no real-time kernel on this host",
    why: "The low-latency kernel can be set on hosts with the worker subfunction only: the controllers of All-in-one, and workers. Standard controllers and storage hosts always run the standard kernel (starlingx/config, kernel API).",
    fix: "Give the pool kernel: standard.",
  },
  AS1305: {
    title: "the machines have no network of layer 2 in common",
    why: "Further hosts boot from controller-0 over the pxeboot or management network, which needs layer 2; instances of public clouds have none.",
    fix: "Deploy starlingx/aio-sx there, or use machines of one VLAN.",
  },
  AS1306: {
    title: "machines for arm64 do not boot StarlingX so",
    why: "StarlingX for arm64 has grub-efi only, for its ISO and for PXE: no BIOS mode, no syslinux. Secure boot is off until it is designed anew (StarlingX on ARM).",
    fix: "Use firmware uefi and secureBoot false.",
  },
  AS1307: {
    title: "StarlingX for arm64 does not have this",
    why: "The package, plug-in or driver is for Intel processors or was left out of the port to arm64 (StarlingX on ARM, table of packages).",
    fix: "Remove it, or do this work on a cluster of another architecture.",
  },
  AS1308: {
    title: "StarlingX for arm64 lacks its own build of this driver",
    why: "The packages ice, ice-cvl-2.54 and bnxt-en were left out for both kernels. The driver of the Linux kernel itself may be there and is older. This is a warning.",
    fix: "Use a network card whose driver was ported (mlnx-ofed, i40e, iavf), or prove that the kernel's own driver serves.",
  },
  AS1309: {
    title: "container images of the release have no build for arm64",
    why: "A bootstrap pulls them all the same, and pods then fail to start (StarlingX on ARM, list of container images). This is a warning.",
    fix: "Set registries.rewrites to arm64-defaults, or to a table of your own.",
  },
  AS1320: {
    title: "StarlingX does not replace this registry",
    why: "docker_registries has nine keys, and the bootstrap refuses any other (roles/common/validate-registries).",
    fix: "Use one of the listed keys; defaults stands for all that are not named.",
  },
  AS1321: {
    title: "StarlingX cannot reach this registry",
    why: "A registry is host[:port][/namespace] without a scheme, and a private one must not end in .local, which StarlingX keeps for itself.",
    fix: "Write registry.example:5000/namespace.",
  },
  AS1322: {
    title: "half of a login",
    why: "username and password go together (roles/common/validate-registries).",
    fix: "Give both names, or neither.",
  },
  AS1323: {
    title: "a registry is described twice",
    why: "registries.mirrors already says where this registry is replaced; which of the two counts would be a guess.",
    fix: "Keep one of the two.",
  },
  AS1324: {
    title: "not a fully qualified container image",
    why: "StarlingX pulls additional images before any registry is searched, so a reference must name registry, repository and tag.",
    fix: "Write registry/name:tag.",
  },
  AS1325: {
    title: "proxies are not asked by patterns",
    why: "docker_no_proxy takes addresses and host names; wildcards and networks are refused (roles/bootstrap/validate-config).",
    fix: "List every address and name.",
  },
  AS1326: {
    title: "the secret is not among the secret variables",
    why: "Passwords and logins are written nowhere: options name variables of bootstrap.secretVars, whose values Terraform takes from TF_VAR_name.",
    fix: "Add the name to bootstrap.secretVars.",
  },
  AS1330: {
    title: "no variable of the bootstrap",
    why: "The bootstrap playbook ignores what it does not know, so that a slip of the pen would go unseen. system_type is a fact that the installer wrote to /etc/platform/platform.conf: emitting it does nothing.",
    fix: "Use a variable of host_vars/bootstrap/default.yml.",
  },
  AS1331: {
    title: "this variable has an option of its own",
    why: "It is checked with all that depends on it, or is a secret; a second way would let the two differ.",
    fix: "Use the named option.",
  },
  AS1332: {
    title: "a variable of the bootstrap has a value that it refuses",
    why: "roles/bootstrap/validate-config stops at it.",
    fix: "Follow the form that the message describes.",
  },
  AS1340: {
    title: "the configuration needs a storage backend",
    why: "Storage hosts can be configured only if the Ceph backend was there before controller-0 was unlocked (installation guide of dedicated storage).",
    fix: "Set storage.backend to ceph.",
  },
  AS1341: {
    title: "the storage backend does not work this way",
    why: "Rook Ceph has the deployment models controller, dedicated and open and no storage hosts; bare-metal Ceph has no such models.",
    fix: "Use one of the listed values.",
  },
  AS1342: {
    title: "no OSD on this host",
    why: "Once there are storage hosts, OSDs are on them alone; All-in-one and controller storage have them on controllers; workers have them with Rook Ceph only (starlingx/config, storage API).",
    fix: "Move the disks to the role that keeps the data.",
  },
  AS1343: {
    title: "storage hosts do not fill their groups",
    why: "Data are replicated inside of groups of storage hosts: two hosts a group and at most four groups with replication 2, three and three with replication 3 (starlingx/config, hosts).",
    fix: "Use a count that fills the groups.",
  },
  AS1344: {
    title: "the configuration cannot replicate so often",
    why: "One controller keeps its replicas on disks of its own, two controllers keep one each, storage hosts keep 2 or 3 (storage pages of docs.starlingx.io).",
    fix: "Use one of the listed values.",
  },
  AS1345: {
    title: "the third monitor is on a worker",
    why: "Ceph of Standard with controller storage needs a third monitor, added on a worker before any OSD; All-in-one and dedicated storage place theirs by themselves (starlingx/config, ceph_mon).",
    fix: "Name a worker in storage.monitor, or remove it where the system places monitors.",
  },
  AS1346: {
    title: "a storage host without an OSD",
    why: "Unlocking a storage host is refused before it has an OSD (starlingx/config, hosts).",
    fix: "List at least one disk in storage.osds.storage.",
  },
  AS1347: {
    title: "the disk is named twice",
    why: "A disk carries one OSD, and the root disk none.",
    fix: "List each disk once.",
  },
  AS1350: {
    title: "an interface lacks a network that its host needs",
    why: "A host is not unlocked without OAM (controllers) or without management and cluster-host (starlingx/config, hosts).",
    fix: "Let an interface of the role carry the named network.",
  },
  AS1351: {
    title: "the network does not belong on this host",
    why: "OAM is the controllers'; on All-in-one Simplex management and cluster-host stay on lo, unless it is a subcloud, whose management network leaves the host.",
    fix: "Remove the network from the interface.",
  },
  AS1352: {
    title: "an interface, or a network, is given twice",
    why: "Each port is described once, and each platform network is carried by one interface of a host.",
    fix: "Remove one of the two.",
  },
  AS1353: {
    title: "class and networks of the interface contradict each other",
    why: "Platform networks are carried by interfaces of class platform, and by these alone; pxeboot has an interface of its own (starlingx/config, interface_network).",
    fix: "Give the networks to a platform interface of their own, or remove class.",
  },
  AS1359: {
    title: "hosts that nothing installs on real machines",
    why: "controller-0 installs all other hosts over the network, in steps that begin when every machine of the cluster answers SSH (installation guide). The lab's machines have an operating system from the start; real ones do not.",
    fix: "Describe starlingx/aio-sx on real machines; try other configurations in the lab.",
  },
  AS1360: {
    title: "no such host, pool or role",
    why: "Settings of hosts are found by the name of a node, a pool or a role of the site.",
    fix: "Use a name that the site has.",
  },
  AS1361: {
    title: "the host needs its MAC address",
    why: "A host that is added before it is powered on is recognised by the MAC address of its management port; with discovery, which row of the host list is which machine is known by it alone where several are awaited.",
    fix: "Set hosts.<name>.mac.",
  },
  AS1362: {
    title: "the MAC address is another host's",
    why: "Hosts are told apart by it.",
    fix: "Give each host its own.",
  },
  AS1363: {
    title: "addresses are given by hand, and hosts are not added beforehand",
    why: "Without dynamic addresses every host has to be added with its address before it is powered on (bootstrap variables, management_dynamic_address_allocation); the present client cannot name an address.",
    fix: "Set dynamic to true.",
  },
  AS1364: {
    title: "configuration and kernel were not verified together",
    why: "The project of the port to arm64 lists what it verified on machines or in virtual ones (StarlingX on ARM, status of 2023-10-08). This is a warning.",
    fix: "Nothing needs to be done. docs/starlingx.md lists what was verified.",
  },
  ...STARLINGX_TUNING_CODES,
  ...STARLINGX_NETWORK_CODES,
  ...STARLINGX_SUBCLOUD_CODES,
} as const satisfies Record<string, CodeEntry>;
