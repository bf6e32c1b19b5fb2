/** What is on offer, as the API spells it: plans, operating systems, metros, capacity. */
import { z } from "zod";
import type { DevicePlanOffer, Metro, OperatingSystemOffer } from "../api";
import { idOfHref, optionalText, textList } from "./href";

/** A device plan on the wire; metros are references unless the answer expanded them. */
export const planWire = z.object({
  id: z.string(),
  slug: z.string(),
  name: optionalText,
  class: optionalText,
  line: optionalText,
  legacy: z.boolean().nullish(),
  deployment_types: textList,
  available_in_metros: z
    .array(z.object({ code: optionalText, href: optionalText }))
    .nullish()
    .catch(undefined),
  pricing: z.object({ hour: z.number().nullish() }).nullish().catch(undefined),
  specs: z
    .object({
      cpus: z.array(z.object({ count: z.number().nullish() })).nullish(),
      memory: z.object({ total: optionalText }).nullish(),
    })
    .nullish()
    .catch(undefined),
});

/** An operating system on the wire. */
export const operatingSystemWire = z.object({
  id: z.string(),
  slug: z.string(),
  name: optionalText,
  distro: optionalText,
  version: optionalText,
  provisionable_on: textList,
});

/** A metro on the wire. */
export const metroWire = z.object({
  id: z.string(),
  code: z.string(),
  name: optionalText,
  country: optionalText,
});

/** The answer to a capacity check. */
export const capacityWire = z.object({
  servers: z.array(
    z.object({ metro: optionalText, plan: optionalText, available: z.boolean().nullish() }),
  ),
});

/** Whether a plan's metros are references, so that codes must be looked up. */
export function hasMetroReferences(wire: z.output<typeof planWire>): boolean {
  return (wire.available_in_metros ?? []).some(({ code }) => code == null);
}

/**
 * Wire → ours.
 * @param codes - metro codes by id, for references
 */
export function planFromWire(
  wire: z.output<typeof planWire>,
  codes: ReadonlyMap<string, string>,
): DevicePlanOffer {
  const counts = (wire.specs?.cpus ?? []).flatMap(({ count }) => (count == null ? [] : [count]));
  return {
    id: wire.id,
    slug: wire.slug,
    name: wire.name ?? wire.slug,
    class: wire.class ?? wire.slug,
    line: wire.line ?? "",
    legacy: wire.legacy ?? false,
    deploymentTypes: wire.deployment_types,
    metros: (wire.available_in_metros ?? [])
      .map(({ code, href }) => code ?? codes.get(idOfHref(href ?? "")))
      .flatMap((code) => (code === undefined ? [] : [code.toLowerCase()])),
    pricePerHour: wire.pricing?.hour ?? undefined,
    cpus: counts.length === 0 ? undefined : counts.reduce((sum, it) => sum + it, 0),
    memory: wire.specs?.memory?.total ?? undefined,
  };
}

/** Wire → ours. */
export function operatingSystemFromWire(
  wire: z.output<typeof operatingSystemWire>,
): OperatingSystemOffer {
  return {
    id: wire.id,
    slug: wire.slug,
    name: wire.name ?? wire.slug,
    distro: wire.distro ?? "",
    version: wire.version ?? "",
    provisionableOn: wire.provisionable_on,
  };
}

/** Wire → ours. */
export function metroFromWire(wire: z.output<typeof metroWire>): Metro {
  return {
    id: wire.id,
    code: wire.code.toLowerCase(),
    name: wire.name ?? "",
    country: wire.country ?? "",
  };
}
