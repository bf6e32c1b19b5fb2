/**
 * What things of CoreOS Container Linux are called in Flatcar. Source: flatcar.org/docs/latest/migrating-from-coreos;
 * what has no successor was dropped by Container Linux itself in 2018.
 */

/** A thing that moved. */
export interface Move {
  readonly from: string;
  /** Undefined: it is gone. */
  readonly to?: string;
  /** What to do instead, or what differs on ARM64. */
  readonly note?: string;
}

/** See the header. */
export const FROM_COREOS: readonly Move[] = [
  { from: "stable.release.core-os.net", to: "stable.release.flatcar-linux.net" },
  { from: "amd64-usr", to: "arm64-usr", note: "CoreOS had no board for ARM64" },
  { from: "coreos.first_boot", to: "flatcar.first_boot" },
  { from: "coreos.config.url", to: "flatcar.config.url" },
  { from: "coreos.oem.id", to: "flatcar.oem.id" },
  { from: "coreos.autologin", to: "flatcar.autologin" },
  { from: "public.update.core-os.net", to: "public.update.flatcar-linux.net" },
  { from: "/etc/coreos", to: "/etc/flatcar", note: "the old name is a link" },
  { from: "/usr/share/oem", to: "/usr/share/oem" },
  { from: "coreos-install", to: "flatcar-install" },
  { from: "Container Linux Config", to: "Butane, variant flatcar 1.0.0 and later" },
  { from: "etcd.service", to: "etcd-member.service" },
  { from: "etcd2.service", note: "etcd-member.service has etcd 3, which does not read its data" },
  { from: "fleet.service", note: "use Kubernetes, or systemd alone" },
  { from: "flanneld.service", note: "use flannel's CNI plugin, or a unit of your own" },
  { from: "rkt", note: "use docker or containerd" },
  { from: "docker.service", to: "docker.service" },
];
