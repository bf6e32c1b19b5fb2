/**
 * Gets a device: takes over what an interrupted create has left, else walks the capacity ladder. After a
 * lost answer nothing is asked for again before the device was looked for by its tags.
 */
import type { Device } from "../../../api/api";
import { type ApiFault, isApiFault } from "../../../api/fault";
import type { CallOptions } from "../../../core/bounded";
import { OuterFault } from "../../../core/faults";
import { applyTag, leftTags } from "../claim-tags";
import type { Held } from "../held";
import type { ResourceEnvironment } from "../environment";
import { refuseTaken } from "../refuse-taken";
import { rescueOptions } from "../rescue";
import { deleteDevice } from "./delete";
import { findLeft, fits } from "./find-left";
import type { DeviceArguments } from "./model";
import { toInput } from "./to-api";
import type { WaitContext } from "./wait";

/** What renting needs. */
export interface RentContext extends WaitContext, Pick<ResourceEnvironment, "newId"> {
  readonly held: Held;
}

/** A device, and how it came. */
export interface Rented {
  readonly device: Device;
  /** Made by an earlier create, so what can change later may differ. */
  readonly isTakenOver: boolean;
}

/** Looks after a lost answer: a server may still be at work when the connection is gone. */
const LOOKS = 3;
/** Requests whose answers were lost, before giving up. */
const LOST_ANSWERS = 3;

/**
 * See the header.
 * @throws UserFault AS1860 when another resource makes a device of this name, AS1867 when another one may
 * have it, OuterFault AS2106 when every plan is sold out
 */
export async function rentDevice(
  context: RentContext,
  wanted: DeviceArguments,
  options: CallOptions,
): Promise<Rented> {
  const ladder = [wanted.plan, ...(wanted.fallback_plans ?? [])];
  const { claim_id, hostname } = wanted;
  const lookFor = { wanted, ladder, marks: leftTags(claim_id, hostname) };
  const left = await takeOver(context, lookFor, options);
  if (left) return { device: left, isTakenOver: true };
  // The tag of this one create finds the device again when the answer is lost.
  const apply = applyTag(context.newId());
  context.held.expect(apply);
  const marks = [...leftTags(claim_id, hostname), apply];
  const device = await walkLadder(context, { wanted, ladder, marks }, options);
  context.held.take(device);
  return { device, isTakenOver: false };
}

interface Order {
  readonly wanted: DeviceArguments;
  readonly ladder: readonly string[];
  readonly marks: readonly string[];
}

async function takeOver(
  context: RentContext,
  { wanted, ladder, marks }: Order,
  options: CallOptions,
): Promise<Device | undefined> {
  const found = await findLeft(context.api, wanted.project_id, marks, options);
  refuseTaken(context.held, found, { path: "hostname", name: wanted.hostname, kind: "device" });
  const fitting = found.find((it) => fits(it, wanted, ladder));
  for (const it of found) context.held.take(it);
  for (const it of found) {
    if (it !== fitting) await deleteDevice(context, it, {}, options);
  }
  return fitting;
}

async function walkLadder(
  context: RentContext,
  order: Order,
  options: CallOptions,
): Promise<Device> {
  const tried: string[] = [];
  for (const plan of order.ladder) {
    const outcome = await rentPlan(context, { ...order, plan }, options);
    if (outcome.kind === "rented") return outcome.device;
    const { messages, requestId = "none" } = outcome.fault;
    tried.push(`${plan}: ${messages.join(", ")} (request id ${requestId})`);
  }
  const { hostname, metro } = order.wanted;
  const problem = `no device plan for ${hostname} is to be had in metro ${metro}`;
  throw new OuterFault("AS2106", { problem, tried });
}

type Outcome =
  | { readonly kind: "rented"; readonly device: Device }
  | { readonly kind: "sold-out"; readonly fault: ApiFault }
  | { readonly kind: "lost"; readonly fault: ApiFault }
  | { readonly kind: "wiping" };

async function rentPlan(
  context: RentContext,
  order: Order & { readonly plan: string },
  options: CallOptions,
): Promise<Extract<Outcome, { kind: "rented" | "sold-out" }>> {
  for (let lost = 0; ;) {
    const outcome = await requestDevice(context, order, options);
    if (outcome.kind === "rented" && lost > 0) await deleteTwins(context, order, outcome, options);
    if (outcome.kind === "rented" || outcome.kind === "sold-out") return outcome;
    if (outcome.kind === "lost") {
      const device = await findAfterLoss(context, order, options);
      if (device) return { kind: "rented", device };
      lost += 1;
      if (lost >= LOST_ANSWERS || options.signal?.aborted) throw outcome.fault;
    }
    await context.sleep(context.api.pollIntervalMs, options);
  }
}

async function requestDevice(
  { api }: RentContext,
  { wanted, plan, marks }: Order & { readonly plan: string },
  options: CallOptions,
): Promise<Outcome> {
  try {
    const input = toInput(wanted, plan, marks);
    return { kind: "rented", device: await api.createDevice(wanted.project_id, input, options) };
  } catch (error) {
    if (isApiFault(error, "AS2003")) return { kind: "lost", fault: error };
    if (waitsForReservation(error, wanted)) return { kind: "wiping" };
    if (isApiFault(error, "AS2106")) return { kind: "sold-out", fault: error };
    throw error;
  }
}

/** A reserved machine comes back when it has been wiped; on demand, sold out is sold out. */
function waitsForReservation(
  error: unknown,
  { hardware_reservation_id: id }: DeviceArguments,
): boolean {
  return isApiFault(error, "AS2107") || (id !== null && isApiFault(error, "AS2106"));
}

async function findAfterLoss(
  { api, sleep }: RentContext,
  { wanted, marks }: Order,
  options: CallOptions,
): Promise<Device | undefined> {
  const rescue = rescueOptions(options);
  for (let look = 1; ; look += 1) {
    const [found] = await findLeft(api, wanted.project_id, marks, rescue);
    if (found || look >= LOOKS) return found;
    await sleep(api.pollIntervalMs, rescue);
  }
}

/** After a lost answer and a second request there may be two: the one whose answer came stays. */
async function deleteTwins(
  context: RentContext,
  { wanted, marks }: Order,
  { device }: { readonly device: Device },
  options: CallOptions,
): Promise<void> {
  for (const twin of await findLeft(context.api, wanted.project_id, marks, options)) {
    if (twin.id !== device.id) await deleteDevice(context, twin, {}, options);
  }
}
