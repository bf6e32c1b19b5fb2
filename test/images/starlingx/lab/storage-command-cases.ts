/** Commands of `system` about backends, OSDs and file systems. */
import type { CommandCase } from "./command-case";
import type { Step } from "./orders";

const LOCKED = ["aio-sx", "before-unlock"] as const;
const WORKER = ["aio-dx-workers", "worker-0 online"] as const;
const system = (text: string): Step => ["system", ...text.split(" ")];

/** See the header. */
export const STORAGE_CASES: readonly CommandCase[] = [
  {
    name: "storage-backend-add ceph",
    at: ["aio-sx", "bootstrapped"],
    takes: [
      [system("storage-backend-list"), "| uuid | name"],
      [
        system("storage-backend-add ceph replication=2 --confirmed"),
        "replication: 2, min_replication: 1",
      ],
      [system("storage-backend-list"), "configured"],
    ],
    refuses: [
      [system("storage-backend-add ceph"), "THIS OPERATION IS NOT REVERSIBLE"],
      [system("storage-backend-add ceph replication=4 --confirmed"), "invalid value '4'"],
      [
        system("storage-backend-add zfs --confirmed"),
        "usage: argument <backend>: invalid choice: 'zfs'",
      ],
      [system("storage-backend-add ceph-rook -d dedicated --confirmed"), "not supported on AIO-SX"],
    ],
  },
  {
    name: "storage-backend-add ceph-rook",
    at: ["aio-dx", "bootstrapped"],
    takes: [
      [
        system("storage-backend-add ceph-rook --deployment controller --confirmed"),
        "configuring-with-app",
      ],
      [system("host-fs-add controller-0 ceph=20"), "ceph-lv"],
      [
        ["system", "host-stor-add", "controller-0", "osd", "{disk controller-0 /dev/sdb}"],
        "configuring-with-app",
      ],
      [system("application-list"), "rook-ceph"],
    ],
    refuses: [
      [system("storage-backend-add ceph-rook"), "THIS OPERATION IS NOT REVERSIBLE"],
      [
        system("host-fs-add controller-0 ceph=20"),
        "ceph-rook must be configured as the storage backend",
      ],
      [
        system("ceph-mon-add controller-0"),
        "only allowed for use with 'ceph' as the storage backend",
      ],
    ],
  },
  {
    name: "host-stor-add",
    at: LOCKED,
    takes: [
      [
        ["system", "host-stor-add", "controller-0", "{disk controller-0 /dev/sdc}"],
        "configuring-on-unlock",
      ],
      [system("host-stor-list controller-0"), "configuring-on-unlock"],
    ],
    refuses: [
      [
        ["system", "host-stor-add", "controller-0", "osd", "{disk controller-0 /dev/sdb}"],
        "Disk already assigned.",
      ],
      [
        ["system", "host-stor-add", "controller-0", "osd", "{disk controller-0 /dev/sda}"],
        "Can not associate to a rootfs disk",
      ],
      [
        system("host-stor-add controller-0 osd /dev/sdc"),
        "No disk with the provided uuid: /dev/sdc",
      ],
      [system("host-stor-add controller-0 journal x"), "adds OSDs only"],
      [
        system("host-stor-add controller-0 tape x"),
        "usage: argument <function>: invalid choice: 'tape'",
      ],
      [system("storage-backend-add ceph --confirmed"), "Only one ceph storage backend is allowed."],
    ],
  },
  {
    name: "an OSD of another host",
    at: WORKER,
    takes: [],
    refuses: [
      [
        ["system", "host-stor-add", "controller-0", "osd", "{disk worker-0 /dev/sdb}"],
        "Disk is attached to a different host",
      ],
      [
        ["system", "host-stor-add", "worker-0", "osd", "{disk worker-0 /dev/sdb}"],
        "only be added to controller nodes",
      ],
    ],
  },
  {
    name: "host-fs-…",
    at: LOCKED,
    takes: [
      [system("host-fs-list controller-0"), "docker"],
      [system("host-fs-modify controller-0 docker=60 scratch=20"), "| 60          |"],
      [system("host-fs-add controller-0 instances=30"), "instances-lv"],
      [system("host-fs-add controller-0 image-conversion=10"), "image-conversion-lv"],
    ],
    refuses: [
      [system("host-fs-modify controller-0 docker=40"), "should be bigger than 40."],
      [system("host-fs-modify controller-0 docker=big"), "size must be an integer."],
      [system("host-fs-modify controller-0 docker=9000"), "Not enough free space on cgts-vg."],
      [system("host-fs-modify controller-0 home=60"), "invalid filesystem 'home'"],
      [system("host-fs-modify controller-0 docker"), 'must be FS_NAME=SIZE not "docker"'],
      [system("host-fs-add controller-0 home=60"), "Unsupported filesystem."],
      [system("host-fs-add controller-0 instances=0"), "Minimum FS size is 1 GiB."],
    ],
  },
];
