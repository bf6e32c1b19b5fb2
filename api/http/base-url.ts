/** Request addresses: a base with or without prefix and trailing slash, a path, a query. Pure. */
import { Bug } from "../../core/faults";

/** Query of a request: undefined values are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The address of a request.
 * @param base - such as `https://api.example/metal/v1` or `http://127.0.0.1:7117/`
 * @param path - segments; each is escaped, so an id can never leave its place
 */
export function requestUrl(base: string, path: readonly string[], query: Query = {}): URL {
  // An empty segment would turn "one object" into "the whole list".
  if (path.some((it) => it === "" || it === "." || it === "..")) {
    throw new Bug(`an API path has an empty part: ${path.join("/")}`);
  }
  const url = new URL(base);
  const prefix = url.pathname.replace(/\/+$/, "");
  url.pathname = [prefix, ...path.map(encodeURIComponent)].join("/");
  url.search = "";
  url.hash = "";
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}
