import { once } from "node:events";
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from "node:http2";
import type { AddressInfo } from "node:net";
import { createGrpcServer, type UnaryHandler } from "../../../provider/protocol/grpc-server";

interface Answer {
  readonly status: string | undefined;
  readonly message: string | undefined;
  readonly body: Buffer;
}

const handlers: Readonly<Record<string, UnaryHandler>> = {
  "/test/Echo": (request) => request,
  "/test/Fail": () => {
    throw new Error("übel, 100% so");
  },
};
let session: ClientHttp2Session;
let closed: Promise<void>;
let close: () => void;

beforeEach(async () => {
  let lastClosed = (): void => undefined;
  closed = new Promise((resolve) => (lastClosed = resolve));
  const server = createGrpcServer({
    unary: (path) => handlers[path],
    silentStreams: ["/test/Silent"],
    onLastConnectionClosed: lastClosed,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  close = () => server.close();
});

afterEach(async () => {
  session.destroy();
  await closed;
  close();
});

test("createGrpcServer() answers a call, however large", async () => {
  for (const size of [0, 1, 5_000_000]) {
    const { status, body } = await call("/test/Echo", frame(Buffer.alloc(size, "x")));

    expect(status).toBe("0");
    expect(body.length).toBe(size + 5);
    expect(body.readUInt32BE(1)).toBe(size);
  }
});

test("createGrpcServer() answers an unknown path as unimplemented", async () => {
  expect((await call("/test/Nothing", frame(Buffer.alloc(0)))).status).toBe("12");
});

test("createGrpcServer() tells an exception as an internal error, in any language", async () => {
  const { status, message = "" } = await call("/test/Fail", frame(Buffer.alloc(0)));

  expect(status).toBe("13");
  expect(decodeURIComponent(message)).toBe("übel, 100% so");
});

test.each([
  ["nothing at all", Buffer.alloc(0)],
  ["a frame that breaks off", Buffer.from("0000000005aa", "hex")],
  ["a compressed frame", Buffer.from("010000000161", "hex")],
  ["two frames", Buffer.from("000000000161000000000162", "hex")],
])("createGrpcServer() refuses %s", async (_, body) => {
  expect((await call("/test/Echo", body)).status).toBe("13");
});

test("createGrpcServer() opens a silent stream, and outlives its cancelling", async () => {
  const stream = session.request({ ":method": "POST", ":path": "/test/Silent" });
  const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
  stream.close(8);

  expect(headers[":status"]).toBe(200);
  expect((await call("/test/Echo", frame(Buffer.from("still here")))).status).toBe("0");
});

async function call(path: string, body: Buffer): Promise<Answer> {
  const stream = session.request({ ":method": "POST", ":path": path });
  let seen: IncomingHttpHeaders = {};
  stream.on("response", (it) => (seen = { ...seen, ...it }));
  stream.on("trailers", (it: IncomingHttpHeaders) => (seen = { ...seen, ...it }));
  stream.end(body);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return {
    status: seen["grpc-status"] as string | undefined,
    message: seen["grpc-message"] as string | undefined,
    body: Buffer.concat(chunks),
  };
}

function frame(payload: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}
