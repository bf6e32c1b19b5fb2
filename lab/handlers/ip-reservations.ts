/** Blocks of addresses that projects reserve (contract 6.4). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { tryFindFacility, tryFindMetro } from "../catalogue/locations";
import { timestamp } from "../context";
import { getProject } from "../http/access";
import { invalid } from "../http/api-error";
import { one, page } from "../http/answers";
import { readBody, tagsSchema } from "../http/body";
import { customdataSchema } from "../store/records";
import {
  type Answer,
  type Desk,
  type LabRequest,
  queryList,
  queryText,
  type Route,
} from "../http/route";
import { planReservation } from "../network/allocate";
import { blockSize, formatIpv4 } from "../network/cidr";
import { reservationView } from "../views/network-view";

const createSchema = z.object({
  type: z.string(),
  quantity: z.int().min(1),
  metro: z.string().nullish(),
  facility: z.string().nullish(),
  details: z.string().nullish(),
  comments: z.string().nullish(),
  tags: tagsSchema.nullish(),
  customdata: customdataSchema.nullish(),
  fail_on_approval_required: z.boolean().default(false),
});

type Create = z.output<typeof createSchema>;

/** Page size of this one list. */
const PAGE_SIZE = 250;

/** Routes of this file. */
export const ipReservationRoutes: readonly Route[] = [
  { method: "GET", path: "/projects/:id/ips", handler: listReservations },
  { method: "POST", path: "/projects/:id/ips", handler: createReservation },
];

function listReservations(desk: Desk, request: LabRequest): Answer {
  const { id } = getProject(desk, request.caller, request.id);
  const { query } = request;
  const types = [...queryList(query, "types"), ...queryList(query, "types[]")].flatMap((it) =>
    it.split(","),
  );
  const metro = queryText(query, "metro")?.toLowerCase();
  const rows = desk.store.reservations
    .of(id)
    .filter((it) => types.length === 0 || types.includes(it.type))
    .filter((it) => metro === undefined || it.metro === metro);
  return page(desk, request, {
    name: "ip_addresses",
    rows,
    view: (it) => reservationView(desk, it),
    defaultSize: PAGE_SIZE,
  });
}

/** Beyond the quota a block waits for an approval that a lab never gives. */
function createReservation(desk: Desk, request: LabRequest): Answer {
  const { id: projectId } = getProject(desk, request.caller, request.id);
  const body = readBody(createSchema, request.body);
  const type = readType(body.type);
  const cidr = 32 - Math.log2(body.quantity);
  if (!Number.isInteger(cidr) || cidr < 0) throw invalid("quantity must be a power of two");
  const metro = type === "global_ipv4" ? null : readMetro(desk, body);
  const approved = isWithinQuota(desk, projectId, body.quantity);
  if (!approved && body.fail_on_approval_required) {
    throw invalid("The request requires approval, which fail_on_approval_required forbids");
  }
  const block = approved ? planReservation(desk, cidr) : undefined;
  if (approved && block === undefined) throw invalid("No block of that size is left");
  const reservation = desk.store.reservations.put({
    id: randomUUID(),
    projectId,
    type,
    family: 4,
    metro,
    network: block ? formatIpv4(block.first) : null,
    cidr,
    state: block ? "created" : "pending",
    automatic: false,
    details: body.details ?? "",
    comments: body.comments ?? "",
    customdata: body.customdata ?? {},
    tags: body.tags ?? [],
    createdAt: timestamp(desk.clock),
  });
  return one(desk, request, reservationView(desk, reservation), 201);
}

function readType(type: string): "public_ipv4" | "global_ipv4" {
  if (type === "public_ipv4" || type === "global_ipv4") return type;
  throw invalid(`type ${type} cannot be requested: only public_ipv4 and global_ipv4`);
}

function readMetro({ rules }: Desk, { metro, facility }: Create): string {
  if (facility && rules.era === "metro") {
    throw invalid("facility placement is no longer supported: use metro");
  }
  const place = facility ? tryFindFacility(facility)?.metro : tryFindMetro(metro ?? "");
  if (place) return place.code;
  if (facility) throw invalid(`${facility} is not a valid facility`);
  throw invalid(metro ? `${metro} is not a valid metro` : "metro can't be blank");
}

function isWithinQuota({ store, rules }: Desk, projectId: string, quantity: number): boolean {
  const held = store.reservations
    .of(projectId)
    .filter((it) => !it.automatic && it.state === "created")
    .reduce((sum, it) => sum + blockSize(it.cidr), 0);
  return held + quantity <= rules.addressQuota;
}
