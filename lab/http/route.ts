/** A route as data: handlers are functions of a request and know nothing of sockets. */
import type { LabContext } from "../context";
import type { Engine } from "../engine/engine";

/** Whose token it is. */
export type Caller = {
  readonly keyId: string;
  readonly readOnly: boolean;
} & ({ readonly kind: "user" } | { readonly kind: "project"; readonly projectId: string });

/** Query parameters; a repeated one is a list. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** What a handler gets. */
export interface LabRequest {
  /** Path without prefix and query, as asked. */
  readonly path: string;
  /** The path's `:id`; empty when it has none. */
  readonly id: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: unknown;
  readonly caller: Caller;
}

/** What a handler gives. Without a body nothing is sent. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What handlers work with. */
export interface Desk extends LabContext {
  readonly engine: Engine;
}

/** See the module's header. */
export type Handler = (desk: Desk, request: LabRequest) => Answer | Promise<Answer>;

/** One line of the routing table. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Without prefix, parameters as `:name`. */
  readonly path: string;
  readonly handler: Handler;
}

/** The one value of a query parameter; the last, when it is repeated. */
export function queryText(query: Query, name: string): string | undefined {
  const value = query[name];
  return Array.isArray(value) ? value.at(-1) : value;
}

/** All values of a query parameter. */
export function queryList(query: Query, name: string): string[] {
  const value = query[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** Whether a query parameter says yes. */
export function queryFlag(query: Query, name: string): boolean {
  const value = queryText(query, name);
  return value === "true" || value === "1" || value === "";
}
