/** Ten wrong orders that people run into; see wrong-order.ts. */
import type { WrongOrder } from "./wrong-order";

const BOOTSTRAP = [
  "ansible-playbook",
  "/usr/share/ansible/stx-ansible/playbooks/bootstrap.yml",
] as const;

/** See the header. */
export const TEN_WRONG_ORDERS: readonly WrongOrder[] = [
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
];
