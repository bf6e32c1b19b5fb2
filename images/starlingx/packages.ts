/**
 * Packages that failed to build for arm64, and what became of them. Data only. Source: StarlingX on ARM development status, table
 * "Failed packages and fix status", as of stx master 2023-06-25. Its numbers run to 82, and 30 and 45 are not in it.
 */
import type { KernelFlavour } from "./kernels";

/** What a package is. */
export type PackageKind =
  | "boot"
  | "helm-or-chart"
  | "kernel"
  | "kernel-module"
  | "kubernetes-binary"
  | "userspace"
  | "virtualization";

/** One row. */
export interface PortedPackage {
  /** Number in the source's table. */
  readonly row: number;
  readonly kernel: KernelFlavour;
  readonly name: string;
  /** `fixed`: it builds for arm64; `removed`: the arm64 image does not have it. */
  readonly status: "fixed" | "removed";
  readonly kind: PackageKind;
  /** Rows whose repair repaired it. */
  readonly after?: readonly number[];
  readonly note?: string;
}

/** Rows that share everything but number and name. */
function rows(
  kernel: KernelFlavour,
  { status, kind, after }: Pick<PortedPackage, "status" | "kind" | "after">,
  named: Readonly<Record<number, string>>,
): PortedPackage[] {
  return Object.entries(named).map(([row, name]) => ({
    row: Number(row),
    kernel,
    name,
    status,
    kind,
    ...(after ? { after } : {}),
  }));
}

/** Notes of the source, by row. */
const NOTES: Readonly<Record<number, string>> = {
  22: "chartmuseum went from 0.12.0 to 0.13.0; what that means is not known",
  31: "it is to come back with a newer version",
  66: "for Intel FPGA only",
  67: "for Intel processors only",
  82: "fixed by the update to 5.10.177",
};

/** See the header; sorted by row. */
export const PORTED_PACKAGES: readonly PortedPackage[] = [
  ...rows(
    "std",
    { status: "fixed", kind: "helm-or-chart", after: [22, 24] },
    {
      1: "stx-sdo-helm",
      2: "istio-helm",
      3: "kiali-helm",
      4: "stx-istio-helm",
      5: "stx-kubevirt-app-helm",
      6: "stx-oran-o2-helm",
      7: "stx-security-profiles-operator-helm",
      8: "stx-sriov-fec-operator-helm",
      9: "stx-sts-silicom-helm",
      10: "stx-audit-helm",
      11: "stx-cert-manager-helm",
      17: "gpu-operator",
      21: "armada-helm-toolkit",
      49: "metrics-server-helm",
      50: "stx-metrics-server-helm",
      51: "monitor-helm",
      52: "monitor-helm-elastic",
      53: "stx-monitor-helm",
      54: "stx-nginx-ingress-controller-helm",
      55: "stx-oidc-auth-helm",
      56: "openstack-helm",
      57: "openstack-helm-infra",
      58: "stx-openstack-helm",
      59: "stx-openstack-helm-fluxcd",
      60: "platform-helm",
      61: "stx-platform-helm",
      62: "portieris-helm",
      63: "stx-portieris-helm",
      64: "stx-ptp-notification-helm",
      65: "stx-snmp-helm",
      68: "stx-vault-helm",
      69: "vault-helm",
    },
  ),
  ...rows(
    "std",
    { status: "fixed", kind: "userspace" },
    {
      12: "registry-token-server",
      13: "fm-mgr",
      15: "sm-common",
    },
  ),
  ...rows(
    "std",
    { status: "fixed", kind: "userspace", after: [15] },
    {
      14: "sm",
      16: "sm-db",
    },
  ),
  ...rows(
    "std",
    { status: "fixed", kind: "boot" },
    {
      18: "grub-efi",
      19: "grub2",
      46: "pxe-network-installer",
    },
  ),
  ...rows(
    "std",
    { status: "fixed", kind: "helm-or-chart", after: [21, 22, 24] },
    {
      20: "armada",
    },
  ),
  ...rows(
    "std",
    { status: "fixed", kind: "helm-or-chart" },
    {
      22: "chartmuseum",
      24: "helm",
    },
  ),
  ...rows(
    "std",
    { status: "fixed", kind: "kubernetes-binary" },
    {
      23: "crictl",
      25: "kubernetes-1.21.8",
      26: "kubernetes-1.22.5",
      27: "kubernetes-1.23.1",
      28: "kubernetes-1.24.4",
      29: "kubectl-cert-manager",
    },
  ),
  ...rows(
    "std",
    { status: "removed", kind: "virtualization" },
    {
      31: "qemu",
    },
  ),
  ...rows(
    "std",
    { status: "removed", kind: "kernel-module" },
    {
      32: "bnxt-en",
      37: "ice",
      38: "ice-cvl-2.54",
      41: "iqvlinux",
      43: "qat1.7.l",
    },
  ),
  ...rows(
    "std",
    { status: "fixed", kind: "kernel-module" },
    {
      33: "i40e",
      34: "i40e-cvl-2.54",
      35: "iavf",
      36: "iavf-cvl-2.54",
      39: "igb-uio",
      40: "kmod-opae-fpga-driver",
      42: "mlnx-ofed-kernel",
    },
  ),
  ...rows(
    "std",
    { status: "fixed", kind: "kernel" },
    {
      44: "linux",
    },
  ),
  ...rows(
    "std",
    { status: "fixed", kind: "userspace", after: [13] },
    {
      47: "mtce",
      48: "mtce-common",
    },
  ),
  ...rows(
    "std",
    { status: "removed", kind: "userspace" },
    {
      66: "opae-sdk",
      67: "pcm",
    },
  ),
  ...rows(
    "rt",
    { status: "removed", kind: "kernel-module" },
    {
      70: "bnxt-en",
      75: "ice",
      76: "ice-cvl-2.54",
      79: "iqvlinux",
      81: "qat1.7.l",
    },
  ),
  ...rows(
    "rt",
    { status: "fixed", kind: "kernel-module" },
    {
      71: "i40e",
      72: "i40e-cvl-2.54",
      73: "iavf",
      74: "iavf-cvl-2.54",
      77: "igb-uio",
      78: "kmod-opae-fpga-driver",
      80: "mlnx-ofed-kernel",
    },
  ),
  ...rows(
    "rt",
    { status: "fixed", kind: "kernel" },
    {
      82: "linux-rt",
    },
  ),
]
  .map((it): PortedPackage => {
    const note = NOTES[it.row];
    return note === undefined ? it : { ...it, note };
  })
  .sort((a, b) => a.row - b.row);

/** Totals that the rows must come to. */
export const PACKAGE_TOTALS = {
  std: { fixed: 59, removed: 8 },
  rt: { fixed: 8, removed: 5 },
} as const satisfies Record<KernelFlavour, Record<PortedPackage["status"], number>>;
