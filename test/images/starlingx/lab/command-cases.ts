/** Commands of `system` with what each takes and what it refuses, at points of the right orders. */
import { STORAGE_CASES } from "./storage-command-cases";
import type { CommandCase } from "./command-case";
import { HOST_CASES } from "./host-command-cases";
import type { Step } from "./orders";

const LOCKED = ["aio-sx", "before-unlock"] as const;
const UNLOCKED = ["aio-sx", "controller-0 unlocked"] as const;
const CENTRAL = ["distributed-cloud", "central"] as const;
const system = (text: string): Step => ["system", ...text.split(" ")];

/** See the header. */
export const COMMAND_CASES: readonly CommandCase[] = [
  {
    name: "the command line",
    at: LOCKED,
    takes: [
      [system("host-list --format value --column hostname --column id"), "controller-0 1\n"],
      [system("host-list --format=yaml --column hostname"), "- hostname: controller-0\n"],
      [
        system("host-show 1 --format value --column availability --column personality"),
        "online controller\n",
      ],
      [
        system("host-show 00000001-0000-4000-8000-000000000001"),
        "| hostname              | controller-0",
      ],
      [system("--os-region-name RegionOne --timeout 60 host-list"), "controller-0"],
      [["system", "host-show", "--", "controller-0"], "controller-0"],
    ],
    refuses: [
      [["system"], "usage: the following arguments are required: <subcommand>"],
      [
        system("host-frobnicate"),
        "usage: argument <subcommand>: invalid choice: 'host-frobnicate'",
      ],
      [system("host-show"), "usage: the following arguments are required: <host>"],
      [system("host-show a b"), "usage: unrecognized arguments: b"],
      [system("host-list --format json"), "usage: argument --format: invalid choice: 'json'"],
      [system("host-list --column"), "usage: argument --column: expected one argument"],
      [system("host-list --wide"), "usage: unrecognized arguments: --wide"],
      [system("--wide host-list"), "usage: unrecognized arguments: --wide"],
      [
        system("host-unlock --force=yes controller-0"),
        "usage: argument --force: ignored explicit argument yes",
      ],
      [system("host-show controller-9"), "host not found: controller-9"],
      [system("host-show 9"), "host not found: 9"],
    ],
  },
  {
    name: "show and application-list",
    at: UNLOCKED,
    takes: [
      [system("show"), "| system_mode          | simplex"],
      [system("show"), "| system_type          | All-in-one"],
      [system("application-list"), "platform-integ-apps"],
    ],
    refuses: [[system("show all"), "usage: unrecognized arguments: all"]],
  },
  {
    name: "ntp-modify",
    at: LOCKED,
    takes: [
      [
        system("ntp-modify ntpservers=0.pool.ntp.org,192.0.2.1,2001:db8::1"),
        "0.pool.ntp.org,192.0.2.1,2001:db8::1",
      ],
      [system("ntp-modify ntpservers="), "ntpservers"],
      [system("ntp-show"), "ntpservers"],
    ],
    refuses: [
      [
        system("ntp-modify ntpservers=a,b,c,d"),
        "Maximum NTP servers supported: 3 but provided: 4.",
      ],
      [system("ntp-modify ntpservers=a_b!"), "Invalid NTP server a_b!"],
      [system("ntp-modify ntpservers=1.2.3.400"), "Invalid NTP server 1.2.3.400"],
      [system("ntp-modify enabled=true"), "can not be modified: enabled=true"],
      [system("ntp-modify action=apply"), "No NTP parameters provided."],
    ],
  },
  {
    name: "host-if-modify",
    at: LOCKED,
    takes: [
      [system("host-if-modify controller-0 enp2s0 -n data0 -m 9000 -c data"), "data0"],
      [system("host-if-list controller-0"), "MTU=9000"],
      [system("host-if-modify controller-0 data0 -c none"), "enp2s0"],
      [system("host-if-show controller-0 enp2s0"), "['enp2s0']"],
    ],
    refuses: [
      [
        system("host-if-modify controller-0 enp9s0 -c platform"),
        "Interface not found: host controller-0 if enp9s0",
      ],
      [system("host-if-modify controller-0 enp2s0 -c wide"), "Invalid interface class wide"],
      [
        system("host-if-modify controller-0 lo -c pci-sriov"),
        "interface class is only valid on Ethernet",
      ],
      [
        system("host-if-modify controller-0 enp2s0 -n enp1s0"),
        "Interface Name enp1s0 must be unique.",
      ],
      [
        system("host-if-modify controller-0 enp2s0 -n Data0"),
        "Interface name must be in lower case.",
      ],
      [
        system("host-if-modify controller-0 enp2s0 -n a234567890123456"),
        "has name length greater than 15",
      ],
      [system("host-if-modify controller-0 enp2s0 -m big"), "MTU is an integer value."],
      [system("host-if-modify controller-0 enp2s0 -m 100"), "MTU must be between 576 and 9216."],
    ],
  },
  {
    name: "interface-network-…",
    at: LOCKED,
    takes: [
      [system("interface-network-list controller-0"), "cluster-host"],
      [system("interface-network-list controller-0 enp1s0"), "oam"],
      [system("interface-network-assign controller-0 enp2s0 pxeboot"), "| network_name | pxeboot"],
    ],
    refuses: [
      [system("interface-network-assign controller-0 enp1s0 oam"), "already exists."],
      [
        system("interface-network-assign controller-0 enp2s0 oam"),
        "An interface with 'oam' network type is already provisioned",
      ],
      [
        system("interface-network-assign controller-0 enp1s0 pxeboot"),
        "You cannot assign a network of type 'pxeboot'",
      ],
      [
        system("interface-network-assign controller-0 enp2s0 cluster-pod"),
        "Cannot assign network with type 'cluster-pod'",
      ],
      [system("interface-network-assign controller-0 enp2s0 admin"), "network not found: admin"],
      [
        system("interface-network-remove 00000009-0000-4000-8000-000000000099"),
        "could not be found.",
      ],
    ],
  },
  ...STORAGE_CASES,
  {
    name: "host-label-…",
    at: UNLOCKED,
    takes: [
      [
        system(
          "host-label-assign controller-0 ceph-mon-placement=enabled ceph-mgr-placement=enabled",
        ),
        "ceph-mgr-placement",
      ],
      [system("host-label-assign controller-0 ceph-mon-placement=enabled"), "enabled"],
      [
        system("host-label-assign controller-0 ceph-mon-placement=disabled --overwrite"),
        "disabled",
      ],
      [
        system("host-label-list controller-0 --format value"),
        "controller-0 ceph-mon-placement disabled\n",
      ],
    ],
    refuses: [
      [
        system("host-label-assign controller-0 sriovdp=enabled"),
        "must be locked for label(s)=['sriovdp'].",
      ],
      [system("host-label-assign controller-0 a="), "Null input detected for Label a"],
      [system("host-label-assign controller-0 a"), "must be a list of name=value"],
      [system("host-label-assign controller-0 -- -a=b"), "Invalid label key '-a'"],
      [
        ["system", "host-label-assign", "controller-0", "a=b c"],
        "Invalid value for label a: 'b c'",
      ],
    ],
  },
  {
    name: "host-route-add",
    at: CENTRAL,
    takes: [
      [
        system("host-route-add controller-0 enp2s0 192.168.101.0 24 192.168.204.101"),
        "| metric         | 1",
      ],
      [system("host-route-list controller-0"), "192.168.204.101"],
    ],
    refuses: [
      [
        system("host-route-add controller-0 enp2s0 192.168.101.1 24 192.168.204.101"),
        "Invalid IP network 192.168.101.1/24",
      ],
      [
        system("host-route-add controller-0 enp2s0 192.168.101.0 33 192.168.204.101"),
        "Invalid IP address and prefix",
      ],
      [
        system("host-route-add controller-0 enp2s0 192.168.101.0 24 192.168.101.9"),
        "must not be within destination subnet",
      ],
      [
        system("host-route-add controller-0 enp2s0 192.168.101.0 24 fd00::1"),
        "IP versions must match",
      ],
      [
        system("host-route-add controller-0 enp2s0 192.168.101.0 24 0.0.0.0"),
        "Gateway address must not be null",
      ],
      [
        system("host-route-add controller-0 enp2s1 192.168.101.0 24 192.168.204.101"),
        "an interface without a network",
      ],
    ],
  },
  ...HOST_CASES,
];
