/** Codes of LinuxKit files, and of clusters whose nodes boot them (AS175… to AS179…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of LinuxKit. */
export const LINUXKIT_CODES = {
  AS1750: {
    title: "a container image is not pinned",
    why: "An image without a tag, or with the tag latest, is another one tomorrow: the node that is built again would not be the same.",
    fix: "Give the image a version's tag, best with its digest: name:tag@sha256:….",
  },
  AS1751: {
    title: "a tag may move",
    why: "Tags that are no content hash can be pushed anew, so the same file may give another node. This is a warning.",
    fix: "Add the digest (name:tag@sha256:…), or use the package's tag that is its hash.",
  },
  AS1752: {
    title: "a container image cannot be used on arm64",
    why: "The text is not a reference to a container image, or its name says amd64, which stays wrong whatever its index holds.",
    fix: "Write name:tag or name@sha256:…, of an image for arm64.",
  },
  AS1753: {
    title: "name of a container used twice",
    why: "Services run side by side, so each has a name of its own; linuxkit refuses two of one name.",
    fix: "Rename one of them.",
  },
  AS1754: {
    title: "not a name of a container",
    why: "Names become identifiers in containerd and folders on the node.",
    fix: "Use letters and digits, with single . _ or - between them, at most 76 characters.",
  },
  AS1755: {
    title: "name of a volume used twice",
    why: "Containers mount volumes by name.",
    fix: "Rename one of the volumes.",
  },
  AS1756: {
    title: "no such volume",
    why: "A bind whose source does not start with / means a volume of the file's section volumes.",
    fix: "Declare the volume, or write the source as an absolute path.",
  },
  AS1757: {
    title: "a read-only volume is mounted for writing",
    why: "linuxkit refuses to mount a volume that is readonly, unless the mount says ro.",
    fix: "Mount it with ro: volume:/path:ro.",
  },
  AS1758: {
    title: "a volume cannot be built",
    why: "Platforms belong to volumes of format oci with an image, are os/architecture pairs, and must have linux/arm64 among them, or the node finds nothing in the volume.",
    fix: "Set format: oci and add linux/arm64, or leave platforms out.",
  },
  AS1760: {
    title: "unknown capability",
    why: "Capabilities are the kernel's, in capital letters with CAP_ in front; all and none stand alone.",
    fix: "Use one of the names of capabilities(7).",
  },
  AS1761: {
    title: "a key that has no effect",
    why: "linuxkit accepts the key and does nothing with it here: capabilities.add and binds.add are ignored beside capabilities and binds, trust is ignored always. This is a warning.",
    fix: "Remove the key, or what makes it ineffective.",
  },
  AS1762: {
    title: "not a namespace",
    why: "A namespace is shared (host, root), made (new), absent (none, for net only), or another one's, given as an absolute path.",
    fix: "Use one of the listed words, or a path such as /run/netns/wg0.",
  },
  AS1763: {
    title: "a mount that cannot be made",
    why: "linuxkit needs a mount's type and destination, and derives them for proc, devpts, sysfs, cgroup and mqueue only; binds are source:destination[:options] and tmpfs are destination[:options].",
    fix: "Give what is missing; use absolute paths, and no further colon.",
  },
  AS1764: {
    title: "a device that cannot be made",
    why: "A device has an absolute path (or all), a type (b, c, u or p) and its mode in octal.",
    fix: 'Give the path, the type and a quoted mode: mode: "0666".',
  },
  AS1765: {
    title: "not a resource limit",
    why: "Limits are name,soft,hard, where soft and hard are whole numbers or unlimited, and soft is not above hard.",
    fix: "Write for example nofile,1024,4096.",
  },
  AS1766: {
    title: "unknown user or group",
    why: "A number is a user id; text is the name of a container of the same file, whose id is meant, or root.",
    fix: "Remove the quotes around a number, or name a container that the file has.",
  },
  AS1767: {
    title: "a key that only services have",
    why: "runtime.namespace is containerd's, and only services run in containerd.",
    fix: "Remove it, or make the container a service.",
  },
  AS1768: {
    title: "hugepageLimits cannot be used",
    why: "linuxkit's schema wants pageSize as a number, the runtime wants it as text such as 2MB: no value passes both.",
    fix: "Remove it, and reserve huge pages on the kernel's command line.",
  },
  AS1769: {
    title: "not octal",
    why: "Modes are text of octal digits; YAML reads unquoted 0644 as a number, and the reader would take it for another one.",
    fix: 'Put three or four octal digits into quotes: "0644".',
  },
  AS1770: {
    title: "a file that is not exactly one thing",
    why: "A file is a directory, a symlink, contents, a source on the building machine, or generated metadata: linuxkit refuses none and most twos.",
    fix: "Keep exactly one of directory, symlink, contents, source and metadata.",
  },
  AS1771: {
    title: "not a path inside of the image",
    why: "Files are put into an archive by their path below the root.",
    fix: "Write a path such as etc/motd: without .., without empty steps.",
  },
  AS1772: {
    title: "a file that nobody will see",
    why: "The node mounts memory over /var, /run and /tmp when it starts: what the image has there is covered, unless a container mounts it first. This is a warning.",
    fix: "Put the file elsewhere and bind it, or make it in an onboot container.",
  },
  AS1773: {
    title: "path of a file used twice",
    why: "Files are unpacked in their order, so the last one wins and the others are lost. This is a warning.",
    fix: "Remove all but the last, unless one file is to override another's.",
  },
  AS1774: {
    title: "microcode on arm64",
    why: "ucode prepends an archive of x86 processor microcode to the initrd: arm64 processors have none, and their boot stops at it.",
    fix: 'Leave ucode out; in a file that is merged with one for x86, set ucode: "".',
  },
  AS1775: {
    title: "no such kernel for arm64",
    why: "LinuxKit builds no such series for arm64, and none of its real-time kernels can be used: its one -rt series sets options of kernels before 5.4, and the tag that its VMware example names has no build.",
    fix: "Use a current series, or an image of a kernel that you built.",
  },
  AS1776: {
    title: "a kernel series that is no longer built",
    why: "LinuxKit keeps the series' old tags, and makes no new ones: there are no fixes. This is a warning.",
    fix: "Use a current series.",
  },
  AS1777: {
    title: "not a whole image",
    why: "A node boots a kernel and an init: a file without either is only a part, to be merged with others.",
    fix: "Add kernel.image and at least one image to init, or merge the file with one that has them.",
  },
  AS1778: {
    title: "format that no arm64 machine boots",
    why: "BIOS formats need an x86 processor; ARM64 machines boot by UEFI, or take a kernel and an initrd.",
    fix: "Use kernel+initrd, or an efi format.",
  },
  AS1779: {
    title: "metadata that the node cannot unpack",
    why: "LinuxKit's metadata package takes a tree of files below /run/config: each entry is a file (content) or a folder (entries), with permissions in octal.",
    fix: "Give each entry exactly one of content and entries, a name without /, and perm as text such as 0600.",
  },
  AS1780: {
    title: "a package that is not built for arm64",
    why: "linuxkit pkg build skips a package on machines of an architecture that arches does not name, so that no image for arm64 can use it.",
    fix: "Add arm64 to arches, or leave arches out.",
  },
  AS1781: {
    title: "keys that exclude each other",
    why: "Images that a package depends on go into one file (target) or one folder (target-dir), and are named by a list or by a file (from-file).",
    fix: "Keep one of the two.",
  },
  AS1790: {
    title: "part of an image for a role that no pool has",
    why: "The deployment's files and metadata by role are for nodes of that role.",
    fix: "Use a role of the cluster's pools.",
  },
} as const satisfies Record<string, CodeEntry>;
