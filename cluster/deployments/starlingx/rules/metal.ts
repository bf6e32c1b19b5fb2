/** What becomes of a site on real machines: hosts that nothing installs, and what nobody has tried. Pure. */
import { LAB_ENDPOINT } from "../../../../core/lab-defaults";
import type { ClusterSpec } from "../../../config";
import { finding, type Finding, type ValuePath } from "../../../finding";
import type { ArmOffer } from "../arm-offer";
import { describeSite, type Site } from "../site";
import type { SiteRule } from "./site-finding";

/**
 * Further hosts are installed by controller-0, which begins when all machines answer SSH: on real ones that is never. The lab's
 * machines have an operating system from the start.
 */
export const checkFurtherHosts: SiteRule = (site, cluster) => {
  if (site.hosts.length < 2 || !isOnMetal(cluster)) return [];
  return [
    finding("AS1359", whatSays(site), cluster, {
      problem: `${describeSite(site)} has ${site.hosts.length} hosts, and controller-0 installs all but itself over the network (installation guide), while every machine is waited for until it answers SSH; outside the lab there is no`,
      given: site.configuration.name,
      hint: "describe starlingx/aio-sx, or try it in the lab",
    }),
  ];
};

/** What other substrates lack is told by the rule of layer 2. */
function isOnMetal({
  substrate,
}: {
  readonly substrate: Partial<ClusterSpec["substrate"]>;
}): boolean {
  return substrate.metal !== undefined && substrate.metal.endpoint !== LAB_ENDPOINT;
}

/** Where the configuration of a site is named. */
function whatSays(site: Site): ValuePath {
  if (site.subcloud) return [...site.at, "configuration"];
  return [...site.at, site.role === "systemcontroller" ? "central" : "kind"];
}

/** Pairs of configuration and kernel that the port's project lists as verified, and no others. */
export function checkVerified({ verified }: ArmOffer): SiteRule {
  return (site, cluster) => {
    const { name } = site.configuration;
    const kernel = site.hosts.some((it) => it.kernel === "realtime") ? "realtime" : "standard";
    const isCloud = site.role !== "none";
    const part = site.subcloud ? "subcloud" : "central";
    const fits = verified.some((it) =>
      isCloud
        ? it.sites?.[part] === name && it.kernel === kernel
        : it.configuration === name && it.kernel === kernel,
    );
    if (fits) return [];
    const which = isCloud ? `${name} as ${part} of a distributed cloud` : name;
    return [unverified(site, cluster, `${which}, ${KERNEL_WORDS[kernel]} kernel`)];
  };
}

const KERNEL_WORDS = { standard: "standard", realtime: "low-latency" } as const;

function unverified(site: Site, cluster: ClusterSpec, given: string): Finding {
  return finding("AS1364", whatSays(site), cluster, {
    severity: "warning",
    problem: "not verified by the project (StarlingX on ARM, status of 2023-10-08):",
    given,
  });
}
