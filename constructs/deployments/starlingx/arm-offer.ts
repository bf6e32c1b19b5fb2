/** The tables of images/starlingx as what rules of cluster files ask for. Pure. */
import type { ArmOffer, MissingDriver } from "../../../cluster/deployments/starlingx/arm-offer";
import { STARLINGX_CONTAINER_IMAGES } from "../../../images/starlingx/container-images";
import type { KernelVariantName } from "../../../core/names";
import { DRIVERS } from "../../../images/starlingx/drivers";
import { VERIFICATIONS } from "../../../images/starlingx/drops";
import type { KernelFlavour } from "../../../images/starlingx/kernels";
import { INTEL_PLUGINS } from "../../../images/starlingx/limits";
import { PORTED_PACKAGES } from "../../../images/starlingx/packages";

const LEFT_OUT = "it was left out of the port to arm64";

/** See the header. */
export const ARM_OFFER: ArmOffer = {
  drivers: Object.fromEntries(
    DRIVERS.filter(({ isPackaged }) => !isPackaged)
      .flatMap((it) => [it.package, ...it.modules].map((name) => [name, missing(it)] as const))
      // Of two packages of a module, the first is the usual one.
      .reverse(),
  ),
  packages: Object.fromEntries(
    PORTED_PACKAGES.filter(({ status }) => status === "removed").map(({ name, note }) => [
      name,
      note ?? LEFT_OUT,
    ]),
  ),
  plugins: Object.fromEntries(INTEL_PLUGINS.map(({ plugin, why }) => [plugin, why])),
  labels: Object.fromEntries(INTEL_PLUGINS.map(({ label, why }) => [label, why])),
  withoutArm64: STARLINGX_CONTAINER_IMAGES.filter(
    ({ isUsed, arm64 }) => isUsed && arm64 === "no",
  ).map(({ image }) => image),
  verified: VERIFICATIONS.flatMap(({ configuration, kernel, sites }) =>
    kernel === undefined
      ? []
      : [{ configuration, kernel: kernelOf(kernel), ...(sites ? { sites } : {}) }],
  ),
  containerImages: STARLINGX_CONTAINER_IMAGES.filter(({ isUsed }) => isUsed).map(
    ({ image }) => image,
  ),
};

function kernelOf(flavour: KernelFlavour): KernelVariantName {
  return flavour === "rt" ? "realtime" : "standard";
}

function missing(driver: (typeof DRIVERS)[number]): MissingDriver {
  return { package: driver.package, inTree: driver.option !== undefined };
}
