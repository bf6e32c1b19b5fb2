/** `armstead_metros`: the places where devices can be. */
import type { Metro } from "../../api/api";
import type { DataSource } from "../framework/resource";
import type { ProviderClient } from "../provider-client";

/** Terraform's view. */
export interface MetrosModel {
  readonly metros: readonly Metro[];
}

const TIME_LIMIT_MS = 60_000;

/** See the header. */
export const metrosDataSource: DataSource<ProviderClient, MetrosModel> = {
  type: "armstead_metros",
  doc: "Metros on offer.",
  schema: {
    metros: {
      computed: true,
      doc: "All of them, sorted by code.",
      nested: {
        nesting: "list",
        attributes: {
          id: { type: "string", computed: true, doc: "UUID." },
          code: { type: "string", computed: true, doc: "What `metro` of a device takes." },
          name: { type: "string", computed: true, doc: "For people." },
          country: { type: "string", computed: true, doc: "Two letters." },
        },
      },
    },
  },
  timeLimit: TIME_LIMIT_MS,
  async read({ client: { api }, signal }) {
    const metros = await api.listMetros({ signal });
    return { metros: metros.sort((a, b) => (a.code < b.code ? -1 : 1)) };
  },
};
