/** Where a device goes and what it is: plan, operating system and location of a create request. */
import {
  FACILITIES,
  type Facility,
  METROS,
  tryFindFacility,
  tryFindFacilityOf,
  tryFindMetro,
} from "../catalogue/locations";
import { type Plan, tryFindPlan } from "../catalogue/plans";
import { type OperatingSystem, tryFindSystem } from "../catalogue/systems";
import { invalid } from "../http/api-error";
import type { Desk } from "../http/route";
import type { DeviceCreate } from "./device-input";

/** A plan with an operating system that runs on it. */
export interface Hardware {
  readonly plan: Plan;
  readonly system: OperatingSystem;
}

/** @throws ApiError 422 for an unknown plan or system, or a pair that does not go together */
export function chooseHardware(input: DeviceCreate): Hardware {
  const plan = tryFindPlan(input.plan);
  const system = tryFindSystem(input.operating_system);
  const errors: string[] = [];
  if (plan?.line !== "baremetal") errors.push(`${input.plan} is not a valid plan`);
  if (system === undefined) {
    errors.push(`${input.operating_system} is not a valid operating system`);
  }
  if (plan === undefined || system === undefined || errors.length > 0) throw invalid(...errors);
  if (!system.provisionableOn.includes(plan.slug)) {
    throw invalid(`Operating system ${system.slug} is not provisionable on ${plan.slug}`);
  }
  return { plan, system };
}

/**
 * The facility that takes the device.
 * @throws ApiError 422 for an unknown place, one that the era refuses, or one without room
 */
export function choosePlace(desk: Desk, input: DeviceCreate, plan: Plan): Facility {
  const candidates = listPlaces(desk, input);
  const free = candidates.find(({ metro }) => !desk.faults.isSoldOut(plan.slug, metro.code, false));
  if (free !== undefined) return free;
  const [first] = candidates;
  if (first !== undefined) desk.faults.isSoldOut(plan.slug, first.metro.code, true);
  throw invalid("There aren't available servers in that metro");
}

function listPlaces({ rules }: Desk, { metro, facility }: DeviceCreate): readonly Facility[] {
  const byMetro = metro !== undefined && metro !== null && metro !== "";
  const facilities = [facility ?? []].flat().filter((it) => it !== "");
  if (byMetro && facilities.length > 0)
    throw invalid("metro and facility cannot be given together");
  if (facilities.length > 0 && rules.era === "metro") {
    throw invalid("facility placement is no longer supported: use metro");
  }
  if (byMetro) return placesOfMetro(metro);
  if (facilities.length === 0) throw invalid("metro can't be blank");
  return facilities.flatMap(placesOfFacility);
}

function placesOfMetro(code: string): readonly Facility[] {
  if (code.toLowerCase() === "any") return METROS.flatMap((it) => tryFindFacilityOf(it.code) ?? []);
  const metro = tryFindMetro(code);
  if (metro === undefined) throw invalid(`${code} is not a valid metro`);
  return [tryFindFacilityOf(metro.code) ?? []].flat();
}

function placesOfFacility(code: string): readonly Facility[] {
  if (code.toLowerCase() === "any") return FACILITIES;
  const facility = tryFindFacility(code);
  if (facility === undefined) throw invalid(`${code} is not a valid facility`);
  return [facility];
}
