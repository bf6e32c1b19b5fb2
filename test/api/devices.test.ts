/** What counts as an absent device, and what a list shows. */
import { rejection, startScripted, stopScripted } from "../support/scripted-api";
import type { Reply, SeenRequest } from "../support/scripted-server";

const ID = "6f1c9a3e-97c7-4a0c-9a3c-0d9a2f4c1b11";
const PROJECT = "0b1f6d0e-3a55-4f0a-8a10-1c2d3e4f5a6b";
const FORBIDDEN: Reply = { status: 403, json: { errors: ["You are not authorized"] } };
const UNKNOWN: Reply = { status: 404, json: { errors: ["Not found"] } };

afterEach(stopScripted);

/** Answers for the device itself, and for the project's list. */
function script(one: Reply, list: Reply) {
  return ({ path }: SeenRequest): Reply => (path.startsWith("/devices/") ? one : list);
}

function listOf(...states: readonly string[]): Reply {
  return { json: { devices: states.map((state) => ({ id: ID, state })) } };
}

test.each([
  ["403", FORBIDDEN, listOf()],
  ["404", UNKNOWN, listOf()],
  ["404", UNKNOWN, listOf("deprovisioning")],
  ["404", UNKNOWN, listOf("deleted")],
])("C-074 tryGetDevice() is undefined on %s when the list agrees", async (_, one, list) => {
  const { api } = await startScripted(script(one, list));

  expect(await api.tryGetDevice(ID, PROJECT, {})).toBeUndefined();
});

test("C-074 tryGetDevice() does not take a 403 for a proof while the list shows the device", async () => {
  const { api } = await startScripted(script(FORBIDDEN, listOf("active")));

  expect(await api.tryGetDevice(ID, PROJECT, {})).toMatchObject({ id: ID, state: "active" });
});

test("C-074 tryGetDevice() throws when nothing can be confirmed", async () => {
  const { api } = await startScripted(script(FORBIDDEN, FORBIDDEN));

  expect(await rejection(api.tryGetDevice(ID, PROJECT, {}))).toMatchObject({ code: "AS2102" });
  expect(await rejection(api.tryGetDevice(ID, undefined, {}))).toMatchObject({ code: "AS2102" });
});

test("C-074 tryGetDevice() takes a 404 for an absence when the project is gone too", async () => {
  const { api } = await startScripted(script(UNKNOWN, UNKNOWN));

  expect(await api.tryGetDevice(ID, PROJECT, {})).toBeUndefined();
});

test("tryGetDevice() treats a device that is on its way out as gone", async () => {
  const { api } = await startScripted(() => ({ json: { id: ID, state: "deprovisioning" } }));

  expect(await api.tryGetDevice(ID, PROJECT, {})).toBeUndefined();
});

test("listDevices() leaves out what goes, and what a server let through its filters", async () => {
  const devices = [
    { id: "1", state: "active", hostname: "n1", tags: ["t"] },
    { id: "2", state: "active", hostname: "n11", tags: ["t"] },
    { id: "3", state: "active", hostname: "n1", tags: ["other"] },
    { id: "4", state: "deprovisioning", hostname: "n1", tags: ["t"] },
  ];
  const { api } = await startScripted(() => ({ json: { devices } }));

  const found = await api.listDevices(PROJECT, { tag: "t", hostname: "n1" }, {});

  expect(found.map(({ id }) => id)).toEqual(["1"]);
});

test("deleteDevice() tells whether there was anything to delete", async () => {
  const replies: Reply[] = [{ status: 204 }, UNKNOWN];
  const { api, server } = await startScripted((_, count) => replies[count - 1] ?? {});

  expect(await api.deleteDevice(ID, { force: true }, {})).toBe(true);
  expect(await api.deleteDevice(ID, {}, {})).toBe(false);
  expect(server.requests[0]?.query).toEqual({ force_delete: "true" });
});

test("actOnDevice() always names the system of a reinstall, and nothing that was not asked for", async () => {
  const { api, server } = await startScripted(() => ({ status: 202 }));

  await api.actOnDevice(ID, { type: "reinstall", operatingSystem: "debian_13" }, {});
  await api.actOnDevice(ID, { type: "power_on" }, {});

  expect(server.requests.map(({ body }) => body)).toEqual([
    { type: "reinstall", operating_system: "debian_13" },
    { type: "power_on" },
  ]);
});

test("updateDevice() sends only what is given", async () => {
  const { api, server } = await startScripted(() => ({ json: { id: ID, state: "active" } }));

  await api.updateDevice(ID, { tags: [] }, {});

  expect(server.requests[0]?.body).toEqual({ tags: [] });
});
