/** Asks real registries: plain, with TLS, with a login, with tokens. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { OuterFault } from "../../core/faults";
import { parseReference, type Reference } from "../../images/references/reference";
import { findImage, type ImageQuery, type RegistryContext } from "../../registry/registry";
import { ContainerRegistry, LOGIN, TestAuthority } from "../e2e/support/container-registry";
import { NO_REGISTRY } from "../support/no-registry";
import { TokenServer } from "./token-server";

const authority = new TestAuthority();
let plain: ContainerRegistry;
let secure: ContainerRegistry;
let closed: ContainerRegistry;
let tokens: TokenServer;
let guarded: ContainerRegistry;
const servers: Server[] = [];

beforeAll(async () => {
  tokens = await TokenServer.start(authority);
  [plain, secure, closed, guarded] = await Promise.all([
    ContainerRegistry.start(),
    ContainerRegistry.start(authority),
    ContainerRegistry.start(authority, true),
    ContainerRegistry.start(undefined, false, tokens.settings),
  ]);
  await Promise.all([
    plain.push("team/app:1"),
    plain.push("team/single:1", ["arm64"]),
    plain.push("team/old:1", ["amd64"]),
    secure.push("quay/team/app:1"),
    closed.push("team/app:1"),
  ]);
});

afterAll(async () => {
  tokens.close();
  for (const it of servers) it.close();
  await Promise.all([plain, secure, closed, guarded].map((it) => it.close()));
});

test("an index tells its platforms, and its digest finds it again", async () => {
  const found = await find(`${plain.host}/team/app:1`);
  const again = await find(`${plain.host}/team/app@${found.digest}`);

  expect(found).toMatchObject({
    mediaType: "application/vnd.oci.image.index.v1+json",
    platforms: [
      { os: "linux", architecture: "arm64" },
      { os: "linux", architecture: "amd64" },
    ],
    from: `${plain.url}/team/app:1`,
  });
  expect(again.digest).toBe(found.digest);
});

test("an image without an index tells its platform in its configuration", async () => {
  const found = await find(`${plain.host}/team/single:1`);

  expect(found.mediaType).toBe("application/vnd.oci.image.manifest.v1+json");
  expect(found.platforms).toEqual([{ os: "linux", architecture: "arm64" }]);
});

test("mirrors are asked first, below their path, by their certificates", async () => {
  secure.forget();
  const mirrors = [{ url: `${secure.url}/quay/`, ca: authority.pem }];

  const found = await find(`${plain.host}/team/app:1`, { mirrors });

  expect(found.from).toBe(`${secure.url}/quay/team/app:1`);
  expect(await secure.asked()).toEqual(["GET /v2/quay/team/app/manifests/1"]);
});

test("the registry is asked where no mirror has the image, unless the mirrors are all there is", async () => {
  const mirrors = [{ url: secure.url, ca: authority.pem }];
  const image = `${plain.host}/team/old:1`;

  expect((await find(image, { mirrors })).from).toBe(`${plain.url}/team/old:1`);
  expect(await faultOf(find(image, { mirrors, only: true }))).toEqual([
    "AS2701",
    [`${secure.url}/team/old:1: not there`],
  ]);
});

test("a certificate that nobody vouches for is refused, unless it goes unchecked", async () => {
  const image = "example.invalid/quay/team/app:1";
  const mirror = { url: secure.url };

  const [code, tried] = await faultOf(find(image, { mirrors: [mirror], only: true }));
  const found = await find(image, { mirrors: [{ ...mirror, insecure: true }], only: true });

  expect(code).toBe("AS2702");
  expect(tried[0]).toContain("self-signed certificate");
  expect(found.from).toContain(secure.url);
});

test("a login is needed, taken from the mirror or by its host, and a wrong one is refused", async () => {
  const image = "example.invalid/team/app:1";
  const mirror = { url: closed.url, ca: authority.pem };
  const ask = (login?: typeof LOGIN, context = NO_REGISTRY) =>
    find(image, { mirrors: [{ ...mirror, ...(login ? { login } : {}) }], only: true }, context);
  const known: RegistryContext = {
    ...NO_REGISTRY,
    login: (host) => (host === closed.host ? LOGIN : undefined),
  };

  expect((await faultOf(ask()))[0]).toBe("AS2703");
  expect((await faultOf(ask({ ...LOGIN, password: "wrong" })))[0]).toBe("AS2703");
  expect((await ask(LOGIN)).from).toContain(closed.url);
  expect((await ask(undefined, known)).from).toContain(closed.url);
});

test("a token is asked for where the registry says, for this repository alone", async () => {
  const image = `${guarded.host}/team/app:1`;
  const context = { ...NO_REGISTRY, login: () => LOGIN };

  // The registry takes the token: it has looked, and has no such image.
  expect(await faultOf(find(image, {}, context))).toEqual([
    "AS2701",
    [`${guarded.url}/team/app:1: not there`],
  ]);
  expect(tokens.scopes).toEqual(["team/app:pull"]);
  expect((await faultOf(find(image)))[0]).toBe("AS2703");
});

test("what is no registry is told from one that has nothing", async () => {
  const page = await serve((_, response) => response.end("<html>Welcome</html>"));

  const [code] = await faultOf(find("busybox", { mirrors: [{ url: page }], only: true }));

  expect(code).toBe("AS2704");
});

test("a server that fails is asked again, and one that is gone is told with all that was tried", async () => {
  let asked = 0;
  const shaky = await serve((_, response) => {
    asked += 1;
    if (asked < 3) response.writeHead(503).end();
    else response.end(JSON.stringify({ manifests: [] }));
  });
  const gone = await serve(() => undefined);
  servers.at(-1)?.close();

  expect((await find("busybox", { mirrors: [{ url: shaky }], only: true })).platforms).toEqual([]);
  const [code, tried] = await faultOf(find("busybox", { mirrors: [{ url: gone }], only: true }));
  expect([code, tried[0]]).toEqual(["AS2702", expect.stringContaining("ECONNREFUSED")]);
});

test("a login never follows a redirect to another server", async () => {
  const seen: (string | undefined)[] = [];
  const other = await serve(({ headers }, response) => {
    seen.push(headers.authorization);
    response.end(JSON.stringify({ manifests: [] }));
  });
  const first = await serve(({ headers, url }, response) => {
    if (headers.authorization === undefined) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end();
    } else response.writeHead(307, { location: `${other}${url ?? ""}` }).end();
  });

  await find("busybox", { mirrors: [{ url: first, login: LOGIN }], only: true });

  expect(seen).toEqual([undefined]);
});

test("an answer without end is cut off", async () => {
  const endless = await serve((_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });

  const [code, tried] = await faultOf(find("busybox", { mirrors: [{ url: endless }], only: true }));

  expect([code, tried[0]]).toEqual(["AS2702", expect.stringContaining("larger than 4 MiB")]);
});

test("asking can be cancelled", async () => {
  const silent = await serve(() => undefined);
  const stop = new AbortController();
  const query = { ...queryOf("busybox"), mirrors: [{ url: silent }], only: true };
  const asking = findImage(NO_REGISTRY, query, { signal: stop.signal });

  stop.abort(new Error("enough"));

  await expect(asking).rejects.toThrow("enough");
});

function find(
  image: string,
  where: Partial<ImageQuery> = {},
  context: RegistryContext = NO_REGISTRY,
) {
  return findImage(context, { ...queryOf(image), ...where });
}

function queryOf(text: string): ImageQuery {
  const parsed = parseReference(text);
  if (parsed.kind === "wrong") throw new Error(parsed.problem);
  const image: Reference = parsed.value;
  return { image, mirrors: [], only: false };
}

async function faultOf(asking: Promise<unknown>): Promise<[string, readonly string[]]> {
  const error = await asking.then(
    () => undefined,
    (it: unknown) => it,
  );
  if (!(error instanceof OuterFault)) throw new Error("no fault", { cause: error });
  return [error.code, error.tried];
}

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
