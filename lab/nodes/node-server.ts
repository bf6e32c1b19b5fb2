/** Services for machines over HTTP: artifacts, metadata, phone home. Loopback only and without token. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { boundConnections, boundedBy } from "../http/bounds";
import type { Desk } from "../http/route";
import type { DeviceRecord } from "../store/records";
import { metadataView } from "../views/metadata-view";
import { serveArtifact } from "./artifacts";
import { tryGetItem } from "./flat-metadata";
import { tryIdentify } from "./identify";
import { phoneHome, userState } from "./reports";

const UNKNOWN = { message: "resource not found" };
const LARGEST_BODY = 256 * 1024;

/** What the server is made of. */
export interface NodeServerParts {
  readonly desk: Desk;
  /** Folder of the artifacts; builds them at the first call. */
  readonly artifacts: () => Promise<string>;
}

type NodeRequest = FastifyRequest<{ Params: { readonly machine?: string; readonly "*"?: string } }>;
type Tell = (device: DeviceRecord, request: NodeRequest, reply: FastifyReply) => unknown;

/** Puts the server together; it listens nowhere yet. */
export function createNodeServer(parts: NodeServerParts): FastifyInstance {
  const { desk } = parts;
  const app = Fastify({
    bodyLimit: LARGEST_BODY,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
    ...boundedBy(desk.rules.requestTimeoutMs, ({ reason }) => ({ message: reason })),
  });
  boundConnections(app.server);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  app.addHook("onResponse", (request, reply, done) => {
    const { method, url, ip } = request;
    desk.log("node.request", { method, url, ip, status: reply.statusCode });
    done();
  });
  app.route<{ Params: { readonly "*": string } }>({
    method: ["GET", "HEAD"],
    url: "/artifacts/*",
    exposeHeadRoute: false,
    handler: async (request, reply) =>
      serveArtifact(await parts.artifacts(), request.params["*"], request, reply),
  });
  for (const prefix of ["", "/machines/:machine"]) addMachineRoutes(app, desk, prefix);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(UNKNOWN));
  return app;
}

function addMachineRoutes(app: FastifyInstance, desk: Desk, prefix: string): void {
  const get = (url: string, tell: Tell): void => {
    app.get(`${prefix}${url}`, (request: NodeRequest, reply) => {
      const device = identify(desk, request);
      return device ? tell(device, request, reply) : reply.code(404).send(UNKNOWN);
    });
  };
  get("/metadata", (device) => metadataView(desk, device));
  get("/userdata", (device, _request, reply) => plain(reply, device.userdata));
  get("/2009-04-04/user-data", (device, _request, reply) => plain(reply, device.userdata));
  for (const url of ["/2009-04-04/meta-data", "/2009-04-04/meta-data/*"]) {
    get(url, (device, request, reply) => {
      const item = tryGetItem(desk, device, request.params["*"] ?? "");
      return item === undefined ? reply.code(404).send(UNKNOWN) : plain(reply, item);
    });
  }
  // Strangers are answered like machines, and nothing happens: the service did so.
  app.post(`${prefix}/phone-home`, async (request: NodeRequest, reply) => {
    const device = identify(desk, request);
    if (device) phoneHome(desk, device, textOf(request));
    await desk.store.committed();
    return reply.code(200).send();
  });
  app.post(`${prefix}/events`, async (request: NodeRequest, reply) => {
    const device = identify(desk, request);
    if (device && !userState(desk, device, textOf(request))) {
      return reply.code(400).send({ message: "bad request" });
    }
    await desk.store.committed();
    return reply.code(200).send();
  });
}

function identify(desk: Desk, request: NodeRequest): DeviceRecord | undefined {
  return tryIdentify(desk, { id: request.params.machine, address: request.ip });
}

function plain(reply: FastifyReply, text: string): FastifyReply {
  return reply.type("text/plain; charset=utf-8").send(text);
}

function textOf({ body }: NodeRequest): string {
  return typeof body === "string" ? body : "";
}
