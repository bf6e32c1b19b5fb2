/** Steps of storage: backends, monitors, OSDs. Source: storage parts of the installation guides. */
import type { Host } from "../../../../cluster/deployments/starlingx/site";
import { osdHosts } from "../../../../cluster/deployments/starlingx/storage";
import { isInstalled } from "./host-state";
import type { SitePlan } from "./plan";
import { type LookUp, row, rows, type Step, step } from "./step";

const BACKENDS = ["system", "storage-backend-list"];
/** GiB of a monitor of Rook Ceph. */
const MONITOR_GIB = 20;

/** The backend, before controller-0 is unlocked. */
export function backend({ site, storage, on }: SitePlan): Step[] {
  const { backend: type, deployment, replication } = storage;
  if (type === "none") return [];
  const isRook = type === "ceph-rook";
  const given = site.options.storage?.replication !== undefined;
  const states = isRook
    ? ["configuring-with-app", "configured", "configuring-on-unlock"]
    : ["configured", "configuring-on-unlock"];
  const isThere = row(BACKENDS, { backend: type, state: states });
  return [
    step({
      id: isRook ? "backend_rook" : "backend_ceph",
      title: isRook ? `Rook Ceph, model ${deployment}` : "Ceph",
      on,
      done: [isThere],
      commands: [
        {
          argv: [
            "system",
            "storage-backend-add",
            type,
            ...(isRook ? ["--deployment", deployment] : []),
            "--confirmed",
            ...(given ? [`replication=${replication}`] : []),
          ],
          unless: row(BACKENDS, { backend: type }),
        },
      ],
      wait: { until: [isThere], seconds: 600 },
    }),
  ];
}

/** Room for a monitor of Rook Ceph on a host that keeps its data. */
export function rookMonitor({ site, storage, on }: SitePlan, host: Host): Step[] {
  if (storage.backend !== "ceph-rook") return [];
  if (!osdHosts(site, storage).includes(host.personality)) return [];
  const isSo = row(["system", "host-fs-list", host.hostname], { "FS Name": "ceph" });
  return [
    step({
      id: `rook_mon(${host.hostname})`,
      title: `room for a monitor on ${host.hostname}`,
      on,
      done: [isSo],
      commands: [{ argv: ["system", "host-fs-add", host.hostname, `ceph=${MONITOR_GIB}`] }],
    }),
  ];
}

/** Disks that keep data, one step each. */
export function osds({ storage, on }: SitePlan, { hostname, personality }: Host): Step[] {
  if (storage.backend === "none") return [];
  const disks = storage.osds[personality] ?? [];
  return disks.map((disk) => {
    const key = disk.startsWith("/dev/disk/") ? "device_path" : "device_node";
    const uuid: LookUp = {
      ref: "disk_uuid",
      column: "uuid",
      ...rows(["system", "host-disk-list", hostname], { [key]: disk }),
    };
    const stors = ["system", "host-stor-list", hostname];
    return step({
      id: `osd(${hostname},${disk})`,
      title: `${disk} of ${hostname} carries an OSD`,
      on,
      lookUps: [uuid],
      done: [row(stors, { idisk_uuid: { ref: "disk_uuid" } })],
      gates: [{ that: isInstalled(hostname), else: `${hostname} is not installed` }],
      commands: [{ argv: ["system", "host-stor-add", hostname, "osd", { ref: "disk_uuid" }] }],
      wait: {
        // On a locked host it becomes configured with the unlock.
        until: [
          row(stors, {
            idisk_uuid: { ref: "disk_uuid" },
            state: ["configured", "configuring-on-unlock", "configuring-with-app"],
          }),
        ],
        seconds: 600,
      },
    });
  });
}

/** The third monitor of controller storage. */
export function monitorOnWorker({ site, storage, on }: SitePlan): Step[] {
  const host = site.hosts.find(({ node }) => node === storage.monitor);
  if (host === undefined) return [];
  const { hostname } = host;
  const list = ["system", "ceph-mon-list"];
  const state = ["configured", "configuring-on-unlock"];
  return [
    step({
      id: `ceph_mon_worker(${hostname})`,
      title: `the third monitor is on ${hostname}`,
      on,
      done: [row(list, { hostname })],
      gates: [
        { that: isInstalled(hostname), else: `${hostname} is not installed` },
        { that: row(BACKENDS, { backend: "ceph" }), else: "there is no Ceph backend" },
      ],
      commands: [{ argv: ["system", "ceph-mon-add", hostname] }],
      wait: { until: [row(list, { hostname, state })], seconds: 600 },
    }),
  ];
}
