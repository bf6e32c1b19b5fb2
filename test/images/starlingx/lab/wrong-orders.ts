/**
 * Orders that are wrong at their last command, and what the lab says to it, as StarlingX would. Each is the right
 * order of a configuration up to a named point, then one command too early, too late, or at the wrong host.
 */
import type { Configuration, Step } from "./orders";

/** One of them. */
export interface WrongOrder {
  /** What is wrong. */
  readonly name: string;
  readonly configuration: Configuration;
  /** Point of its order; see orders.ts. */
  readonly after: string;
  /** Commands that still pass. */
  readonly then?: readonly Step[];
  /** The command that is refused. */
  readonly wrong: Step;
  /** Words of the refusal. */
  readonly says: string;
}

const BOOTSTRAP = [
  "ansible-playbook",
  "/usr/share/ansible/stx-ansible/playbooks/bootstrap.yml",
] as const;

/** See the header. The first ten are those that people run into. */
export const WRONG_ORDERS: readonly WrongOrder[] = [
  {
    name: "unlock controller-0 before the Ceph backend of dedicated storage exists",
    configuration: "standard-dedicated-storage",
    after: "no-backend",
    wrong: ["system", "host-unlock", "controller-0"],
    says: "before the Ceph backend exists",
  },
  {
    name: "storage nodes without a Ceph backend",
    configuration: "standard-controller-storage",
    after: "no-backend",
    then: [
      ["system", "host-unlock", "controller-0"],
      ["wait", "2"],
      ["starlingx-lab", "power-on", "52:54:00:00:00:10"],
    ],
    wrong: ["system", "host-update", "2", "personality=storage"],
    says: "Storage nodes can only be configured if storage cluster is configured for the Ceph backend.",
  },
  {
    name: "unlock a controller without an OAM interface",
    configuration: "aio-sx",
    after: "bootstrapped",
    wrong: ["system", "host-unlock", "controller-0"],
    says: "Can not unlock a controller host without an oam interface.",
  },
  {
    name: "unlock a duplex controller whose management is on the loopback",
    configuration: "aio-dx",
    after: "loopback",
    wrong: ["system", "host-unlock", "controller-0"],
    says: "when management interface is configured on a virtual interface",
  },
  {
    name: "unlock controller-1 without a cluster-host interface",
    configuration: "aio-dx",
    after: "no-cluster-host",
    wrong: ["system", "host-unlock", "controller-1"],
    says: "Cannot unlock host controller-1 without configuring a cluster-host interface.",
  },
  {
    name: "unlock a host that is still being installed",
    configuration: "aio-dx-workers",
    after: "worker-0 installing",
    wrong: ["system", "host-unlock", "worker-0"],
    says: "Host worker-0 is not online. Wait for 'online' availability status and then 'unlock'",
  },
  {
    name: "an OSD on a controller before a worker has the third monitor",
    configuration: "standard-controller-storage",
    after: "no-third-monitor",
    wrong: ["system", "host-stor-add", "controller-0", "osd", "{disk controller-0 /dev/sdb}"],
    says: "Please install storage-0 or configure a Ceph monitor on a worker node before adding storage devices.",
  },
  {
    name: "unlock a storage node without an OSD",
    configuration: "standard-dedicated-storage",
    after: "storage-0 without an OSD",
    wrong: ["system", "host-unlock", "storage-0"],
    says: "Can not unlock a storage node without any Storage Volumes configured",
  },
  {
    name: "unlock a storage node before controller-1 is up",
    configuration: "standard-dedicated-storage",
    after: "storage-0 ready",
    wrong: ["system", "host-unlock", "storage-0"],
    says: "Only 1 storage monitor available. At least 2 unlocked and enabled hosts with monitors are required.",
  },
  {
    name: "bootstrap again after controller-0 was unlocked",
    configuration: "aio-sx",
    after: "controller-0 unlocked",
    wrong: BOOTSTRAP,
    says: "The bootstrap of host localhost has already been finalized.",
  },
  {
    name: "provision before the bootstrap",
    configuration: "aio-sx",
    after: "installed",
    wrong: ["system", "host-unlock", "controller-0"],
    says: "You must provide a username via either --os-username or via env[OS_USERNAME]",
  },
  {
    name: "a storage node once a worker has the third monitor",
    configuration: "standard-controller-storage",
    after: "third-monitor",
    then: [["starlingx-lab", "power-on", "52:54:00:00:00:10"]],
    wrong: ["system", "host-update", "{id 52:54:00:00:00:10}", "personality=storage"],
    says: "Storage nodes can not be configured for the 'controller-nodes' storage model.",
  },
  {
    name: "an OSD on a controller once a storage node exists",
    configuration: "standard-dedicated-storage",
    after: "storage-0 installing",
    wrong: ["system", "host-stor-add", "controller-0", "osd", "{disk controller-0 /dev/sdb}"],
    says: "Storage model is 'storage-nodes'. Storage devices can only be added to storage nodes.",
  },
  {
    name: "a third monitor on a worker of an All-in-one system",
    configuration: "aio-dx-workers",
    after: "worker-0 online",
    wrong: ["system", "ceph-mon-add", "worker-0"],
    says: "Can not add a storage monitor to a worker if ceph's deployments model is already set to controller-nodes or system is All-in-one.",
  },
  {
    name: "a third monitor on a worker once a storage node exists",
    configuration: "standard-dedicated-storage",
    after: "worker-0 online",
    wrong: ["system", "ceph-mon-add", "worker-0"],
    says: "Ceph monitor already configured for host 'storage-0'.",
  },
  {
    name: "an OSD without a storage backend",
    configuration: "aio-sx",
    after: "bootstrapped",
    wrong: ["system", "host-stor-add", "controller-0", "osd", "{disk controller-0 /dev/sdb}"],
    says: "System must have either a ceph or a ceph-rook backend",
  },
  {
    name: "the low-latency kernel on a Standard controller",
    configuration: "standard-controller-storage",
    after: "bootstrapped",
    wrong: ["system", "host-kernel-modify", "controller-0", "lowlatency"],
    says: "Can only modify worker nodes.",
  },
  {
    name: "the low-latency kernel on a storage node",
    configuration: "standard-dedicated-storage",
    after: "storage-0 online",
    wrong: ["system", "host-kernel-modify", "storage-0", "lowlatency"],
    says: "Can only modify worker nodes.",
  },
  {
    name: "another kernel on an unlocked host",
    configuration: "aio-sx",
    after: "controller-0 unlocked",
    wrong: ["system", "host-kernel-modify", "controller-0", "standard"],
    says: "Host must be locked.",
  },
  {
    name: "another kernel on a host that is still being installed",
    configuration: "aio-dx-workers",
    after: "worker-0 installing",
    wrong: ["system", "host-kernel-modify", "worker-0", "lowlatency"],
    says: "Host must have completed initial inventory.",
  },
  {
    name: "unlock while the kernel is being configured",
    configuration: "aio-sx",
    after: "before-unlock",
    then: [["system", "host-kernel-modify", "controller-0", "standard"]],
    wrong: ["system", "host-unlock", "controller-0"],
    says: "Can not unlock controller-0 kernel configuration in progress.",
  },
  {
    name: "unlock a host without a personality",
    configuration: "aio-dx",
    after: "controller-1 discovered",
    wrong: ["system", "host-unlock", "2"],
    says: "is not online",
  },
  {
    name: "unlock twice",
    configuration: "aio-sx",
    after: "controller-0 unlocked",
    wrong: ["system", "host-unlock", "controller-0"],
    says: "Avoiding 'unlock' action on already 'unlocked' host controller-0",
  },
  {
    name: "a second host before controller-0 is unlocked",
    configuration: "aio-dx",
    after: "before-unlock",
    wrong: ["starlingx-lab", "power-on", "52:54:00:00:00:02"],
    says: "is not permitted while there is no unlocked-enabled controller",
  },
  {
    name: "a second host on a simplex system",
    configuration: "aio-sx",
    after: "controller-0 unlocked",
    wrong: ["system", "host-add", "-n", "w", "-p", "worker", "-m", "52:54:00:00:00:20"],
    says: "Host-add Rejected: Adding a host on a simplex system is not allowed.",
  },
  {
    name: "a third controller",
    configuration: "aio-dx-workers",
    after: "worker-0 discovered",
    wrong: ["system", "host-update", "3", "personality=controller"],
    says: "Two controller nodes have already been configured.",
  },
  {
    name: "a worker without a name",
    configuration: "aio-dx-workers",
    after: "worker-0 discovered",
    wrong: ["system", "host-update", "3", "personality=worker"],
    says: "must be provisioned with a hostname",
  },
  {
    name: "a storage node on an All-in-one system",
    configuration: "aio-dx-workers",
    after: "worker-0 discovered",
    wrong: ["system", "host-update", "3", "personality=storage"],
    says: "Storage nodes can not be configured for the 'controller-nodes' storage model.",
  },
  {
    name: "another personality",
    configuration: "aio-dx",
    after: "controller-1 online",
    wrong: ["system", "host-update", "controller-1", "personality=worker", "hostname=w"],
    says: "Can not change personality after it has been set.",
  },
  {
    name: "OAM on a worker",
    configuration: "aio-dx-workers",
    after: "worker-0 online",
    wrong: ["system", "interface-network-assign", "worker-0", "enp1s0", "oam"],
    says: "The 'oam' network type is only supported on controller nodes.",
  },
  {
    name: "interfaces of an unlocked host",
    configuration: "aio-sx",
    after: "controller-0 unlocked",
    wrong: ["system", "host-if-modify", "controller-0", "enp2s0", "-c", "platform"],
    says: "Host must be locked.",
  },
  {
    name: "take the loopback from a simplex controller",
    configuration: "aio-sx",
    after: "bootstrapped",
    wrong: ["system", "host-if-modify", "controller-0", "lo", "-c", "none"],
    says: "The loopback interface cannot be changed for an all-in-one simplex system",
  },
  {
    name: "lock the active controller of a duplex system",
    configuration: "aio-dx",
    after: "controller-0 unlocked",
    wrong: ["system", "host-lock", "controller-0"],
    says: "controller-0 : Rejected: Can not lock an active controller",
  },
  {
    name: "a subcloud of a system that is no system controller",
    configuration: "aio-dx",
    after: "controller-0 unlocked",
    wrong: ["dcmanager", "subcloud", "list"],
    says: "this is no system controller",
  },
  {
    name: "a subcloud before controller-0 is unlocked",
    configuration: "distributed-cloud",
    after: "before-unlock",
    wrong: [
      ...["dcmanager", "subcloud", "add", "--bootstrap-address", "10.10.20.12"],
      ...["--bootstrap-values", "subcloud-1.yml", "--sysadmin-password", "Li69nux*"],
    ],
    says: "controller-0 is not unlocked and enabled",
  },
  {
    name: "manage a subcloud that is not deployed yet",
    configuration: "distributed-cloud",
    after: "adding",
    wrong: ["dcmanager", "subcloud", "manage", "subcloud-1"],
    says: "its deploy_status must be either 'complete' or 'rehome-pending'",
  },
  {
    name: "manage a subcloud that is offline",
    configuration: "distributed-cloud",
    after: "offline",
    wrong: ["dcmanager", "subcloud", "manage", "subcloud-1"],
    says: "Subcloud is not online.",
  },
];

/** Those that an end-to-end test shows: the first ten. */
export const TEN_WRONG_ORDERS: readonly WrongOrder[] = WRONG_ORDERS.slice(0, 10);
