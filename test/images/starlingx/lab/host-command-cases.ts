/** Commands of `system` about hosts themselves, their processors and their memory. */
import type { CommandCase } from "./command-case";
import type { Step } from "./orders";

const LOCKED = ["aio-sx", "before-unlock"] as const;
const UNLOCKED = ["aio-sx", "controller-0 unlocked"] as const;
const CENTRAL = ["distributed-cloud", "central"] as const;
const system = (text: string): Step => ["system", ...text.split(" ")];

/** See the header. */
export const HOST_CASES: readonly CommandCase[] = [
  {
    name: "host-cpu-modify and host-memory-modify",
    at: LOCKED,
    takes: [
      [system("host-cpu-modify -f platform -p0 2 controller-0"), "Platform"],
      [
        system("host-cpu-modify -f application-isolated -c 4-7,9 controller-0"),
        "Application-isolated",
      ],
      [system("host-memory-modify controller-0 0 -m 8000 -1G 4"), "| app_hp_pending_1G | 4"],
      [system("host-cpu-list controller-0"), "Platform"],
    ],
    refuses: [
      [
        system("host-cpu-modify -p0 2 controller-0"),
        "usage: the following arguments are required: -f/--function",
      ],
      [
        system("host-cpu-modify -f platform -p1 2 controller-0"),
        "There is no processor 1 on this host.",
      ],
      [
        system("host-cpu-modify -f platform -p0 99 controller-0"),
        "More total logical cores requested than present on Processor 0 (16 cores).",
      ],
      [
        system("host-cpu-modify -f platform -p0 1 controller-0"),
        "Platform must have at least two cores.",
      ],
      [
        system("host-cpu-modify -f shared -p0 2 controller-0"),
        "Shared cores are limited to 1 per processor.",
      ],
      [
        system("host-cpu-modify -f application-isolated -c 2-16 controller-0"),
        "Specified CPU 16 is invalid.",
      ],
      [
        system("host-cpu-modify -f application-isolated -c 2-15 controller-0"),
        "There must be at least one unused core for Application.",
      ],
      [
        system("host-cpu-modify -f platform -p0 2 -c 1-2 controller-0"),
        "Not allowed to specify both -c and -pX options.",
      ],
      [system("host-cpu-modify -f platform -c 9-2 controller-0"), "Invalid cpulist 9-2"],
      [
        system("host-cpu-modify -f platform controller-0"),
        "Number of cores on Processor (Socket) not provided.",
      ],
      [system("host-cpu-modify -f vswitch -p0 1 controller-0"), "vswitch_type"],
      [
        system("host-memory-modify controller-0 1 -1G 4"),
        "Processor not found: host controller-0 processor 1",
      ],
      [system("host-memory-modify controller-0 0 -1G 999"), "65536 MiB available"],
      [
        system("host-memory-modify controller-0 0 -1G 1 -2M 1"),
        "Host only supports single huge page size.",
      ],
      [system("host-memory-modify controller-0 0 -2M many"), "VM huge pages 2M must be a number"],
    ],
  },
  {
    name: "settings of processors on other hosts",
    at: UNLOCKED,
    takes: [],
    refuses: [
      [system("host-cpu-modify -f platform -p0 2 controller-0"), "Host must be locked."],
      [system("host-memory-modify controller-0 0 -1G 4"), "Host must be locked."],
      [
        system("host-fs-add controller-0 instances=30"),
        "Host must be locked to make changes to instances",
      ],
    ],
  },
  {
    name: "host-add and host-delete",
    at: CENTRAL,
    takes: [
      [
        system(
          "host-add -n edge.w_1 -p worker -s lowlatency -m 52-54-00-00-00-99 -b nvme0n1 -r nvme0n1",
        ),
        "worker,lowlatency",
      ],
      [["starlingx-lab", "power-on", "52:54:00:00:00:99"], ""],
      [system("host-delete edge.w_1"), "Deleted host edge.w_1"],
    ],
    refuses: [
      [
        system("host-add -p worker -m 52:54:00:00:00:99"),
        "Must provide a hostname for a node of personality worker",
      ],
      [system("host-add -n w -p worker"), "Must provide MAC Address"],
      [system("host-add -n w -p worker -m 52:54"), "Must provide a valid format of a MAC Address"],
      [
        system("host-add -n w -p worker -m 52:54:00:00:00:02"),
        "Host with mgmt_mac 52:54:00:00:00:02 already exists",
      ],
      [
        system("host-add -n storage-w -p worker -m 52:54:00:00:00:99"),
        "invalid hostname for personality worker",
      ],
      [
        system("host-add -n storage-0 -p storage -m 52:54:00:00:00:99"),
        "Personality [storage] for host is not compatible",
      ],
      [
        system("host-add -n w -p worker -s worker,lowlatency -m 52:54:00:00:00:99"),
        "usage: argument -s: invalid choice",
      ],
      [
        system("host-add -n w -p worker -i 192.168.204.9 -m 52:54:00:00:00:99"),
        "usage: unrecognized arguments: -i",
      ],
      [system("host-delete controller-0"), "Host must be locked"],
    ],
  },
  {
    name: "host-lock and host-update",
    at: UNLOCKED,
    takes: [
      [system("host-update controller-0 location=lab"), "| location              | lab"],
      [system("host-lock controller-0"), "Locking"],
    ],
    refuses: [
      [
        system("host-update controller-0 boot_device=/dev/sdb"),
        "Host must be locked before updating installation parameters.",
      ],
      [
        system("host-update controller-0 hostname=other"),
        "The following fields can not be modified because this host controller-0 has been configured",
      ],
      [system("host-update controller-0 location"), "Attributes must be a list of PATH=VALUE"],
      [system("host-update controller-0 uptime=1"), "does not update 'uptime'"],
      [
        system("host-update controller-0 location=a location=b"),
        "Illegal duplicate parameters passed.",
      ],
    ],
  },
];
