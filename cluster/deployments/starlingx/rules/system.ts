/** What the whole site is: mode, layer 2, boot, and what arm64 lacks. Pure. */
import { finding, type Finding, type ValuePath } from "../../../finding";
import type { ArmOffer } from "../arm-offer";
import { describeSite } from "../site";
import { findingAt, type SiteRule } from "./site-finding";

/** Modes of the configuration. */
export const checkSystemMode: SiteRule = (site, cluster) => {
  const { systemMode: given } = site.options;
  const { systemModes, systemType, name } = site.configuration;
  if (given === undefined || systemModes.includes(given)) return [];
  const why =
    systemType === "Standard"
      ? "Standard forces duplex (bootstrap playbook, prepare-env)"
      : name === "aio-dx-workers" && given === "duplex-direct"
        ? "controllers without a switch have no way to workers (installation guide)"
        : `${describeSite(site)} is ${systemModes.join(" or ")} (installation guide)`;
  return [
    findingAt("AS1302", site, ["systemMode"], cluster, {
      problem: `${why}; system mode`,
      given,
      allowed: systemModes,
    }),
  ];
};

/** Substrates whose machines are of one network of layer 2, or can be. */
const LAYER_2_SUBSTRATES = ["metal"];

/** Without layer 2 there is no second host. */
export const checkLayer2: SiteRule = (site, cluster) => {
  const substrate = Object.keys(cluster.substrate)[0] ?? "metal";
  if (LAYER_2_SUBSTRATES.includes(substrate) || site.configuration.name === "aio-sx") return [];
  const at = site.subcloud ? [...site.at, "configuration"] : [...site.at, "kind"];
  return [
    finding("AS1305", at, cluster, {
      problem: `substrate ${substrate} has no layer 2 between machines, which discovery needs (installation guide); only starlingx/aio-sx runs there, not`,
      given: site.configuration.name,
    }),
  ];
};

/** UEFI, without secure boot. */
export const checkBoot: SiteRule = (site, cluster) => {
  const { firmware = "uefi", secureBoot = false } = site.options.boot ?? {};
  return [
    ...(firmware === "uefi"
      ? []
      : [
          findingAt("AS1306", site, ["boot", "firmware"], cluster, {
            problem: "StarlingX for arm64 has grub-efi only (StarlingX on ARM); firmware",
            given: firmware,
            allowed: ["uefi"],
          }),
        ]),
    ...(secureBoot
      ? [
          findingAt("AS1306", site, ["boot", "secureBoot"], cluster, {
            problem: "secure boot is not designed for arm64 yet (StarlingX on ARM); secureBoot",
            given: secureBoot,
            allowed: ["false"],
          }),
        ]
      : []),
  ];
};

/** Plug-ins, packages and labels that the port to arm64 left out. */
export function checkArmLimits({ plugins, packages, labels }: ArmOffer): SiteRule {
  return (site, cluster) => {
    const { options } = site;
    const say = (below: ValuePath, given: string, why: string | undefined): Finding[] => {
      if (why === undefined) return [];
      const problem = `${why} (StarlingX on ARM); ${String(below[0])} cannot have`;
      const key = typeof below.at(-1) === "string";
      return [findingAt("AS1307", site, below, cluster, { problem, given, key })];
    };
    const plugged = Object.entries(options.plugins ?? {}).flatMap(([name, label]) =>
      say(["plugins", name], name, ownValue(plugins, name) ?? ownValue(labels, label)),
    );
    const packed = (options.packages ?? []).flatMap((name, n) =>
      say(["packages", n], name, ownValue(packages, name)),
    );
    const labelled = Object.entries(options.labels ?? {}).flatMap(([role, own]) =>
      Object.entries(own).flatMap(([name, value]) =>
        say(["labels", role, name], `${name}=${value}`, ownValue(labels, `${name}=${value}`)),
      ),
    );
    return [...plugged, ...packed, ...labelled];
  };
}

function ownValue(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Drivers of ports. */
export function checkDrivers({ drivers }: ArmOffer): SiteRule {
  return (site, cluster) =>
    Object.entries(site.options.interfaces ?? {}).flatMap(([role, all]) =>
      all.flatMap(({ driver }, n) => {
        const fact =
          driver !== undefined && Object.hasOwn(drivers, driver) ? drivers[driver] : undefined;
        if (fact === undefined) return [];
        const at = ["interfaces", role, n, "driver"];
        return [
          fact.inTree
            ? findingAt("AS1308", site, at, cluster, {
                severity: "warning",
                problem: `package ${fact.package} was left out for arm64 (StarlingX on ARM, table of packages), and the kernel's own driver may be older:`,
                given: driver,
              })
            : findingAt("AS1307", site, at, cluster, {
                problem: `package ${fact.package} was left out for arm64 (StarlingX on ARM, table of packages), and the kernel has no such driver:`,
                given: driver,
              }),
        ];
      }),
    );
}

/** Container images that have no build for arm64, while nothing replaces them. */
export function checkArmImages({ withoutArm64 }: ArmOffer): SiteRule {
  return (site, cluster) => {
    if (site.subcloud !== undefined || cluster.registries.rewrites !== undefined) return [];
    if (withoutArm64.length === 0) return [];
    return [
      finding("AS1309", ["registries", "rewrites"], cluster, {
        severity: "warning",
        problem: `no build for arm64: ${withoutArm64.join(", ")} (StarlingX on ARM, list of container images)`,
        hint: "set registries.rewrites to arm64-defaults",
      }),
    ];
  };
}
