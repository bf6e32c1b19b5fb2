/** Which of a device's addresses are for access. Pure. */
import type { Device, DeviceAddress } from "../../../api/api";
import type { DeviceModel } from "./model";

type AccessAddresses = Pick<
  DeviceModel,
  "access_public_ipv4" | "access_private_ipv4" | "access_public_ipv6"
>;

/** The management addresses; null until the device has them. */
export function addressesOf({ addresses }: Pick<Device, "addresses">): AccessAddresses {
  const first = (fits: (it: DeviceAddress) => boolean): string | null =>
    addresses.find((it) => it.management && fits(it))?.address ?? null;
  return {
    access_public_ipv4: first((it) => it.family === 4 && it.public),
    access_private_ipv4: first((it) => it.family === 4 && !it.public),
    access_public_ipv6: first((it) => it.family === 6 && it.public),
  };
}

/** The address for SSH: public before private, IPv4 before IPv6. */
export function sshAddressOf(device: Pick<Device, "addresses">): string | null {
  const { access_public_ipv4, access_private_ipv4, access_public_ipv6 } = addressesOf(device);
  return access_public_ipv4 ?? access_private_ipv4 ?? access_public_ipv6;
}
