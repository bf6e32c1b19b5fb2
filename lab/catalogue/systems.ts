/**
 * Operating systems on offer: Debian with two kernels, the same with StarlingX's commands as scripts, and the
 * network boot slug of the service.
 */
import { Bug } from "../../core/faults";
import type { MachineSystem } from "../machine-driver";
import { stableId } from "./stable-id";

/** The slug that boots a script of the user's. */
export const IPXE_SLUG = "custom_ipxe";

/** An operating system. */
export interface OperatingSystem {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly distro: string;
  readonly version: string;
  /** Slugs of plans. */
  readonly provisionableOn: readonly string[];
  readonly isDefault: boolean;
  /** What the driver installs; undefined for {@link IPXE_SLUG}. */
  readonly machine: MachineSystem | undefined;
}

const ALL_SERVERS = ["c3.large.arm64", "c2.large.arm", "c1.large.arm"];
/** The oldest plan is not offered with a real-time kernel. */
const REALTIME_SERVERS = ["c3.large.arm64", "c2.large.arm"];

/** Every operating system, the default first. */
export const SYSTEMS: readonly OperatingSystem[] = [
  debian("13", "standard"),
  debian("13", "realtime"),
  debian("12", "standard"),
  debian("12", "realtime"),
  starlingx("standard"),
  starlingx("realtime"),
  {
    id: stableId(`os:${IPXE_SLUG}`),
    slug: IPXE_SLUG,
    name: "Custom iPXE",
    distro: "custom_ipxe",
    version: "1",
    provisionableOn: ALL_SERVERS,
    isDefault: false,
    machine: undefined,
  },
];

/** @param key - slug or id */
export function tryFindSystem(key: string): OperatingSystem | undefined {
  return SYSTEMS.find((it) => it.slug === key || it.id === key);
}

/** What the driver installs for a slug that was checked before. @throws Bug for another */
export function machineSystem(slug: string): MachineSystem {
  const machine = tryFindSystem(slug)?.machine;
  if (machine === undefined) throw new Bug(`no machine runs ${slug}`);
  return machine;
}

function debian(release: string, kernel: MachineSystem["kernel"]): OperatingSystem {
  const realtime = kernel === "realtime";
  const slug = `debian_${release}${realtime ? "_rt" : ""}`;
  return {
    id: stableId(`os:${slug}`),
    slug,
    name: `Debian ${release}${realtime ? " (PREEMPT_RT)" : ""}`,
    distro: "debian",
    version: release,
    provisionableOn: realtime ? REALTIME_SERVERS : ALL_SERVERS,
    isDefault: slug === "debian_13",
    machine: { slug, distro: "debian", release, kernel },
  };
}

/** Debian 13 with scripted commands: enough to be provisioned, and to refuse wrong orders. */
function starlingx(kernel: MachineSystem["kernel"]): OperatingSystem {
  const realtime = kernel === "realtime";
  const slug = `starlingx_4${realtime ? "_rt" : ""}`;
  return {
    id: stableId(`os:${slug}`),
    slug,
    name: `StarlingX drop 4${realtime ? " low-latency" : ""} (scripted commands, not StarlingX)`,
    distro: "starlingx",
    version: "4",
    provisionableOn: realtime ? REALTIME_SERVERS : ALL_SERVERS,
    isDefault: false,
    machine: { slug, distro: "debian", release: "13", kernel, scripted: "starlingx" },
  };
}
