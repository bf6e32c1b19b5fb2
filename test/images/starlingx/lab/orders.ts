/**
 * The order in which each configuration is provisioned, as command lines. From the installation guides of
 * docs.starlingx.io. A step is a command line or one of the words that {@link runSteps} knows:
 * `at NAME` names the point, `wait N` lets N steps of time pass, `is HOST STATES` states what must be so then.
 */

/** See the header. In a word, `{disk HOST NODE}` is the disk's uuid and `{id MAC}` the host's id. */
export type Step = readonly string[];

/** Names of the configurations. */
export const CONFIGURATIONS = [
  "aio-sx",
  "aio-dx",
  "aio-dx-workers",
  "standard-controller-storage",
  "standard-dedicated-storage",
  "distributed-cloud",
] as const;
/** One of them. */
export type Configuration = (typeof CONFIGURATIONS)[number];

const BOOTSTRAP = [
  "ansible-playbook",
  "/usr/share/ansible/stx-ansible/playbooks/bootstrap.yml",
] as const;

const PLAIN = ["ansible_become_pass: Li69nux*", "admin_password: Li69nux*"];
const CENTRAL = [
  "distributed_cloud_role: systemcontroller",
  "management_start_address: 192.168.204.2",
  "management_end_address: 192.168.204.50",
];

/** What localhost.yml says for a configuration. */
export function overridesOf(configuration: Configuration): string {
  const simplex = configuration === "aio-sx";
  const central = configuration === "distributed-cloud";
  const mode = `system_mode: ${simplex ? "simplex" : "duplex"}`;
  return [...PLAIN, mode, ...(central ? CENTRAL : []), ""].join("\n");
}

/** MAC addresses by what the host becomes. */
export const MAC = {
  "controller-1": "52:54:00:00:00:02",
  "storage-0": "52:54:00:00:00:10",
  "storage-1": "52:54:00:00:00:11",
  "worker-0": "52:54:00:00:00:20",
  "worker-1": "52:54:00:00:00:21",
} as const;
type Late = keyof typeof MAC;

/** The whole order of a configuration, with Ceph and the low-latency kernel where it may be. */
export function orderOf(configuration: Configuration): Step[] {
  switch (configuration) {
    case "aio-sx":
      return aioSimplex();
    case "aio-dx":
      return aioDuplex();
    case "aio-dx-workers":
      return [...aioDuplex(), ...workers(true)];
    case "standard-controller-storage":
      return controllerStorage();
    case "standard-dedicated-storage":
      return dedicatedStorage();
    case "distributed-cloud":
      return [...aioDuplex(), ...subcloud()];
  }
}

function aioSimplex(): Step[] {
  return [
    ...begin("All-in-one"),
    ...oam("controller-0"),
    ["system", "ntp-modify", "ntpservers=0.pool.ntp.org,1.pool.ntp.org"],
    ...kernel("controller-0"),
    ["system", "storage-backend-add", "ceph", "--confirmed"],
    ...osd("controller-0"),
    ["at", "before-unlock"],
    ...unlock("controller-0"),
  ];
}

function aioDuplex(): Step[] {
  return [
    ...begin("All-in-one"),
    ...oam("controller-0"),
    ["at", "loopback"],
    ...managementOnPort(),
    ["system", "ntp-modify", "ntpservers=0.pool.ntp.org"],
    ...kernel("controller-0"),
    ["system", "storage-backend-add", "ceph", "--confirmed"],
    ...osd("controller-0"),
    ["at", "before-unlock"],
    ...unlock("controller-0"),
    ...arrive("controller-1", "personality=controller"),
    ...oam("controller-1"),
    ["at", "no-cluster-host"],
    clusterHost("controller-1"),
    ...kernel("controller-1"),
    ...osd("controller-1"),
    ...unlock("controller-1"),
  ];
}

function workers(realtime: boolean): Step[] {
  const each = (it: Late): Step[] => [
    ...arrive(it, "personality=worker", `hostname=${it}`),
    clusterHost(it),
    ...(realtime ? kernel(it) : []),
    ...unlock(it),
  ];
  return [...each("worker-0"), ...each("worker-1")];
}

function standardController0(...install: readonly string[]): Step[] {
  return [
    ...begin("Standard", ...install),
    ...oam("controller-0"),
    ["at", "loopback"],
    ...managementOnPort(),
    ["system", "ntp-modify", "ntpservers=0.pool.ntp.org"],
    ["at", "no-backend"],
    ["system", "storage-backend-add", "ceph", "--confirmed"],
    ["at", "before-unlock"],
    ...unlock("controller-0"),
  ];
}

function controllerStorage(): Step[] {
  return [
    ...standardController0(),
    ...arrive("controller-1", "personality=controller"),
    ...oam("controller-1"),
    clusterHost("controller-1"),
    ...unlock("controller-1"),
    ...arrive("worker-0", "personality=worker", "hostname=worker-0"),
    ["at", "no-third-monitor"],
    ["system", "ceph-mon-add", "worker-0"],
    ["at", "third-monitor"],
    clusterHost("worker-0"),
    ...kernel("worker-0"),
    ...unlock("worker-0"),
    ...arrive("worker-1", "personality=worker", "hostname=worker-1"),
    clusterHost("worker-1"),
    ...unlock("worker-1"),
    ["system", "host-stor-add", "controller-0", "osd", "{disk controller-0 /dev/sdb}"],
    ["system", "host-stor-add", "controller-1", "osd", "{disk controller-1 /dev/sdb}"],
    ["wait", "1"],
  ];
}

function dedicatedStorage(): Step[] {
  const storage = (it: Late): Step[] => [
    ...arrive(it, "personality=storage"),
    clusterHost(it),
    ["at", `${it} without an OSD`],
    ...osd(it),
    ["at", `${it} ready`],
  ];
  return [
    ...standardController0("--storage", "dedicated"),
    ...arrive("controller-1", "personality=controller"),
    ...storage("storage-0"),
    ...storage("storage-1"),
    ...oam("controller-1"),
    clusterHost("controller-1"),
    ...unlock("controller-1"),
    ...unlock("storage-0"),
    ...unlock("storage-1"),
    ...workers(true),
  ];
}

function subcloud(): Step[] {
  const add = ["dcmanager", "subcloud", "add", "--bootstrap-address", "10.10.20.12"];
  const secrets = ["--sysadmin-password", "Li69nux*"];
  return [
    ["at", "central"],
    [...add, "--bootstrap-values", "subcloud-1.yml", ...secrets],
    ["at", "adding"],
    ["wait", "2"],
    ["at", "offline"],
    ["wait", "1"],
    ["dcmanager", "subcloud", "list"],
    ["dcmanager", "subcloud", "errors", "subcloud-1"],
    ["dcmanager", "subcloud", "manage", "subcloud-1"],
    [
      "system",
      "host-route-add",
      "controller-0",
      "enp2s0",
      "192.168.101.0",
      "24",
      "192.168.204.101",
    ],
    ["system", "host-route-add", "controller-1", "mgmt0", "192.168.101.0", "24", "192.168.204.101"],
  ];
}

/** The file that {@link orderOf} names for its subcloud. */
export const SUBCLOUD_VALUES = `system_mode: simplex
name: subcloud-1
description: lab subcloud
location: lab
management_subnet: 192.168.101.0/24
management_start_address: 192.168.101.2
management_end_address: 192.168.101.50
management_gateway_address: 192.168.101.1
external_oam_subnet: 10.10.20.0/24
external_oam_gateway_address: 10.10.20.1
external_oam_floating_address: 10.10.20.12
systemcontroller_gateway_address: 192.168.204.101
`;

function begin(type: string, ...options: readonly string[]): Step[] {
  return [
    ["starlingx-lab", "install", type, ...options],
    ["at", "installed"],
    BOOTSTRAP,
    ["at", "bootstrapped"],
  ];
}

function oam(host: string): Step[] {
  return [
    ["system", "host-if-modify", host, "enp1s0", "-c", "platform"],
    ["system", "interface-network-assign", host, "enp1s0", "oam"],
  ];
}

function managementOnPort(): Step[] {
  return [
    ["system", "host-if-modify", "controller-0", "lo", "-c", "none"],
    ["system", "interface-network-remove", "{network controller-0 lo}"],
    ["system", "interface-network-remove", "{network controller-0 lo}"],
    ["system", "host-if-modify", "controller-0", "enp2s0", "-c", "platform"],
    ["system", "interface-network-assign", "controller-0", "enp2s0", "mgmt"],
    ["system", "interface-network-assign", "controller-0", "enp2s0", "cluster-host"],
  ];
}

function clusterHost(host: string): Step {
  return ["system", "interface-network-assign", host, "mgmt0", "cluster-host"];
}

/** The manifest that installs the kernel takes a while, and no unlock is let through before. */
function kernel(host: string): Step[] {
  return [
    ["system", "host-kernel-modify", host, "lowlatency"],
    ["wait", "1"],
    ["system", "host-kernel-show", host],
  ];
}

function osd(host: string): Step[] {
  return [
    ["system", "host-disk-list", host],
    ["system", "host-stor-add", host, "osd", `{disk ${host} /dev/sdb}`],
    ["system", "host-stor-list", host],
  ];
}

function unlock(host: string): Step[] {
  return [
    ["system", "host-unlock", host],
    ["wait", "2"],
    ["is", host, "unlocked", "enabled", "available"],
    ["at", `${host} unlocked`],
  ];
}

function arrive(name: Late, ...attributes: readonly string[]): Step[] {
  return [
    ["starlingx-lab", "power-on", MAC[name]],
    ["system", "host-list"],
    ["at", `${name} discovered`],
    ["system", "host-update", `{id ${MAC[name]}}`, ...attributes],
    ["at", `${name} installing`],
    ["wait", "1"],
    ["is", name, "locked", "disabled", "online"],
    ["at", `${name} online`],
  ];
}
