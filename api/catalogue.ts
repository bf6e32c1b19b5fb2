/** Calls about what is on offer. All of them only read. */
import type { CallOptions } from "../core/bounded";
import type { MachineApi, Metro } from "./api";
import type { Calls } from "./http/calls";
import {
  capacityWire,
  hasMetroReferences,
  metroFromWire,
  metroWire,
  operatingSystemFromWire,
  operatingSystemWire,
  planFromWire,
  planWire,
} from "./wire/catalogue";

type CatalogueCalls = Pick<
  MachineApi,
  "listPlans" | "listOperatingSystems" | "listMetros" | "checkCapacity"
>;

/** Makes the calls. */
export function createCatalogueCalls(calls: Calls): CatalogueCalls {
  return {
    async listPlans({ slug }, options) {
      const query = { slug, include: "available_in_metros" };
      const list = { path: ["plans"], query, key: "plans", schema: planWire, paged: false };
      const wires = await calls.fetchAll(list, options);
      // Some servers leave the references as they are, in spite of the query.
      const metros = wires.some(hasMetroReferences) ? await listMetros(calls, options) : [];
      const codes = new Map(metros.map(({ id, code }) => [id, code]));
      const all = wires.map((it) => planFromWire(it, codes));
      return all.filter((it) => slug === undefined || it.slug === slug);
    },
    async listOperatingSystems(options) {
      const list = { key: "operating_systems", schema: operatingSystemWire, paged: false };
      const found = await calls.fetchAll({ path: ["operating-systems"], ...list }, options);
      return found.map(operatingSystemFromWire);
    },
    listMetros: (options) => listMetros(calls, options),
    async checkCapacity(servers, options) {
      // A question in the clothes of a POST: it changes nothing, so it may be repeated.
      const request = {
        method: "POST",
        path: ["capacity", "metros"],
        body: { servers },
        repeatable: true,
      } as const;
      const answer = await calls.fetchOne(request, capacityWire, options);
      return servers.map((_, index) => answer.servers[index]?.available ?? false);
    },
  };
}

async function listMetros(calls: Calls, options: CallOptions): Promise<Metro[]> {
  const list = { key: "metros", schema: metroWire, paged: false };
  return (await calls.fetchAll({ path: ["locations", "metros"], ...list }, options)).map(
    metroFromWire,
  );
}
