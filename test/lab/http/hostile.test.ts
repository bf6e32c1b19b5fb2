/** Requests of a client that means harm, or has gone mad: each is answered, and the lab goes on as before. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { MOST_CONNECTIONS } from "../../../lab/http/bounds";
import { loadCases } from "../../support/cases";
import { destroyTestLabs, type Method, startTestLab, type TestLab } from "../support/lab";

interface Case {
  readonly method: Method;
  readonly url: string;
  /** Text that is added to the URL, and how often. */
  readonly urlTail?: readonly [string, number];
  readonly headers?: Readonly<Record<string, string>>;
  /** Length of a header of no meaning. */
  readonly longHeader?: number;
  /** Texts, and how often each of them. */
  readonly body?: readonly (readonly [string, number])[];
  /** A body that is no text. */
  readonly hex?: string;
  readonly status: number;
  /** A part of the one error text. */
  readonly error?: string;
  /** Fields of the answer. */
  readonly shows?: object;
  /** A part of the answer as it came. */
  readonly text?: string;
}

interface ByteCase {
  /** What is sent, with CR LF after each; `TOKEN` stands for the lab's. */
  readonly lines: readonly string[];
  /** The connection stays open after it. @default false */
  readonly unfinished?: boolean;
  readonly status: number;
}

let lab: TestLab;
/** Does not wait long for the end of a request. */
let hurried: TestLab;

beforeAll(async () => {
  lab = await startTestLab();
  hurried = await startTestLab({ rules: { requestTimeoutMs: 100 } });
});
afterAll(destroyTestLabs);

/** Whether changes are still carried out and kept, and lists still shown. */
async function mustBeAlive(): Promise<void> {
  const { status, body } = await lab.call("POST", "/projects", { name: "next" });
  expect(status).toBe(201);
  expect((await lab.call("GET", "/projects?per_page=1")).body.projects).toMatchObject([
    { id: body.id },
  ]);
  expect({}).not.toHaveProperty("hostile");
}

function bodyOf({ body, hex }: Case): string | Uint8Array<ArrayBuffer> | undefined {
  if (hex !== undefined) return new Uint8Array(Buffer.from(hex, "hex"));
  return body?.map(([part, times]) => part.repeat(times)).join("");
}

test.each(loadCases<Case>(path.join(__dirname, "hostile")))("hostile: $name", async (it) => {
  const { endpoint, token } = lab.lab.connection;
  const [tail = "", times = 0] = it.urlTail ?? [];
  const body = bodyOf(it);

  const answer = await fetch(`${endpoint}${it.url}${tail.repeat(times)}`, {
    method: it.method,
    headers: {
      "x-auth-token": token,
      ...(it.longHeader === undefined ? {} : { "x-long": "a".repeat(it.longHeader) }),
      ...it.headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const said = await answer.text();

  expect({ status: answer.status, said: said.slice(0, 200) }).toMatchObject({ status: it.status });
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  if (it.error !== undefined) {
    const errors = [expect.stringContaining(it.error) as string];
    expect(JSON.parse(said)).toEqual({ errors });
  }
  if (it.shows !== undefined) expect(JSON.parse(said)).toMatchObject(it.shows);
  if (it.text !== undefined) expect(said).toContain(it.text);
  await mustBeAlive();
});

const portOf = (url: string): number => Number(new URL(url).port);

test.each(loadCases<ByteCase>(path.join(__dirname, "hostile-bytes")))(
  "hostile bytes: $name",
  async ({ lines, unfinished = false, status }) => {
    const asked = unfinished ? hurried : lab;
    const { endpoint, nodeServices, token } = asked.lab.connection;
    for (const url of [endpoint, nodeServices]) {
      const socket = connect(portOf(url), "127.0.0.1");

      socket.write(lines.map((it) => `${it.replace("TOKEN", token)}\r\n`).join(""));
      if (!unfinished) socket.write("\r\n");
      const said = await text(socket);

      // The services for nodes ask for no token, and have nothing at these paths.
      const wanted = url === nodeServices && status === 401 ? 404 : status;
      expect(said.split("\r\n")[0]).toMatch(new RegExp(`^HTTP/1.1 ${wanted} `));
      expect(said).toContain("\r\n\r\n{");
    }
    expect((await asked.call("GET", "/user")).status).toBe(200);
  },
);

test("ten thousand connections: so many stay, the others are closed, and who has one is served", async () => {
  const { endpoint, token } = lab.lab.connection;
  const open = new Set<Socket>();
  const before = await countConnections();
  const first = await keepOpen(endpoint, open);

  for (let count = 1; count < 10_000; count += 1) (await keepOpen(endpoint, open)).resume();
  while (open.size > MOST_CONNECTIONS) await new Promise(setImmediate);
  const held = await countConnections();
  first.write(
    `GET /user HTTP/1.1\r\nhost: lab\r\nx-auth-token: ${token}\r\nconnection: close\r\n\r\n`,
  );
  const said = await text(first);

  expect(said).toMatch(/^HTTP\/1.1 200 /);
  expect(held).toBe(MOST_CONNECTIONS);
  for (const it of open) it.destroy();
  while ((await countConnections()) > before) await new Promise(setImmediate);
  await mustBeAlive();
});

/** Connects, and forgets the connection when the server closes it. */
async function keepOpen(url: string, open: Set<Socket>): Promise<Socket> {
  const socket = connect(portOf(url), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.on("close", () => open.delete(socket));
  open.add(socket);
  await once(socket, "connect");
  return socket;
}

function countConnections(): Promise<number> {
  return new Promise((resolve, reject) => {
    lab.lab.api.server.getConnections((error, count) => {
      if (error) reject(error);
      else resolve(count);
    });
  });
}
