/** Addresses of a new device: the machine's own, and those that the API shows. */
import { randomUUID } from "node:crypto";
import { timestamp } from "../context";
import { invalid } from "../http/api-error";
import type { Desk } from "../http/route";
import {
  type AddressPlan,
  assignedBlocks,
  blockOf,
  hostOf,
  planPrivateIpv4,
  planPublicIpv4,
  planPublicIpv6,
} from "../network/allocate";
import { contains, freeBlocks, tryParseIpv4 } from "../network/cidr";
import type { AssignmentRecord, DeviceRecord } from "../store/records";
import type { AddressWish } from "./device-input";

/** The text of the service when a block is too large for what is left. */
const NO_SPACE =
  "The specified project contains insufficient public IPv4 space to complete the request. Please e-mail support@equinixmetal.com.";
/** What a device has unless it asks for something else. */
export const DEFAULT_KINDS = [
  { address_family: 4, public: true },
  { address_family: 4, public: false },
  { address_family: 6, public: true },
] as const;
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
  const shown = plans.find((it) => it.family === 4 && it.public);
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

/**
 * Gives a device addresses after a conversion to layer 3: those that its machine answers on, where
 * it has them still, so that it can be reached again.
 * @param wishes - what is asked for
 */
export function assignAgain(
  desk: Desk,
  device: DeviceRecord,
  wishes: readonly { readonly address_family: 4 | 6; readonly public: boolean }[],
): void {
  const plans = wishes.map((it) => {
    const own = it.public ? device.address : device.privateAddress;
    return it.address_family === 4
      ? planOwn(desk, own, it.public)
      : planPublicIpv6(desk, device, 127);
  });
  assignAll(desk, device.id, plans);
}

/** The machine's own address in the smallest block that holds it. */
function planOwn({ store }: Desk, address: string, isPublic: boolean): AddressPlan {
  const value = tryParseIpv4(address) ?? 0;
  // A machine in a larger block has an even address and keeps it as a block of one.
  const cidr = value % 2 === 1 ? 31 : 32;
  const block = { first: cidr === 31 ? value - 1 : value, cidr };
  const owner = store.reservations
    .all()
    .find((it) => it.family === 4 && it.network !== null && contains(blockOf(it), block));
  const plan = { family: 4, public: isPublic, cidr, ...hostOf(block) } as const;
  return owner ? { ...plan, reservationId: owner.id } : plan;
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
  desk: Desk,
  place: DevicePlace,
  cidr: number,
  ids: readonly string[],
): AddressPlan | undefined {
  for (const id of ids) {
    const block = desk.store.reservations.of(place.projectId).find((it) => it.id === id);
    if (block?.type !== "public_ipv4" || block.network === null || block.metro !== place.metro) {
      throw invalid(`ip_reservations: ${id} is not a public block of the project in that metro`);
    }
    const [free] = freeBlocks(blockOf(block), cidr, assignedBlocks(desk));
    if (free) return { family: 4, public: true, cidr, ...hostOf(free), reservationId: id };
  }
  return undefined;
}
