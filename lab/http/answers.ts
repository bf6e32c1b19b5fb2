/** The shapes of answers: one object, a whole list, a page of a list, nothing. */
import { expand } from "./expand";
import { paginate } from "./paging";
import { resolver } from "./resolve";
import type { Answer, Desk, LabRequest } from "./route";

/** One object, with the request's includes and excludes carried out. */
export function one(desk: Desk, request: LabRequest, view: object, status = 200): Answer {
  return { status, body: expand(view, request.query, resolver(desk, request.caller)) };
}

/** A whole list under its name; such lists have no `meta`. */
export function many(
  desk: Desk,
  request: LabRequest,
  name: string,
  views: readonly object[],
): Answer {
  const resolve = resolver(desk, request.caller);
  return { status: 200, body: { [name]: views.map((it) => expand(it, request.query, resolve)) } };
}

/** A page of a list under its name, newest first. */
export function page<T>(
  desk: Desk,
  request: LabRequest,
  list: {
    readonly name: string;
    /** Oldest first, as tables give them. */
    readonly rows: readonly T[];
    readonly view: (row: T) => object;
    readonly defaultSize?: number;
  },
): Answer {
  const newestFirst = [...list.rows].reverse();
  const { items, meta } = paginate(newestFirst, request.query, request.path, list.defaultSize);
  const resolve = resolver(desk, request.caller);
  const views = items.map((it) => expand(list.view(it), request.query, resolve));
  return { status: 200, body: { [list.name]: views, meta } };
}

/** 204 and not a byte. */
export const NOTHING: Answer = { status: 204 };
/** 202 and not a byte. */
export const ACCEPTED: Answer = { status: 202 };
