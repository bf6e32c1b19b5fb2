/** Calls about what is on offer. All of them only read. */
import type { MachineApi } from "./api";
import type { Calls } from "./http/calls";
import {
  capacityWire,
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
      const all = (await calls.fetchAll(list, options)).map(planFromWire);
      return all.filter((it) => slug === undefined || it.slug === slug);
    },
    async listOperatingSystems(options) {
      const list = { key: "operating_systems", schema: operatingSystemWire, paged: false };
      const found = await calls.fetchAll({ path: ["operating-systems"], ...list }, options);
      return found.map(operatingSystemFromWire);
    },
    async listMetros(options) {
      const list = { key: "metros", schema: metroWire, paged: false };
      const found = await calls.fetchAll({ path: ["locations", "metros"], ...list }, options);
      return found.map(metroFromWire);
    },
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
