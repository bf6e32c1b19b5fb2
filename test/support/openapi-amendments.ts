/**
 * Where the contract's prose says more than its OpenAPI subset does. Each entry names the section
 * that says it; all else is decoded by the subset as it stands.
 */

/** Properties by the name of the schema that they are added to (or that they replace). */
export const AMENDMENTS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  // Section 1: reservations always carry a type of their own, assignments this one or none.
  IPAssignment: { type: { type: "string", enum: ["IPAssignment"] } },
  // Section 3: the quantity is answered as it was sent, a number or a string.
  CapacityCheckPerMetroInfo: { quantity: { anyOf: [{ type: "string" }, { type: "integer" }] } },
  CapacityCheckPerFacilityInfo: { quantity: { anyOf: [{ type: "string" }, { type: "integer" }] } },
  // Section 3 (and C-038): three levels.
  CapacityLevelPerBaremetal: {
    level: { type: "string", enum: ["normal", "limited", "unavailable"] },
  },
};
