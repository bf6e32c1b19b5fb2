/** Where injected faults on requests strike: before a request is carried out, or after its commit. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { sleep } from "../../core/bounded";
import type { RequestFacts } from "../faults";
import { ApiError, SERVER_ERROR_TEXT } from "./api-error";
import type { Desk } from "./route";

/** Whether the answer is settled already. */
export type Strike = "struck" | "passed";

const HTML =
  "<html><head><title>503 Service Unavailable</title></head><body>no upstream</body></html>";

/** @throws ApiError for faults that are answered in the API's shape */
export async function strikeBefore(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Strike> {
  const facts = factsOf(desk, request);
  const slow = desk.faults.takeForRequest(["slow-answer"], facts);
  if (slow) await sleep(slow.seconds * 1_000);
  const rule = desk.faults.takeForRequest(
    ["rate-limited", "server-error", "proxy-error", "cut-before"],
    facts,
  );
  switch (rule?.kind) {
    case undefined:
      return "passed";
    case "rate-limited":
      reply.header("retry-after", String(rule.retryAfter));
      throw new ApiError(429, ["You have exceeded the rate limit"]);
    case "server-error":
      throw new ApiError(500, [SERVER_ERROR_TEXT]);
    case "proxy-error":
      reply.removeHeader("x-request-id");
      await reply.code(503).type("text/html").send(HTML);
      return "struck";
    case "cut-before":
      return cut(request, reply);
  }
}

/** The request was carried out and is on disk; only its answer may be lost. */
export function strikeAfter(desk: Desk, request: FastifyRequest, reply: FastifyReply): Strike {
  const rule = desk.faults.takeForRequest(["cut-after"], factsOf(desk, request));
  return rule === undefined ? "passed" : cut(request, reply);
}

function cut(request: FastifyRequest, reply: FastifyReply): Strike {
  reply.hijack();
  request.raw.socket.destroy();
  return "struck";
}

function factsOf({ store }: Desk, { method, url, params, body }: FastifyRequest): RequestFacts {
  const path = url.replace(/\?.*$/s, "");
  const { id } = params as { readonly id?: string };
  const named = typeof body === "object" && body !== null && "hostname" in body && body.hostname;
  const hostname = typeof named === "string" ? named : store.devices.tryGet(id ?? "")?.hostname;
  return { method, path, hostname };
}
