/** Calls with decoded answers: one object, a whole list, or nothing. */
import { z } from "zod";
import type { CallOptions } from "../../core/bounded";
import { ApiFault } from "../fault";
import type { Answer } from "./answer";
import type { Query } from "./base-url";
import type { ApiRequest, Transport } from "./transport";

/** Entries asked for on a page: the ceiling that the service's documents name. */
const PER_PAGE = 100;

const metaWire = z.object({ meta: z.object({ last_page: z.number().int() }).optional() });

/** Decoded calls over a transport. */
export interface Calls {
  /** One call whose answer is decoded. */
  fetchOne<T>(request: ApiRequest, schema: z.ZodType<T>, options: CallOptions): Promise<T>;
  /** The same, undefined on 404. */
  tryFetchOne<T>(
    request: ApiRequest,
    schema: z.ZodType<T>,
    options: CallOptions,
  ): Promise<T | undefined>;
  /** All pages of a list; filters and page size go along with each. */
  fetchAll<T>(list: ListRequest<T>, options: CallOptions): Promise<T[]>;
  /** One call whose answer has no body that matters. */
  run(request: ApiRequest, options: CallOptions): Promise<void>;
}

/** A list to be read. */
export interface ListRequest<T> {
  readonly path: readonly string[];
  readonly query?: Query;
  /** Key of the answer that holds the entries. */
  readonly key: string;
  readonly schema: z.ZodType<T>;
  /** Whether the API pages this list. */
  readonly paged: boolean;
}

/** Makes {@link Calls}. */
export function createCalls(transport: Transport): Calls {
  const calls: Calls = {
    async fetchOne(request, schema, options) {
      return decode(request, await transport(request, options), schema);
    },
    async tryFetchOne(request, schema, options) {
      try {
        return await calls.fetchOne(request, schema, options);
      } catch (error) {
        if (error instanceof ApiFault && error.code === "AS2103") return undefined;
        throw error;
      }
    },
    async run(request, options) {
      await transport(request, options);
    },
    fetchAll: (list, options) => fetchPages(transport, list, options),
  };
  return calls;
}

async function fetchPages<T>(
  transport: Transport,
  { path, query, key, schema, paged }: ListRequest<T>,
  options: CallOptions,
): Promise<T[]> {
  const pageWire = z.object({ [key]: z.array(schema) });
  const found: T[] = [];
  for (let page = 1; ; page += 1) {
    // The server's `next` links carry the page only: filters and size are put on again each time.
    const pageQuery = paged ? { ...query, page, per_page: PER_PAGE } : (query ?? {});
    const request: ApiRequest = { method: "GET", path, query: pageQuery };
    const answer = await transport(request, options);
    const entries = decode(request, answer, pageWire)[key] ?? [];
    found.push(...entries);
    const last = metaWire.safeParse(answer.body).data?.meta?.last_page ?? 1;
    if (!paged || entries.length === 0 || page >= last) return found;
  }
}

function decode<T>(request: ApiRequest, answer: Answer, schema: z.ZodType<T>): T {
  const read = schema.safeParse(answer.body);
  if (read.success) return read.data;
  const where = read.error.issues.map((it) => `${it.path.join(".")}: ${it.message}`).slice(0, 3);
  const problem = `${request.method} /${request.path.join("/")}: ${answer.status}: unexpected answer: ${where.join("; ")}`;
  const { status, requestId } = answer;
  // Whatever a create made is there, even when its answer cannot be read.
  const lost = request.method === "POST" && request.repeatable !== true;
  throw new ApiFault(lost ? "AS2003" : "AS2112", { status, requestId }, { problem });
}
