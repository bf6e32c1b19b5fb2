/** Capacity: levels a location and plan, and checks of a shopping list (contract 3). */
import { z } from "zod";
import { FACILITIES, METROS, tryFindFacility, tryFindMetro } from "../catalogue/locations";
import { PLANS, tryFindPlan } from "../catalogue/plans";
import { invalid } from "../http/api-error";
import { readBody } from "../http/body";
import type { Answer, Desk, LabRequest, Route } from "../http/route";

const inputSchema = z.object({
  servers: z.array(
    z.object({
      metro: z.string().optional(),
      facility: z.string().optional(),
      plan: z.string(),
      // Typed as text in the schema, sent as a number by clients: answered as sent.
      quantity: z.union([z.int().min(1), z.string().regex(/^[1-9]\d*$/, "must be 1 or more")]),
    }),
  ),
});

type Server = z.output<typeof inputSchema>["servers"][number];

/** Routes of this file. */
export const capacityRoutes: readonly Route[] = [
  { method: "GET", path: "/capacity", handler: listFacilityLevels },
  { method: "GET", path: "/capacity/metros", handler: listMetroLevels },
  { method: "POST", path: "/capacity", handler: checkFacilities },
  { method: "POST", path: "/capacity/metros", handler: checkMetros },
];

function listFacilityLevels(desk: Desk): Answer {
  return levels(
    desk,
    FACILITIES.map((it) => [it.code, it.metro.code]),
  );
}

function listMetroLevels(desk: Desk): Answer {
  return levels(
    desk,
    METROS.map((it) => [it.code, it.code]),
  );
}

function levels(desk: Desk, places: readonly (readonly [string, string])[]): Answer {
  const servers = PLANS.filter((it) => it.line === "baremetal");
  const capacity = places.map(([place, metro]) => [
    place,
    Object.fromEntries(
      servers.map(({ slug }) => {
        const level = desk.faults.isSoldOut(slug, metro, false) ? "unavailable" : "normal";
        return [slug, { level }];
      }),
    ),
  ]);
  return { status: 200, body: { capacity: Object.fromEntries(capacity) as unknown } };
}

function checkFacilities(desk: Desk, request: LabRequest): Answer {
  return check(desk, request, ({ facility = "" }) => {
    const found = tryFindFacility(facility);
    if (found === undefined) throw invalid(`${facility} is not a valid facility`);
    return { place: { facility: found.code }, metro: found.metro.code };
  });
}

function checkMetros(desk: Desk, request: LabRequest): Answer {
  return check(desk, request, ({ metro = "" }) => {
    const found = tryFindMetro(metro);
    if (found === undefined) throw invalid(`${metro} is not a valid metro`);
    return { place: { metro: found.code }, metro: found.code };
  });
}

function check(
  desk: Desk,
  request: LabRequest,
  locate: (server: Server) => { readonly place: object; readonly metro: string },
): Answer {
  const { servers } = readBody(inputSchema, request.body);
  const checked = servers.map((server) => {
    const { place, metro } = locate(server);
    const plan = tryFindPlan(server.plan);
    if (plan?.line !== "baremetal") throw invalid(`${server.plan} is not a valid plan`);
    const available = !desk.faults.isSoldOut(plan.slug, metro, false);
    return { ...place, plan: server.plan, quantity: server.quantity, available };
  });
  return { status: 200, body: { servers: checked } };
}
