/** Steps of hosts: bootstrap, time servers, kernel, labels, file systems, unlock. Source: installation guides; kernel API of starlingx/config. */
import type { InterfaceOptions } from "../../../../cluster/deployments/starlingx/options/interfaces";
import type { Host } from "../../../../cluster/deployments/starlingx/site";
import { storageOf } from "../../../../cluster/deployments/starlingx/storage";
import { STARLINGX_KERNELS } from "../../../../images/starlingx/kernels";
import { tryInstallerEntry } from "../../../../images/starlingx/limits";
import { isInstalled, isReady, isUnlocked } from "./host-state";
import type { SitePlan } from "./plan";
import { row, type Step, step } from "./step";

/** Files of StarlingX' installer and bootstrap. */
export const PLATFORM_CONF = "/etc/platform/platform.conf";
/** There once the bootstrap ended well. */
export const BOOTSTRAP_DONE = "/etc/platform/.bootstrap_completed";
/** The bootstrap playbook on controller-0. */
export const BOOTSTRAP_PLAYBOOK = "/usr/share/ansible/stx-ansible/playbooks/bootstrap.yml";
/** What the lab has in the place of hands and hardware. */
export const LAB_COMMAND = "starlingx-lab";

const MIB_OF_GIB = 1024;

/** NTP servers when none are given: those of the guides. */
export const NTP_DEFAULT = ["0.pool.ntp.org", "1.pool.ntp.org"];

/** The installer's choice, which only hands can make; what it wrote is checked. */
export function installed({ site, on }: SitePlan, host: Host): Step {
  const { systemType } = site.configuration;
  const { word: kernel } = STARLINGX_KERNELS[host.kernel];
  const { console = "serial" } = site.options.boot ?? {};
  const entry = tryInstallerEntry({ systemType, kernel, console });
  const dedicated = site.configuration.storageModel === "storage-nodes";
  const isSo = { kind: "line", path: PLATFORM_CONF, line: `system_type=${systemType}` } as const;
  return step({
    id: "installed",
    title: `the installer was asked for ${systemType}, entry ${entry?.number ?? "?"} of its menu`,
    on,
    done: [isSo],
    commands: [
      {
        argv: [
          LAB_COMMAND,
          "install",
          systemType,
          kernel,
          ...(dedicated ? ["--storage", "dedicated"] : []),
        ],
        onlyWith: LAB_COMMAND,
      },
    ],
    wait: { until: [isSo], seconds: 1 },
  });
}

/** Hardware that the lab pretends; real machines bring theirs. */
export function hardware({ site, on }: SitePlan, host: Host): Step {
  const { interfaces = {}, hosts = {} } = site.options;
  const own = interfaces[host.pool] ?? interfaces[host.personality] ?? [];
  // The first port of a host beside controller-0 is the one that it is installed by.
  const hasMgmt = ({ networks = [] }: InterfaceOptions): boolean => networks.includes("mgmt");
  const sorted = [...own.filter(hasMgmt), ...own.filter((it) => !hasMgmt(it))];
  const isBare = !own.some(hasMgmt);
  const first = isBare && host.hostname !== "controller-0" ? ["eno1"] : [];
  const ports = [...first, ...sorted.map(({ port }) => port)];
  const root = hosts[host.node]?.rootfsDevice ?? "/dev/sda";
  const osds = (storageOf(site).osds[host.personality] ?? []).filter(
    (it) => !it.startsWith("/dev/disk/"),
  );
  const disks = [root.startsWith("/") ? root : `/dev/${root}`, ...osds].map((it) => `${it}:960`);
  const machine = host.tuned?.machine;
  const argv = [
    ...[LAB_COMMAND, "hardware", host.hostname, `disks=${[...new Set(disks)].join(",")}`],
    // Only tuning asks how large a machine is.
    ...(machine ? [`cpus=${machine.cores}`, `memory=${machine.memoryGib * MIB_OF_GIB}`] : []),
  ];
  return step({
    id: `hardware(${host.hostname})`,
    title: `ports and disks of ${host.hostname} are in place`,
    on,
    done: [
      host.hostname === "controller-0"
        ? { kind: "file", path: BOOTSTRAP_DONE }
        : isInstalled(host.hostname),
    ],
    commands: [
      {
        argv: ports.length > 0 ? [...argv, `ports=${[...new Set(ports)].join(",")}`] : argv,
        onlyWith: LAB_COMMAND,
      },
    ],
  });
}

/** The bootstrap playbook, which reads localhost.yml and secrets.yml. */
export function bootstrap({ on, site }: SitePlan): Step {
  const isDone = { kind: "file", path: BOOTSTRAP_DONE } as const;
  const argv = ["ansible-playbook", BOOTSTRAP_PLAYBOOK];
  // The central site bootstraps a subcloud; the lab's has no way to it.
  const isRemote = site.role === "subcloud";
  return step({
    id: "bootstrap",
    title: isRemote ? "dcmanager has bootstrapped controller-0" : "controller-0 is bootstrapped",
    on,
    done: [isDone],
    commands: [isRemote ? { argv, onlyWith: LAB_COMMAND } : { argv }],
    wait: { until: [isDone], seconds: isRemote ? 3600 : 1 },
  });
}

/** Time servers. */
export function ntp({ site, on }: SitePlan): Step {
  const servers = (site.options.ntp ?? NTP_DEFAULT).join(",");
  return step({
    id: "ntp",
    title: "time servers",
    on,
    done: [row(["system", "ntp-show"], { Property: "ntpservers", Value: servers })],
    commands: [{ argv: ["system", "ntp-modify", `ntpservers=${servers}`] }],
  });
}

/** The low-latency kernel; hosts with the standard one have it from the start. */
export function kernel({ on }: SitePlan, { hostname, kernel: wanted }: Host): Step[] {
  if (wanted !== "realtime") return [];
  const isSo = row(["system", "host-kernel-show", hostname], {
    Property: "kernel_provisioned",
    Value: "lowlatency",
  });
  return [
    step({
      id: `kernel(${hostname})`,
      title: `${hostname} is to boot the low-latency kernel`,
      on,
      done: [isSo],
      gates: [{ that: isReady(hostname), else: `${hostname} is not locked and online` }],
      commands: [{ argv: ["system", "host-kernel-modify", hostname, "lowlatency"] }],
      wait: { until: [isSo], seconds: 120 },
    }),
  ];
}

/** Labels of Kubernetes. */
export function labels({ site, on }: SitePlan, host: Host): Step[] {
  const { labels: all = {} } = site.options;
  const own = { ...all[host.personality], ...all[host.pool] };
  const isSo = (key: string, value: string) =>
    row(["system", "host-label-list", host.hostname], { "label key": key, "label value": value });
  const wanted = Object.entries(own);
  if (wanted.length === 0) return [];
  return [
    step({
      id: `label(${host.hostname})`,
      title: `labels of ${host.hostname}`,
      on,
      done: wanted.map(([key, value]) => isSo(key, value)),
      commands: wanted.map(([key, value]) => ({
        argv: ["system", "host-label-assign", "--overwrite", host.hostname, `${key}=${value}`],
        unless: isSo(key, value),
      })),
    }),
  ];
}

/** File system of container images; the bootstrap sizes that of controller-0. */
export function dockerFs({ site, on }: SitePlan, { hostname }: Host): Step[] {
  const { dockerFsSize: gib } = site.options;
  if (gib === undefined) return [];
  const isSo = row(["system", "host-fs-list", hostname], {
    "FS Name": "docker",
    "Size in GiB": String(gib),
  });
  return [
    step({
      id: `docker_fs(${hostname})`,
      title: `${gib} GiB for container images on ${hostname}`,
      on,
      done: [isSo],
      commands: [{ argv: ["system", "host-fs-modify", hostname, `docker=${gib}`] }],
    }),
  ];
}

/** Minutes of an unlock: the guides say 5 to 10. */
const UNLOCK_SECONDS = 30 * 60;

/** The host restarts and does its work from then on. */
export function unlock({ on }: SitePlan, { hostname }: Host): Step {
  return step({
    id: `unlock(${hostname})`,
    title: `${hostname} is unlocked`,
    on,
    done: [isUnlocked(hostname)],
    gates: [{ that: isReady(hostname), else: `${hostname} is not locked and online` }],
    commands: [{ argv: ["system", "host-unlock", hostname], patienceSeconds: 300 }],
    wait: { until: [isUnlocked(hostname)], seconds: UNLOCK_SECONDS },
    ...(hostname === "controller-0" ? { restarts: true } : {}),
  });
}
