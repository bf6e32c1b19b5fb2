/** Codes of machines that boot over the network (AS15…): Ignition, cloud-config, profiles and groups, CoreOS, CaaS. docs/errors.md is generated from them. */
import { CAAS_CODES } from "./caas";
import type { CodeEntry } from "./entry";

/** Codes of Ignition configs. */
const IGNITION_CODES = {
  AS1501: {
    title: "unsupported version of Ignition configs",
    why: "An image reads configs up to the version that its Ignition knows, and nothing of another major version. Flatcar for arm64 is sure to read 3.3.0 and 3.4.0.",
    fix: "Write ignition.version as one of the listed versions; configs of version 2 must be converted first.",
  },
  AS1502: {
    title: "this is no Ignition config",
    why: "Ignition reads one JSON object. YAML is for Butane, which is a compiler and does not run on the machine.",
    fix: "Give one JSON object that has the key ignition.",
  },
  AS1503: {
    title: "unknown key of Ignition",
    why: "Ignition itself only warns of a key that it does not know, and boots the machine without what the key was meant to do.",
    fix: "Spell the key as proposed, remove it, or raise ignition.version where the key is newer.",
  },
  AS1504: {
    title: "malformed value of an Ignition config",
    why: "A key is missing or its value has another type than Ignition reads; the machine would stop in its first boot.",
    fix: "Give a value of the named type.",
  },
  AS1505: {
    title: "not a clean absolute path",
    why: "Ignition takes absolute paths without //, . and .. and without a slash at the end, so that each path has one spelling.",
    fix: "Write the path from the root in its shortest form.",
  },
  AS1506: {
    title: "declared twice",
    why: "Files, directories and links share their paths, and units, users, disks and the like have one entry a name; which of two counts cannot be said.",
    fix: "Merge both entries, or remove one.",
  },
  AS1507: {
    title: "a path leads through a link of the same config",
    why: "Ignition makes links last, and refuses to write through one that it is to make itself.",
    fix: "Write to the place that the link points to.",
  },
  AS1508: {
    title: "not a file mode",
    why: "JSON has no octal numbers: 0644 is 420 and 0755 is 493. Bits for setuid, setgid and sticky do nothing before version 3.6.",
    fix: "Give the mode as a decimal number from 0 to 511.",
  },
  AS1509: {
    title: "a source cannot be fetched",
    why: "Ignition fetches http, https, tftp, s3, gs and data, from version 3.4 on also arn. It does not look for files on the machine.",
    fix: "Use one of the listed schemes; short content goes into a data URL.",
  },
  AS1510: {
    title: "not a verification hash",
    why: "Content is verified by sha512-<128 hex digits> or sha256-<64 hex digits> of what is inside after unpacking.",
    fix: "Write the hash as sha256sum or sha512sum prints it, with the name and a hyphen before it.",
  },
  AS1511: {
    title: "there is no content that this could be about",
    why: "overwrite, verification, headers and merged configs need a source; without one Ignition stops.",
    fix: "Give contents.source, or remove the key.",
  },
  AS1512: {
    title: "unknown compression",
    why: "Ignition unpacks gzip and nothing else.",
    fix: "Pack the content with gzip, or leave compression out.",
  },
  AS1513: {
    title: "not a unit's name",
    why: "systemd tells what a unit is by the end of its name; drop-ins end in .conf. Names may hold letters, digits and : - _ . \\ @.",
    fix: "Use a name such as etcd.service, and 10-limits.conf for a drop-in.",
  },
  AS1514: {
    title: "not a unit file",
    why: "Unit files have sections in brackets and lines of the form Key=value below them.",
    fix: "Correct the named line.",
  },
  AS1515: {
    title: "a unit is enabled that nothing starts",
    why: "Enabling a unit does what its section [Install] says; without one nothing happens.",
    fix: "Add an [Install] section with WantedBy=, or leave enabled out.",
  },
  AS1516: {
    title: "a file lies where a unit is written",
    why: "Units with contents are written to /etc/systemd/system; a file, directory or link of the same path would fight with them.",
    fix: "Describe the unit under systemd.units alone.",
  },
  AS1517: {
    title: "an owner has both id and name",
    why: "Both could mean different owners.",
    fix: "Keep id or name.",
  },
  AS1518: {
    title: "a link cannot be made",
    why: "A link needs a target, and a hard link cannot lead to a directory.",
    fix: "Give target, or leave hard out.",
  },
  AS1519: {
    title: "a partition cannot be made",
    why: "Partitions need a number or a label, do not overlap, and their labels have at most 36 characters without a colon.",
    fix: "Correct the named partition.",
  },
  AS1520: {
    title: "a filesystem cannot be made",
    why: "Ignition makes ext4, btrfs, xfs, swap and vfat; each has a longest label, and every other key needs a format.",
    fix: "Correct format or label as the message says.",
  },
  AS1521: {
    title: "an array or encrypted volume cannot be made",
    why: "Arrays need a level and devices; encrypted volumes need a device and a way to be opened.",
    fix: "Correct the named key.",
  },
  AS1522: {
    title: "a header cannot be sent",
    why: "Headers have a name and a value, and only http and https have headers.",
    fix: "Give both, and a source with http or https.",
  },
  AS1523: {
    title: "not a proxy",
    why: "Ignition goes through http and https proxies only.",
    fix: "Give an http or https URL.",
  },
} as const satisfies Record<string, CodeEntry>;

/** Codes of cloud-configs. */
const CLOUD_CONFIG_CODES = {
  AS1530: {
    title: "a cloud-config cannot say this",
    why: "coreos-cloudinit writes files, makes users, and sets up units; it partitions nothing, fetches nothing, makes no links or directories, and leaves the kernel's command line alone.",
    fix: "Leave out what is named, or use an image that reads Ignition.",
  },
  AS1531: {
    title: "two parts of a cloud-config set up the same program",
    why: "etcd and etcd2 use the same ports and the same data, and a section and a unit of one program would overwrite each other.",
    fix: "Keep one of both.",
  },
} as const satisfies Record<string, CodeEntry>;

/** Codes of profiles and groups. */
const BOOT_CODES = {
  AS1540: {
    title: "an id cannot be a file's name",
    why: "Profiles and groups are kept in files of their ids.",
    fix: "Use letters, digits, dots, hyphens and underscores.",
  },
  AS1541: {
    title: "an id is used twice",
    why: "The second file would replace the first one.",
    fix: "Give each profile and each group an id of its own.",
  },
  AS1542: {
    title: "a group boots by a profile that does not exist",
    why: "Its machines would be answered 404 and not boot.",
    fix: "Name one of the profiles.",
  },
  AS1543: {
    title: "a selector's mac is no MAC address",
    why: "The server cannot read a group whose MAC address is malformed, and leaves it out.",
    fix: "Write six bytes in hex digits, as 52:54:00:12:34:56.",
  },
  AS1544: {
    title: "groups are ambiguous",
    why: "Of two groups with equal selectors, or two without any, which one counts is left to the order of files in a folder; the key request of metadata is the server's own.",
    fix: "Give one of both another selector, or remove it; rename the key.",
  },
  AS1545: {
    title: "a profile cannot be written as a script",
    why: "The kernel's URL, the ramdisks and the arguments are written into lines of an iPXE script, where a line break would begin another command.",
    fix: "Give a kernel, and keep every part on one line.",
  },
  AS1546: {
    title: "the kernel is not told of its initial ramdisk",
    why: "ARM64 machines boot by UEFI, where the kernel opens its ramdisk by name: without initrd=NAME among the arguments it starts without one.",
    fix: "Add the argument that the message proposes.",
  },
  AS1547: {
    title: "metadata with a line break",
    why: "Machines read metadata as lines of KEY=value, where a line break in a value would begin a key of its own.",
    fix: "Keep the value on one line, or put it into the Ignition config.",
  },
} as const satisfies Record<string, CodeEntry>;

/** Codes of coreos deployments. */
const COREOS_CODES = {
  AS1551: {
    title: "a coreos cluster boots one family of images",
    why: "Plays, Ignition and a cloud-config are three ways to set up the same cluster; nodes that are set up in different ones do not find each other.",
    fix: "Give all pools the same image family, or make two clusters.",
  },
  AS1552: {
    title: "how the members of etcd are found is not said once",
    why: "A machine that reads Ignition or a cloud-config knows nothing of others but what stands in there: a table of members, a discovery service, or a domain with SRV records. Plays need none of these.",
    fix: "Give exactly one of etcd.members, etcd.discovery and etcd.discoverySrv for flatcar and coreos, and none for debian.",
  },
  AS1553: {
    title: "the table of members is not that of the pools",
    why: "Each node with the role etcd-member needs one address of its own in the table, and nobody else has one there.",
    fix: "List every member once, by the name of its node, with the address that it will have.",
  },
  AS1554: {
    title: "a version of etcd that the image does not run",
    why: "The image of 2015 has etcd 2 and 0.4, whose data and settings no later image reads; today's have etcd 3.",
    fix: "Use a version of a listed line, or another image.",
  },
  AS1555: {
    title: "ports of a node are not its own",
    why: "Two parts of one node cannot listen on the same port; plays run etcd on 2379 and 2380.",
    fix: "Choose other ports, or leave them out.",
  },
  AS1556: {
    title: "where a program comes from is not said, or said where nobody can follow",
    why: "Images have some programs and lack others. Plays and Ignition fetch archives, of which Ignition needs the hash itself; a cloud-config fetches nothing.",
    fix: "Give URL and checksum for what the image lacks, and leave them out for what it has.",
  },
  AS1557: {
    title: "no network for containers",
    why: "flannel hands out parts of one IPv4 network that nodes and other machines are not in.",
    fix: "Give a private network such as 10.2.0.0/16 that no node has an address of.",
  },
  AS1558: {
    title: "a part of the containers' network has a wrong length",
    why: "Each node gets a part of the network: it is smaller than the whole, leaves room for containers, and there are enough of them.",
    fix: "Choose flannel.subnetLen within the bounds, or a larger network.",
  },
  AS1559: {
    title: "the range of parts is not one of the network",
    why: "flannel.subnetMin and flannel.subnetMax are first addresses of parts of the network, in this order.",
    fix: "Correct them, or leave them out.",
  },
  AS1560: {
    title: "the backend has no such setting",
    why: "vxlan has vni and port, udp has port, host-gw has neither.",
    fix: "Remove the key, or choose the backend that has it.",
  },
  AS1561: {
    title: "no name of a unit",
    why: "systemd tells what a unit is by the end of its name; drop-ins end in .conf.",
    fix: "Use a name such as backup.timer, and 10-limits.conf for a drop-in.",
  },
  AS1562: {
    title: "a unit is described twice",
    why: "The second description would replace the first one, or the other way round.",
    fix: "Merge both, or give them to different roles.",
  },
  AS1563: {
    title: "no file of a unit",
    why: "Unit files have sections in brackets and lines of the form Key=value below them.",
    fix: "Correct the named line.",
  },
  AS1564: {
    title: "a unit leans on what the image does not have",
    why: "Guides for CoreOS name units that later images dropped: etcd2, fleet and the first docker. systemd would wait for them, or refuse to start.",
    fix: "Name what took its place.",
  },
  AS1565: {
    title: "flannel sets this flag of dockerd",
    why: "Network, MTU and masquerading of containers follow from the part of the network that flannel got; a fixed flag would contradict it.",
    fix: "Remove the flag, or flannel.",
  },
  AS1566: {
    title: "fleet is gone",
    why: "Container Linux dropped fleet in 2018, and nothing later has it.",
    fix: "Use systemd's units, or an orchestrator such as Kubernetes.",
  },
  AS1567: {
    title: "updates cannot be like this",
    why: "Images that update themselves have channels and strategies of their own; lts came with Flatcar, best-effort went with CoreOS.",
    fix: "Use one of the listed values, or leave the key out.",
  },
} as const satisfies Record<string, CodeEntry>;

/** All of this file's codes. */
export const NETBOOT_CODES = {
  ...IGNITION_CODES,
  ...CLOUD_CONFIG_CODES,
  ...BOOT_CODES,
  ...COREOS_CODES,
  ...CAAS_CODES,
} as const satisfies Record<string, CodeEntry>;
