/** Pages of a list, and the `meta` that goes with them (contract 1.2). Pure. */
import { invalid } from "./api-error";
import { type Query, queryText } from "./route";

const DEFAULT_SIZE = 10;
/** Larger sizes are cut to this. */
const LARGEST_SIZE = 1_000;

/** A page and its surroundings. */
export interface Page<T> {
  readonly items: T[];
  readonly meta: PageMeta;
}

/** As on the wire. */
export interface PageMeta {
  readonly first: Link;
  readonly last: Link;
  readonly self: Link;
  readonly previous: Link | null;
  readonly next: Link | null;
  readonly total: number;
  readonly current_page: number;
  readonly last_page: number;
}

interface Link {
  readonly href: string;
}

/**
 * Cuts a page out of the whole list.
 * @param path - of the list, for the links
 * @throws ApiError 422 when `page` or `per_page` is no number from 1 on
 */
export function paginate<T>(
  all: readonly T[],
  query: Query,
  path: string,
  defaultSize = DEFAULT_SIZE,
): Page<T> {
  const size = Math.min(readCount(query, "per_page") ?? defaultSize, LARGEST_SIZE);
  const current = readCount(query, "page") ?? 1;
  const last = Math.max(1, Math.ceil(all.length / size));
  // Links carry the page alone, as the service's do: clients add the rest again.
  const link = (page: number): Link => ({ href: `${path}?page=${page}` });
  return {
    items: all.slice((current - 1) * size, current * size),
    meta: {
      first: link(1),
      last: link(last),
      self: link(current),
      previous: current > 1 ? link(Math.min(current - 1, last)) : null,
      next: current < last ? link(current + 1) : null,
      total: all.length,
      current_page: current,
      last_page: last,
    },
  };
}

function readCount(query: Query, name: string): number | undefined {
  const text = queryText(query, name);
  if (text === undefined || text === "") return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw invalid(`${name} must be 1 or more`);
  return Number(text);
}
