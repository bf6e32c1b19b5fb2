/** Addresses of a new device: the machine's own, and those that the API shows. */
import { randomUUID } from "node:crypto";
import { timestamp } from "../context";
import { invalid } from "../http/api-error";
import type { Desk } from "../http/route";
import {
  type AddressPlan,
  blockOf,
  planPrivateIpv4,
  planPublicIpv4,
  planPublicIpv6,
} from "../network/allocate";
import { formatIpv4, freeBlocks, tryParseBlock } from "../network/cidr";
import type { AssignmentRecord } from "../store/records";
import type { AddressWish } from "./device-input";

/** The text of the service when a block is too large for what is left. */
const NO_SPACE =
  "The specified project contains insufficient public IPv4 space to complete the request. Please e-mail support@equinixmetal.com.";
const DEFAULT_CIDR = { 4: 31, 6: 127 } as const;
/** A larger public block must come out of a reservation. */
const LARGEST_FREE_CIDR = 30;

/** Where the device is. */
export interface DevicePlace {
  readonly projectId: string;
  readonly metro: string;
}

/** What the machine itself uses, whatever the API shows. */
export interface MachineAddresses {
  readonly address: string;
  readonly privateAddress: string;
}

/** All of a new device's addresses. */
export interface AddressChoice extends MachineAddresses {
  readonly plans: readonly AddressPlan[];
}

/** @throws ApiError 422 when a pool is used up */
export function chooseAddresses(
  desk: Desk,
  place: DevicePlace,
  wishes: readonly AddressWish[],
): AddressChoice {
  const plans = wishes.map((it) => planWish(desk, place, it));
  const shown = plans.find((it) => it.family === 4 && it.public && it.reservationId === undefined);
  const own = shown ?? planPublicIpv4(desk, DEFAULT_CIDR[4]);
  const inner = plans.find((it) => it.family === 4 && !it.public);
  if (own === undefined || inner === undefined) throw invalid(NO_SPACE);
  return { address: own.address, privateAddress: inner.address, plans };
}

/** Writes planned addresses down as the device's. */
export function assignAll(
  desk: Desk,
  deviceId: string,
  plans: readonly AddressPlan[],
): AssignmentRecord[] {
  return plans.map((plan) =>
    desk.store.assignments.put({
      ...plan,
      id: randomUUID(),
      deviceId,
      management: true,
      details: "",
      customdata: {},
      tags: [],
      createdAt: timestamp(desk.clock),
    }),
  );
}

function planWish(desk: Desk, place: DevicePlace, wish: AddressWish): AddressPlan {
  const cidr = wish.cidr ?? DEFAULT_CIDR[wish.address_family];
  if (wish.address_family === 6) return planPublicIpv6(desk, place, cidr);
  const plan = !wish.public
    ? planPrivateIpv4(desk, place, cidr)
    : wish.ip_reservations.length > 0
      ? planReserved(desk, place, cidr, wish.ip_reservations)
      : cidr < LARGEST_FREE_CIDR
        ? undefined
        : planPublicIpv4(desk, cidr);
  if (plan === undefined) throw invalid(NO_SPACE);
  return plan;
}

function planReserved(
  { store }: Desk,
  place: DevicePlace,
  cidr: number,
  ids: readonly string[],
): AddressPlan | undefined {
  for (const id of ids) {
    const block = store.reservations.of(place.projectId).find((it) => it.id === id);
    if (block?.type !== "public_ipv4" || block.network === null || block.metro !== place.metro) {
      throw invalid(`ip_reservations: ${id} is not a public block of the project in that metro`);
    }
    const taken = store.assignments
      .all()
      .filter((it) => it.reservationId === id)
      .flatMap((it) => tryParseBlock(`${it.network}/${it.cidr}`) ?? []);
    const [free] = freeBlocks(blockOf(block), cidr, taken);
    if (free === undefined) continue;
    const network = formatIpv4(free.first);
    const address = formatIpv4(free.first + (cidr === 32 ? 0 : 1));
    const plan = { network, address, gateway: network, cidr, reservationId: id };
    return { family: 4, public: true, ...plan };
  }
  return undefined;
}
