/**
 * The small part of gRPC that Terraform needs, straight on node:http2: unary calls and
 * streams that stay silent. Messages are neither compressed nor split.
 */
import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import type { Socket } from "node:net";

/** Answers one call: message in, message out. */
export type UnaryHandler = (request: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** What the server needs. */
export interface GrpcOptions {
  /** Mutual TLS. @default - plain HTTP/2 */
  readonly tls?: { readonly key: string; readonly cert: string; readonly ca: string } | undefined;
  /** Finds the handler of a path; without one the answer is "unimplemented". */
  readonly unary: (path: string) => UnaryHandler | undefined;
  /** Streams that the client opens once and keeps: headers are answered, then nothing. */
  readonly silentStreams: readonly string[];
  /** Called when the last connection has closed. */
  readonly onLastConnectionClosed: () => void;
}

const STATUS = { ok: 0, unimplemented: 12, internal: 13 } as const;
const HEADERS = { ":status": 200, "content-type": "application/grpc" } as const;
const FRAME_HEAD_BYTES = 5;
/** Large attributes must pass: 64 MiB windows, and no memory limit that a plan could reach (MiB). */
const LIMITS = {
  settings: { initialWindowSize: 16 << 20, maxFrameSize: 1 << 20 },
  maxSessionMemory: 4096,
};

const ignore = (): void => {
  // A cancelled call needs no answer.
};

/** Makes the server; it does not listen yet. */
export function createGrpcServer(options: GrpcOptions): Http2Server | Http2SecureServer {
  const server = options.tls
    ? createSecureServer({
        ...LIMITS,
        ...options.tls,
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: "TLSv1.2",
      })
    : createServer(LIMITS);
  countConnections(server, options.onLastConnectionClosed);
  server.on("session", (session) => {
    session.setLocalWindowSize(64 << 20);
    session.on("error", ignore);
  });
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    // The client cancels streams as it likes; that must never end the process.
    stream.on("error", ignore);
    void answerStream(stream, String(headers[":path"]), options);
  });
  return server;
}

/** Counts sockets, not sessions: with a call in flight a session tells its end too late. */
function countConnections(server: Http2Server | Http2SecureServer, onLastClosed: () => void): void {
  let open = 0;
  server.on("connection", (socket: Socket) => {
    open += 1;
    socket.on("error", ignore);
    socket.on("close", () => {
      open -= 1;
      if (open === 0) onLastClosed();
    });
  });
}

async function answerStream(
  stream: ServerHttp2Stream,
  path: string,
  { unary, silentStreams }: GrpcOptions,
): Promise<void> {
  if (silentStreams.includes(path)) {
    stream.resume();
    stream.respond(HEADERS);
    return;
  }
  const handler = unary(path);
  if (!handler) {
    stream.resume();
    refuse(stream, STATUS.unimplemented, `no method ${path}`);
    return;
  }
  try {
    const answer = await handler(await readRequest(stream));
    if (!stream.destroyed) respond(stream, answer);
  } catch (error) {
    refuse(stream, STATUS.internal, error instanceof Error ? error.message : String(error));
  }
}

async function readRequest(stream: ServerHttp2Stream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  const body = Buffer.concat(chunks);
  const complete =
    body.length >= FRAME_HEAD_BYTES &&
    body.readUInt8(0) === 0 &&
    body.readUInt32BE(1) === body.length - FRAME_HEAD_BYTES;
  if (!complete) throw new RangeError("the request is not one uncompressed gRPC message");
  return body.subarray(FRAME_HEAD_BYTES);
}

function respond(stream: ServerHttp2Stream, payload: Uint8Array): void {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUInt32BE(payload.length, 1);
  stream.respond(HEADERS, { waitForTrailers: true });
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": String(STATUS.ok) });
  });
  stream.end(Buffer.concat([head, payload]));
}

function refuse(stream: ServerHttp2Stream, status: number, message: string): void {
  if (stream.destroyed || stream.headersSent) return;
  const headers = { "grpc-status": String(status), "grpc-message": encodeURIComponent(message) };
  stream.respond({ ...HEADERS, ...headers }, { endStream: true });
}
