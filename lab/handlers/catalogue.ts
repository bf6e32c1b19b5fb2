/** What is on offer: plans, operating systems, locations (contract 3). */
import { FACILITIES, METROS, tryFindMetro } from "../catalogue/locations";
import { PLANS } from "../catalogue/plans";
import { SYSTEMS } from "../catalogue/systems";
import { getProject, mustBeUser } from "../http/access";
import { notFound } from "../http/api-error";
import { many, one } from "../http/answers";
import {
  type Answer,
  type Desk,
  type LabRequest,
  queryList,
  queryText,
  type Route,
} from "../http/route";
import { facilityView, metroView, planView, systemView } from "../views/catalogue-view";

/** Told with every answer about facilities since 2023 (contract 1.4). */
const FACILITY_HEADERS = {
  deprecation: "Tue, 30 May 2023 00:00:00 GMT",
  sunset: "Mon, 01 Jan 2024 00:00:00 GMT",
  link: '</locations/metros>; rel="deprecation", </locations/metros>; rel="sunset"',
};

/** Routes of this file. */
export const catalogueRoutes: readonly Route[] = [
  { method: "GET", path: "/plans", handler: listPlans },
  { method: "GET", path: "/projects/:id/plans", handler: listProjectPlans },
  { method: "GET", path: "/organizations/:id/plans", handler: listOrganizationPlans },
  { method: "GET", path: "/operating-systems", handler: listSystems },
  { method: "GET", path: "/operating-system-versions", handler: listSystems },
  { method: "GET", path: "/facilities", handler: listFacilities },
  { method: "GET", path: "/projects/:id/facilities", handler: listProjectFacilities },
  { method: "GET", path: "/locations/metros", handler: listMetros },
  { method: "GET", path: "/locations/metros/:id", handler: readMetro },
];

/** Headers that go with an answer to whoever still places by facility. */
export function facilityHeaders(): Readonly<Record<string, string>> {
  return FACILITY_HEADERS;
}

function listPlans(desk: Desk, request: LabRequest): Answer {
  const { query } = request;
  const slug = queryText(query, "slug");
  const type = queryText(query, "type") ?? "standard";
  const categories = [...queryList(query, "categories[]"), ...queryList(query, "categories")];
  const found = PLANS.filter((it) => slug === undefined || it.slug === slug)
    .filter(() => type === "standard")
    .map(planView)
    .filter((it) => categories.length === 0 || categories.some((name) => isIn(it, name)));
  return many(desk, request, "plans", found);
}

function isIn(view: object, category: string): boolean {
  return (
    "categories" in view && Array.isArray(view.categories) && view.categories.includes(category)
  );
}

function listProjectPlans(desk: Desk, request: LabRequest): Answer {
  getProject(desk, request.caller, request.id);
  return listPlans(desk, request);
}

function listOrganizationPlans(desk: Desk, request: LabRequest): Answer {
  mustBeUser(request.caller);
  if (request.id !== desk.settings().organizationId) throw notFound();
  return listPlans(desk, request);
}

function listSystems(desk: Desk, request: LabRequest): Answer {
  return many(desk, request, "operating_systems", SYSTEMS.map(systemView));
}

function listFacilities(desk: Desk, request: LabRequest): Answer {
  const headers = FACILITY_HEADERS;
  return { ...many(desk, request, "facilities", FACILITIES.map(facilityView)), headers };
}

function listProjectFacilities(desk: Desk, request: LabRequest): Answer {
  getProject(desk, request.caller, request.id);
  return listFacilities(desk, request);
}

function listMetros(desk: Desk, request: LabRequest): Answer {
  return many(desk, request, "metros", METROS.map(metroView));
}

function readMetro(desk: Desk, request: LabRequest): Answer {
  const metro = tryFindMetro(request.id);
  if (metro === undefined) throw notFound();
  return one(desk, request, metroView(metro));
}
