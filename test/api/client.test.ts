/** Conformance items of the client (K): over HTTP, against a scripted server. */
import { createMachineApi } from "../../api/client";
import { ApiFault } from "../../api/fault";
import { Secret } from "../../core/secret";
import { rejection, startScripted, stopScripted, TOKEN } from "../support/scripted-api";
import { REQUEST_ID, type Reply } from "../support/scripted-server";

const ID = "6f1c9a3e-97c7-4a0c-9a3c-0d9a2f4c1b11";
const PROJECT = "0b1f6d0e-3a55-4f0a-8a10-1c2d3e4f5a6b";
const DEVICE = {
  id: ID,
  state: "active",
  hostname: "n1",
  project: { href: `/projects/${PROJECT}` },
};
const INPUT = { hostname: "n1", plan: "p", metro: "da", operatingSystem: "os", tags: [] };

afterEach(stopScripted);

test.each([429, 502, 503, 504])("C-021 a GET answered with %d is repeated", async (status) => {
  const { api, server, waits } = await startScripted((_, count) =>
    count < 3 ? { status, json: { errors: ["busy"] } } : { json: DEVICE },
  );

  const device = await api.getDevice(ID, {});

  expect(device.id).toBe(ID);
  expect(server.requests).toHaveLength(3);
  expect(waits).toEqual([375, 750]);
});

test("C-021 Retry-After decides how long is waited", async () => {
  const { api, waits } = await startScripted((_, count) =>
    count < 2
      ? { status: 429, headers: { "retry-after": "7" }, json: { errors: ["slow down"] } }
      : { json: DEVICE },
  );

  await api.getDevice(ID, {});

  expect(waits).toEqual([7_000]);
});

test("C-021 Retry-After as a date counts by the server's own clock", async () => {
  const headers = {
    date: "Wed, 21 Oct 2026 07:28:00 GMT",
    "retry-after": "Wed, 21 Oct 2026 07:28:30 GMT",
  };
  const { api, waits } = await startScripted((_, count) =>
    count < 2 ? { status: 503, headers, json: {} } : { json: DEVICE },
  );

  await api.getDevice(ID, {});

  expect(waits).toEqual([30_000]);
});

test("C-021 no more repeats than configured, and the fault says how often", async () => {
  const { api, server } = await startScripted(() => ({ status: 503, json: { errors: ["down"] } }), {
    maxRetries: 2,
  });

  const fault = await rejection(api.getDevice(ID, {}));

  expect(fault).toMatchObject({ code: "AS2109", status: 503, tried: ["3 times"] });
  expect(server.requests).toHaveLength(3);
});

test.each([400, 403, 404, 422])("C-021 a GET answered with %d is not repeated", async (status) => {
  const { api, server } = await startScripted(() => ({ status, json: { errors: ["no"] } }));

  await rejection(api.getDevice(ID, {}));

  expect(server.requests).toHaveLength(1);
});

test("C-021 a lost connection is tried again for a read", async () => {
  const { api, server } = await startScripted((_, count) =>
    count < 2 ? { instead: "cut" } : { json: DEVICE },
  );

  await api.getDevice(ID, {});

  expect(server.requests).toHaveLength(2);
});

const LOST: readonly (readonly [string, Reply])[] = [
  ["a cut connection", { instead: "cut" }],
  ["a proxy's page", { status: 502, html: "<h1>Bad Gateway</h1>" }],
  ["a server error", { status: 500, json: { errors: ["Oh snap"] } }],
  ["a body that is no device", { status: 201, json: { nothing: true } }],
  ["a stray 404 without request id", { status: 404, html: "not found" }],
];

test.each(LOST)("C-022 a create answered with %s is lost, and not repeated", async (_, reply) => {
  const { api, server } = await startScripted(() => reply);

  const fault = await rejection(api.createDevice(PROJECT, INPUT, {}));

  expect(fault).toMatchObject({ code: "AS2003" });
  expect(server.requests).toHaveLength(1);
});

test("C-022 a create cut off by its own caller counts as lost", async () => {
  const stop = new AbortController();
  const { api } = await startScripted(() => {
    stop.abort(new Error("stop"));
    return { instead: "silence" };
  });

  const fault = await rejection(api.createDevice(PROJECT, INPUT, { signal: stop.signal }));

  expect(fault).toMatchObject({ code: "AS2003" });
});

test("C-022 a create that never left is repeated, and then cannot reach the API", async () => {
  const { server } = await startScripted(() => ({}));
  const endpoint = server.url;
  await server.stop();
  const waits: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  const props = { endpoint, token: new Secret(TOKEN), userAgent: "test", maxRetries: 2, sleep };

  const fault = await rejection(createMachineApi(props).createDevice(PROJECT, INPUT, {}));

  expect(fault).toMatchObject({ code: "AS2001" });
  expect(waits).toHaveLength(2);
});

test("C-022 a create that was told to slow down is repeated: it had no effect", async () => {
  const { api, server } = await startScripted((_, count) =>
    count < 2 ? { status: 429, json: { errors: ["slow"] } } : { status: 201, json: DEVICE },
  );

  await api.createDevice(PROJECT, INPUT, {});

  expect(server.requests).toHaveLength(2);
});

test("C-023 a page of a proxy is told as such, with its status", async () => {
  const { api } = await startScripted(() => ({ status: 403, html: "<html>Forbidden</html>" }));

  const fault = await rejection(api.getDevice(ID, {}));

  expect(fault).toMatchObject({ code: "AS2110", status: 403 });
  expect(String(fault)).toContain("content type text/html");
});

test("C-023 a success in HTML, and JSON that is cut off, are no answers of the API", async () => {
  const replies: Reply[] = [
    { html: "<html>Welcome to the hotel</html>" },
    { html: '{"id":', headers: { "content-type": "application/json", "x-request-id": "x" } },
  ];
  const { api } = await startScripted((_, count) => replies[count - 1] ?? {});

  const faults = [await rejection(api.getDevice(ID, {})), await rejection(api.getDevice(ID, {}))];

  expect(faults).toMatchObject([{ code: "AS2110" }, { code: "AS2110" }]);
});

test("C-023 a redirect is not followed, so the token goes nowhere else", async () => {
  const { api, server } = await startScripted(({ path }) =>
    path === "/elsewhere"
      ? { json: DEVICE }
      : { status: 302, html: "moved", headers: { location: "/elsewhere" } },
  );

  const fault = await rejection(api.getDevice(ID, {}));

  expect(fault).toMatchObject({ code: "AS2110", status: 302 });
  expect(server.requests).toHaveLength(1);
});

test("C-024 error and errors are both shown, with status and request id", async () => {
  const body = { error: "first", errors: ["second", "third"] };
  const { api } = await startScripted(() => ({ status: 422, json: body }));

  const fault = await rejection(api.updateDevice(ID, { hostname: "x" }, {}));

  expect(fault).toBeInstanceOf(ApiFault);
  expect(fault).toMatchObject({ status: 422, requestId: REQUEST_ID });
  expect(String(fault)).toContain(`422: first; second; third (request id ${REQUEST_ID})`);
});

test("C-024 an empty 422 shows its status", async () => {
  const { api } = await startScripted(() => ({ status: 422 }));

  const fault = await rejection(api.createProject({ name: "x" }, {}));

  expect(String(fault)).toContain("422: no reason given");
});

test("C-024 a token that the server repeats is not shown", async () => {
  const { api } = await startScripted(() => ({ status: 401, json: { error: `Invalid ${TOKEN}` } }));

  const fault = await rejection(api.getCurrentUser({}));

  expect(fault).toMatchObject({ code: "AS2101" });
  expect(String(fault)).not.toContain(TOKEN);
});

test("C-025 states and enum texts of the future pass", async () => {
  const ports = [{ id: "p", name: "bond0", type: "QuantumPort", network_type: "layer9" }];
  const { api } = await startScripted(() => ({
    json: { ...DEVICE, state: "hibernating", network_ports: ports, brand_new: { deep: 1 } },
  }));

  const device = await api.getDevice(ID, {});

  expect(device.state).toBe("hibernating");
  expect(device.ports[0]?.networkType).toBe("layer9");
});

test("C-026 filters, includes and page size go along to every page", async () => {
  const page = (number: number): Reply => ({
    json: {
      devices: [{ ...DEVICE, id: `${number}`, tags: ["t"] }],
      meta: {
        current_page: number,
        last_page: 3,
        total: 3,
        next: { href: `/x?page=${number + 1}` },
      },
    },
  });
  const { api, server } = await startScripted(({ query }) => page(Number(query.page)));

  const devices = await api.listDevices(PROJECT, { tag: "t" }, {});

  expect(devices.map(({ id }) => id)).toEqual(["1", "2", "3"]);
  const { page: _, ...first } = server.requests[0]?.query ?? {};
  expect(first).toMatchObject({ tag: "t", per_page: "100" });
  expect(server.requests.map(({ query }) => query)).toEqual(
    ["1", "2", "3"].map((number) => ({ ...first, page: number })),
  );
});

test.each(["", "/", "/metal/v1", "/metal/v1/"])("C-027 base URL ending in %j", async (path) => {
  const { api, server } = await startScripted(() => ({ json: { id: "u" } }), { path });

  await api.getCurrentUser({});

  expect(server.requests[0]?.path).toBe(`${path.replace(/\/$/, "")}/user`);
  expect(server.requests[0]?.headers["x-auth-token"]).toBe(TOKEN);
});
