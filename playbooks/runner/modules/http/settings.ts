/** A request in the forms in which curl, GNU wget and a server read it. Pure. */
import type { HttpRequest } from "./request";

/** Lines of curl's settings. */
export function curlSettings(request: HttpRequest): string[] {
  const { url, method, headers, timeout, ciphers } = request;
  const value = (name: string, it: string | undefined): string[] =>
    it === undefined ? [] : [`${name} = "${it.replaceAll(/["\\]/g, "\\$&")}"`];
  return [
    ...value("url", url.href),
    ...(method === "HEAD" ? ["head"] : value("request", method)),
    // Without a value curl would send a header of its own.
    ...["Expect:", "Content-Type:", "Accept:"].flatMap((it) => value("header", it)),
    ...headers.flatMap(([name, it]) => value("header", it === "" ? `${name};` : `${name}: ${it}`)),
    ...["connect-timeout", "speed-time"].map((it) => `${it} = ${timeout}`),
    "speed-limit = 1",
    "globoff",
    ...(request.validateCerts ? [] : ["insecure"]),
    ...value("cacert", request.caPath),
    ...value("cert", request.clientCert),
    ...value("key", request.clientKey),
    ...value("ciphers", ciphers?.join(":")),
    ...value("unix-socket", request.unixSocket),
    ...(request.useProxy ? [] : value("noproxy", "*")),
    ...(request.useNetrc ? ["netrc-optional"] : []),
  ];
}

/** Lines of wget's settings; the address stands in a comment, as wget reads it from a file of its own. */
export function wgetSettings(request: HttpRequest): string[] {
  const value = (name: string, it: string | undefined): string[] =>
    it === undefined ? [] : [`${name} = ${it}`];
  return [
    `#url ${request.url.href}`,
    `method = ${request.method}`,
    ...request.headers.map(([name, it]) => `header = ${name}: ${it}`),
    `timeout = ${request.timeout}`,
    ...["tries = 1", "max_redirect = 0", "content_on_error = on", "server_response = on"],
    `check_certificate = ${request.validateCerts ? "on" : "off"}`,
    ...value("ca_certificate", request.caPath),
    ...value("certificate", request.clientCert),
    ...value("private_key", request.clientKey),
    ...value("ciphers", request.ciphers?.join(":")),
    `use_proxy = ${request.useProxy ? "on" : "off"}`,
    `netrc = ${request.useNetrc ? "on" : "off"}`,
  ];
}

/** The head of the request itself, without the line that ends it and the length of the body. */
export function plainHead({ url, method, headers }: HttpRequest): string[] {
  const own = headers.some(([name]) => name.toLowerCase() === "host");
  return [
    `${method} ${url.pathname}${url.search} HTTP/1.0`,
    ...(own ? [] : [`Host: ${url.host}`]),
    "Connection: close",
    ...headers.map(([name, it]) => `${name}: ${it}`),
  ];
}
