/** StarlingX for arm64 as an image family. Facts: the tables beside this file. */
import type { Component, ImageFamily, ImageRelease, Lack } from "../family";
import { STARLINGX_DROPS, type StarlingxDrop } from "./drops";
import { STARLINGX_KERNELS } from "./kernels";
import { STARLINGX_LIMITS } from "./limits";
import { PORTED_PACKAGES, type PortedPackage } from "./packages";

const [newest, ...older] = STARLINGX_DROPS;

/** See the header. */
export const STARLINGX: ImageFamily = {
  name: "starlingx",
  title: "StarlingX on ARM",
  summary:
    "StarlingX with its standard and low-latency kernels, from ISO or over the network; the lab has its commands only",
  source: "StarlingX on ARM development status; docs.starlingx.io",
  releases: [releaseOf(newest), ...older.map(releaseOf)],
  bootMethods: ["iso", "uefi-pxe"],
  machines: ["metal", "lab/qemu", "lab/process"],
  reachedBy: "ssh",
  kernelArguments: "deployment",
  realtimeProof: "uname -v says PREEMPT_RT, and the host's subfunctions have lowlatency",
  components: PORTED_PACKAGES.filter(({ status }) => status === "fixed").map(componentOf),
  lacks: [
    ...STARLINGX_LIMITS.filter(({ severity }) => severity !== "info").map(
      ({ rule, why }): Lack => ({ what: rule, why }),
    ),
    ...PORTED_PACKAGES.filter(({ status }) => status === "removed").map(lackOf),
  ],
};

/** The lab stands in for the newest one alone. */
function releaseOf({ drop, month, base, kernels }: StarlingxDrop): ImageRelease {
  const slug = `starlingx_${drop}`;
  const { standard, realtime } = STARLINGX_KERNELS;
  return {
    release: String(drop),
    codename: `drop ${drop} of ${month}, ${base}`,
    kernels: {
      standard: {
        from: `package ${standard.package}`,
        ...(drop === newest.drop ? { operatingSystem: slug, labOnly: true } : {}),
      },
      ...(kernels.includes("rt")
        ? {
            realtime: {
              from: `package ${realtime.package}`,
              operatingSystem: `${slug}_rt`,
              labOnly: true,
            },
          }
        : {}),
    },
  };
}

/** That a package builds is no test of what it does. */
function componentOf({ name, kernel, kind }: PortedPackage): Component {
  return { name, purpose: `${kind} (${kernel})`, tested: false };
}

function lackOf({ name, kernel, note }: PortedPackage): Lack {
  return { what: `package ${name} (${kernel})`, why: note ?? "it was left out of the port" };
}
