/**
 * Drivers of network cards and accelerators that StarlingX packages itself. Data only. Source: StarlingX on ARM development status, rows
 * 32-43 (std) and 70-81 (rt) of its table of packages; options of the Linux kernel. A package that was left out says nothing of the
 * kernel's own driver, which Debian's kernels for arm64 have as modules, but for the cloud flavour.
 */

/** One package of a driver. */
export interface PackagedDriver {
  readonly package: string;
  /** What it drives. */
  readonly what: string;
  /** Names of modules that it stands for. */
  readonly modules: readonly string[];
  /** Whether StarlingX' package builds for arm64; the same for both kernels. */
  readonly isPackaged: boolean;
  /** Option of the Linux kernel's own driver. Undefined: there is none. */
  readonly option?: string;
}

/** See the header. */
export const DRIVERS: readonly PackagedDriver[] = [
  {
    package: "i40e",
    what: "Intel 700-series Ethernet",
    modules: ["i40e"],
    isPackaged: true,
    option: "I40E",
  },
  {
    package: "i40e-cvl-2.54",
    what: "Intel 700-series, CVL 2.54 branch",
    modules: ["i40e"],
    isPackaged: true,
    option: "I40E",
  },
  {
    package: "iavf",
    what: "Intel adaptive VF",
    modules: ["iavf"],
    isPackaged: true,
    option: "IAVF",
  },
  {
    package: "iavf-cvl-2.54",
    what: "Intel adaptive VF, CVL 2.54 branch",
    modules: ["iavf"],
    isPackaged: true,
    option: "IAVF",
  },
  {
    package: "ice",
    what: "Intel 800-series Ethernet",
    modules: ["ice"],
    isPackaged: false,
    option: "ICE",
  },
  {
    package: "ice-cvl-2.54",
    what: "Intel 800-series, CVL 2.54 branch",
    modules: ["ice"],
    isPackaged: false,
    option: "ICE",
  },
  { package: "igb-uio", what: "DPDK UIO helper", modules: ["igb_uio"], isPackaged: true },
  {
    package: "kmod-opae-fpga-driver",
    what: "Intel FPGA OPAE",
    modules: ["dfl"],
    isPackaged: true,
    option: "FPGA_DFL*",
  },
  {
    package: "iqvlinux",
    what: "Intel network diagnostics helper",
    modules: ["iqvlinux"],
    isPackaged: false,
  },
  {
    package: "mlnx-ofed-kernel",
    what: "NVIDIA/Mellanox OFED",
    modules: ["mlx5_core", "mlx4_core"],
    isPackaged: true,
    option: "MLX5_CORE",
  },
  {
    package: "qat1.7.l",
    what: "Intel QuickAssist 1.7",
    modules: ["qat", "intel_qat"],
    isPackaged: false,
    option: "CRYPTO_DEV_QAT*",
  },
  {
    package: "bnxt-en",
    what: "Broadcom NetXtreme",
    modules: ["bnxt_en"],
    isPackaged: false,
    option: "BNXT",
  },
];

/** Version that mlnx-ofed-kernel was raised to, and when. */
export const MLNX_OFED = { version: "5.8-1.0.1.1", date: "2023-04-10" } as const;
