/** Metros and the facility in each. Locations differ in name only: every machine runs on this host. */
import { stableId } from "./stable-id";

/** A metro. */
export interface Metro {
  readonly id: string;
  /** Lower case. */
  readonly code: string;
  readonly name: string;
  readonly country: string;
}

/** A facility: one data centre of a metro. */
export interface Facility {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly metro: Metro;
}

/** Every metro; `any` picks the first that has room. */
export const METROS: readonly Metro[] = (
  [
    ["da", "Dallas", "US"],
    ["dc", "Washington DC", "US"],
    ["sv", "Silicon Valley", "US"],
    ["ny", "New York", "US"],
    ["am", "Amsterdam", "NL"],
    ["fr", "Frankfurt", "DE"],
    ["sg", "Singapore", "SG"],
  ] as const
).map(([code, name, country]) => ({ id: stableId(`metro:${code}`), code, name, country }));

const NUMBERS: Readonly<Record<string, number>> = { da: 11, dc: 13, sv: 15, ny: 5, am: 6, fr: 8 };

/** One facility a metro. */
export const FACILITIES: readonly Facility[] = METROS.map((metro) => {
  const code = `${metro.code}${NUMBERS[metro.code] ?? 1}`;
  return { id: stableId(`facility:${code}`), code, name: `${metro.name} ${code}`, metro };
});

/** @param key - code in any case, or id */
export function tryFindMetro(key: string): Metro | undefined {
  return METROS.find((it) => it.code === key.toLowerCase() || it.id === key);
}

/** @param key - code in any case, or id */
export function tryFindFacility(key: string): Facility | undefined {
  return FACILITIES.find((it) => it.code === key.toLowerCase() || it.id === key);
}

/** The facility of a metro; undefined for a metro that is not ours. */
export function tryFindFacilityOf(metro: string): Facility | undefined {
  return FACILITIES.find((it) => it.metro.code === metro);
}
