/** Addresses for devices: lowest free first, never twice. Changes nothing but the project's automatic blocks. */
import { randomUUID } from "node:crypto";
import { Bug } from "../../core/faults";
import { type LabContext, timestamp } from "../context";
import type { AssignmentRecord, ReservationRecord } from "../store/records";
import { type Block, formatIpv4, freeBlocks, tryParseBlock, tryParseIpv4 } from "./cidr";
import { udpPortsInUse } from "./choose-pools";

/** Prefix length of the private block that a project gets in a metro. */
const PRIVATE_CIDR = 25;
/** Length of what a machine itself needs. */
const MACHINE_CIDR = 31;
/** IPv6 addresses between two devices: room for a /124. */
const IPV6_STRIDE = 16;
const LAN_PORTS = 1_000;

/** An address before it is a row. */
export type AddressPlan = Pick<
  AssignmentRecord,
  "family" | "public" | "network" | "address" | "gateway" | "cidr" | "reservationId"
>;

/** A free public IPv4 block; undefined when the pool is used up. */
export function planPublicIpv4(context: LabContext, cidr: number): AddressPlan | undefined {
  const pool = parse(context.settings().publicPool);
  const [free] = freeBlocks(pool, cidr, takenPublic(context));
  return free && { family: 4, public: true, cidr, ...hostOf(free) };
}

/** A free private IPv4 block out of the project's own blocks of a metro; makes another when they are full. */
export function planPrivateIpv4(
  context: LabContext,
  place: { readonly projectId: string; readonly metro: string },
  cidr: number,
): AddressPlan | undefined {
  const taken = assignedBlocks(context);
  const blocks = context.store.reservations
    .of(place.projectId)
    .filter((it) => it.type === "private_ipv4" && it.metro === place.metro);
  for (const reservation of blocks) {
    const [free] = freeBlocks(blockOf(reservation), cidr, taken);
    if (free) {
      return { family: 4, public: false, cidr, ...hostOf(free), reservationId: reservation.id };
    }
  }
  return addPrivateBlock(context, place) && planPrivateIpv4(context, place, cidr);
}

/** A free IPv6 block out of the project's own block of a metro. */
export function planPublicIpv6(
  context: LabContext,
  place: { readonly projectId: string; readonly metro: string },
  cidr: number,
): AddressPlan {
  const block =
    context.store.reservations
      .of(place.projectId)
      .find((it) => it.type === "public_ipv6" && it.metro === place.metro) ??
    addIpv6Block(context, place);
  const prefix = block.network ?? "";
  const taken = new Set(
    context.store.assignments
      .all()
      .filter((it) => it.reservationId === block.id)
      .map((it) => it.network),
  );
  let index = 0;
  while (taken.has(ipv6(prefix, index))) index += IPV6_STRIDE;
  const network = ipv6(prefix, index);
  const address = ipv6(prefix, index + 1);
  const reservationId = block.id;
  return { family: 6, public: true, network, address, gateway: network, cidr, reservationId };
}

/** A free UDP port for a machine's LAN card. */
export function planLanPort(context: LabContext): number {
  const { lanBase } = context.settings();
  const taken = new Set(context.store.devices.all().map((it) => it.lanPort));
  const inUse = udpPortsInUse();
  for (let port = lanBase; port < lanBase + LAN_PORTS; port += 1) {
    if (!taken.has(port) && !inUse.has(port)) return port;
  }
  throw new Bug("no free port for a LAN card, though addresses are left");
}

/** Block of an IPv4 reservation that is not pending. */
export function blockOf(reservation: ReservationRecord): Block {
  return parse(`${reservation.network ?? ""}/${reservation.cidr}`);
}

/** Public and private IPv4 blocks that machines have, whether the API shows them or not. */
export function assignedBlocks({ store }: LabContext): Block[] {
  return [
    ...store.devices.all().flatMap((it) => [it.address, it.privateAddress].map(machineBlock)),
    ...store.assignments
      .all()
      .filter((it) => it.family === 4)
      .map((it) => parse(`${it.network}/${it.cidr}`)),
  ];
}

/** A free block for a project to reserve; undefined when the pool is used up. */
export function planReservation(context: LabContext, cidr: number): Block | undefined {
  const [free] = freeBlocks(parse(context.settings().publicPool), cidr, takenPublic(context));
  return free;
}

function takenPublic(context: LabContext): Block[] {
  const reserved = context.store.reservations
    .all()
    .filter((it) => it.family === 4 && it.network !== null)
    .map(blockOf);
  return [...assignedBlocks(context), ...reserved];
}

function addPrivateBlock(
  context: LabContext,
  place: { readonly projectId: string; readonly metro: string },
): ReservationRecord | undefined {
  const pool = parse(context.settings().privatePool);
  const taken = context.store.reservations
    .all()
    .filter((it) => it.type === "private_ipv4")
    .map(blockOf);
  const [free] = freeBlocks(pool, PRIVATE_CIDR, taken);
  if (free === undefined) return undefined;
  const network = formatIpv4(free.first);
  return addAutomatic(context, {
    ...place,
    type: "private_ipv4",
    family: 4,
    network,
    cidr: PRIVATE_CIDR,
  });
}

function addIpv6Block(
  context: LabContext,
  place: { readonly projectId: string; readonly metro: string },
): ReservationRecord {
  const taken = new Set(context.store.reservations.all().map((it) => it.network));
  let index = 1;
  while (taken.has(`2001:db8:${index.toString(16)}::`)) index += 1;
  const network = `2001:db8:${index.toString(16)}::`;
  return addAutomatic(context, { ...place, type: "public_ipv6", family: 6, network, cidr: 56 });
}

function addAutomatic(
  { store, clock }: LabContext,
  fields: Pick<ReservationRecord, "projectId" | "metro" | "type" | "family" | "network" | "cidr">,
): ReservationRecord {
  return store.reservations.put({
    ...fields,
    id: randomUUID(),
    state: "created",
    automatic: true,
    details: "",
    comments: "",
    customdata: {},
    tags: [],
    createdAt: timestamp(clock),
  });
}

/** In a /31 the network is the gateway; in a larger block the gateway comes after it. */
export function hostOf({
  first,
  cidr,
}: Block): Pick<AddressPlan, "network" | "address" | "gateway"> {
  const gateway = cidr >= MACHINE_CIDR ? first : first + 1;
  const address = cidr > MACHINE_CIDR ? first : gateway + 1;
  return {
    network: formatIpv4(first),
    gateway: formatIpv4(gateway),
    address: formatIpv4(address),
  };
}

function machineBlock(address: string): Block {
  const value = tryParseIpv4(address);
  if (value === undefined) throw new Bug(`${address} is no IPv4 address`);
  return { first: value - (value % 2), cidr: MACHINE_CIDR };
}

function parse(text: string): Block {
  const block = tryParseBlock(text);
  if (block === undefined) throw new Bug(`${text} is no block of addresses`);
  return block;
}

function ipv6(prefix: string, index: number): string {
  return index === 0 ? prefix : `${prefix}${index.toString(16)}`;
}
