/**
 * The API over HTTP: the routing table on fastify, with what holds for every request - request ids,
 * tokens, limits, injected faults, errors in the API's shape. Loopback only; handlers know none of it.
 */
import { randomUUID } from "node:crypto";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { z } from "zod";
import { describeError } from "../../core/faults";
import { mustBeUser, tryFindCaller } from "./access";
import { ApiError, forbidden, notFound, SERVER_ERROR_TEXT } from "./api-error";
import { boundConnections, boundedBy } from "./bounds";
import { strikeAfter, strikeBefore } from "./fault-gate";
import { RateLimiter, rateHeaders } from "./rate-limit";
import { readJson } from "./read-json";
import type { RequestCounts } from "./request-counts";
import type { Answer, Caller, Desk, LabRequest, Query, Route } from "./route";

/** Prefix of the service's last years; served with and without it. */
export const API_PREFIX = "/metal/v1";
/** Routes below this are the lab's own: no faults strike there, and only the user may call them. */
export const ADMIN_PREFIX = "/_lab";

/** Faults of fastify's own that are the client's. */
const fastifyErrorSchema = z.object({
  statusCode: z.int().min(400).max(499),
  message: z.string(),
});

const LARGEST_BODY = 8 * 1024 * 1024;
const JSON_TYPE = "application/json; charset=utf-8";

/** What the server is made of. */
export interface ApiServerParts {
  readonly desk: Desk;
  readonly routes: readonly Route[];
  readonly counts: RequestCounts;
}

/** Puts the server together; it listens nowhere yet, so that tests can call it without a port. */
export function createApiServer(parts: ApiServerParts): FastifyInstance {
  const app = Fastify({
    genReqId: () => randomUUID(),
    rewriteUrl: (request) => withoutPrefix(request.url ?? "/"),
    bodyLimit: LARGEST_BODY,
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    ...boundedBy(parts.desk.rules.requestTimeoutMs, ({ reason }) => ({ errors: [reason] })),
    // A path that cannot be decoded: no route, no hook and no token is asked.
    frameworkErrors: (error, _request, reply) => void sendError(reply, toApiError(error)),
  });
  boundConnections(app.server);
  acceptAnyBody(app);
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    done();
  });
  const gate = createGate(parts);
  app.addHook("onRequest", gate);
  for (const route of parts.routes) {
    app.route({
      method: route.method,
      url: route.path,
      exposeHeadRoute: false,
      handler: (request, reply) => serve(parts, route, request, reply),
    });
  }
  app.setNotFoundHandler((_request, reply) => sendError(reply, notFound()));
  app.setErrorHandler((error, request, reply) => {
    const known = toApiError(error);
    if (known.status >= 500) {
      const { method, url } = request;
      parts.desk.log("request.failed", { method, url, error: describeError(error) });
    }
    return sendError(reply, known);
  });
  return app;
}

/** Old clients send bodies with GET and DELETE, empty ones, and ones without a type. */
function acceptAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (request, body, done) => {
    if (request.method === "GET" || request.method === "DELETE") {
      done(null, undefined);
      return;
    }
    try {
      done(null, readJson(Buffer.from(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/** Who asks, how often, and whether they may write: before anything is read. */
function createGate({ desk }: ApiServerParts) {
  const { rateLimit } = desk.rules;
  const limiter = rateLimit && new RateLimiter(rateLimit, desk.clock);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const caller = callerOf(desk, request);
    if (caller === undefined) {
      return reply.code(401).type(JSON_TYPE).send({ error: "Invalid authentication token" });
    }
    const allowance = limiter?.take(caller.keyId);
    if (allowance) reply.headers(rateHeaders(allowance));
    if (allowance?.exceeded) {
      const wait = Math.max(1, Math.ceil(allowance.reset - desk.clock() / 1_000));
      reply.header("retry-after", String(wait));
      throw new ApiError(429, ["You have exceeded the rate limit"]);
    }
    if (caller.readOnly && request.method !== "GET" && request.method !== "HEAD") {
      throw forbidden("Your API key is read-only");
    }
    if (request.url.startsWith(ADMIN_PREFIX)) mustBeUser(caller);
    return undefined;
  };
}

async function serve(
  { desk, counts }: ApiServerParts,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  counts.add(`${route.method} ${route.path}`);
  const admin = route.path.startsWith(ADMIN_PREFIX);
  if (!admin && (await strikeBefore(desk, request, reply)) === "struck") return reply;
  const caller = callerOf(desk, request);
  if (caller === undefined) throw new ApiError(401, []);
  const answer = await route.handler(desk, toLabRequest(request, caller));
  // What was answered must outlive a kill -9.
  if (request.method !== "GET") await desk.store.committed();
  if (!admin && strikeAfter(desk, request, reply) === "struck") return reply;
  return send(reply, answer);
}

function callerOf(desk: Desk, request: FastifyRequest): Caller | undefined {
  const token = request.headers["x-auth-token"];
  return tryFindCaller(desk.store, Array.isArray(token) ? token[0] : token);
}

function toLabRequest(request: FastifyRequest, caller: Caller): LabRequest {
  const params = request.params as Readonly<Record<string, string>>;
  return {
    path: request.url.replace(/\?.*$/s, "").replace(/(.)\/+$/, "$1"),
    id: params.id ?? "",
    params,
    query: request.query as Query,
    body: request.body,
    caller,
  };
}

function send(reply: FastifyReply, { status, body, headers }: Answer): FastifyReply {
  reply.code(status);
  if (headers) reply.headers(headers);
  return body === undefined ? reply.send() : reply.type(JSON_TYPE).send(JSON.stringify(body));
}

function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  return send(reply, { status: error.status, body: { errors: error.errors } });
}

/** Faults of fastify's own (body too large, bad URL) keep their status; everything else is a 500. */
function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const { statusCode, message } = fastifyErrorSchema.safeParse(error).data ?? {};
  if (statusCode !== undefined) return new ApiError(statusCode, [message ?? "Bad request"]);
  return new ApiError(500, [SERVER_ERROR_TEXT]);
}

function withoutPrefix(url: string): string {
  const rest = url.replace(/^\/+/, "/");
  if (!rest.startsWith(API_PREFIX)) return rest;
  const tail = rest.slice(API_PREFIX.length);
  return /^[/?]/.test(tail) ? tail : tail === "" ? "/" : rest;
}
