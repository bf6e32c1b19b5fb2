import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createProvider } from "../../provider/create-provider";
import { UNKNOWN } from "../../provider/framework/unknown";
import { resolveSettings, validateProvider } from "../../provider/provider-config";
import { TestWorld } from "../support/resource-context";
import { rejection, TOKEN } from "../support/scripted-api";
import { ScriptedServer } from "../support/scripted-server";

const URL_ = "https://api.example/metal/v1";
const LAB = {
  endpoint: "http://127.0.0.1:7117/metal/v1",
  token: "the-token-of-the-lab",
  pid: 1,
  driver: "process",
  nodeServices: "http://127.0.0.1:7118",
};

test("resolveSettings() prefers arguments to the environment", async () => {
  const environment = {
    ARMSTEAD_ENDPOINT: "https://other",
    ARMSTEAD_AUTH_TOKEN: "second",
    METAL_AUTH_TOKEN: "third",
  };

  const given = await resolveSettings({ endpoint: URL_, auth_token: "first" }, environment);
  const found = await resolveSettings({ endpoint: null, auth_token: null }, environment);

  expect([given.endpoint, given.token.reveal()]).toEqual([URL_, "first"]);
  expect([found.endpoint, found.token.reveal()]).toEqual(["https://other", "second"]);
  expect(given).toMatchObject({ maxRetries: 5, maxParallelRequests: 10 });
});

test("resolveSettings() finds the token of older tools", async () => {
  const { token } = await resolveSettings({ endpoint: URL_ }, { METAL_AUTH_TOKEN: "third" });

  expect(token.reveal()).toBe("third");
});

test.each(["ARMSTEAD_AUTH_TOKEN", "METAL_AUTH_TOKEN"])(
  "resolveSettings() sends %s to no other machine in the clear; a given token it does",
  async (name) => {
    const environment = { [name]: "of a real service" };
    const resolve = (endpoint: string, more = {}) =>
      resolveSettings({ endpoint, ...more }, environment);

    for (const endpoint of [
      "http://api.example/metal/v1",
      "http://10.0.0.1",
      "http://127.example",
    ]) {
      const fault = await rejection(resolve(endpoint));
      expect(fault).toMatchObject({ faults: [{ code: "AS1870", path: "endpoint" }] });
      expect(String(fault)).toContain(name);
    }
    const near = [
      "http://localhost:1",
      "http://127.9.8.7:1",
      "http://[::1]:1",
      "https://a.example",
    ];
    for (const endpoint of near) {
      expect((await resolve(endpoint)).token.reveal()).toBe("of a real service");
    }
    const given = await resolve("http://api.example", { auth_token: "given" });
    expect(given.token.reveal()).toBe("given");
  },
);

test("resolveSettings() says what is missing", async () => {
  expect(await rejection(resolveSettings({}, {}))).toMatchObject({
    faults: [{ code: "AS1850", path: "endpoint" }],
  });
  expect(await rejection(resolveSettings({ endpoint: URL_ }, {}))).toMatchObject({
    faults: [{ code: "AS1801", path: "auth_token" }],
  });
  expect(await rejection(resolveSettings({}, { ARMSTEAD_ENDPOINT: "nowhere" }))).toMatchObject({
    faults: [{ code: "AS1851" }],
  });
});

test("resolveSettings() finds address and token of a running lab, whatever the environment says", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "lab-"));
  const environment = { ARMSTEAD_LAB_DIR: folder, METAL_AUTH_TOKEN: "of a real service" };
  await writeFile(path.join(folder, "connection.json"), JSON.stringify(LAB));

  const settings = await resolveSettings({ endpoint: "lab" }, environment);

  expect([settings.endpoint, settings.token.reveal()]).toEqual([LAB.endpoint, LAB.token]);
  await writeFile(path.join(folder, "connection.json"), "{}");
  expect(await rejection(resolveSettings({ endpoint: "lab" }, environment))).toMatchObject({
    code: "AS2401",
  });
  await rm(folder, { recursive: true });
  expect(await rejection(resolveSettings({ endpoint: "lab" }, environment))).toMatchObject({
    code: "AS2401",
  });
});

test("validateProvider() finds all faults at once, and no password is shown", () => {
  const faults = validateProvider({
    endpoint: "http://me:hunter2@host",
    dialect: "paket",
    max_retries: -1,
    max_parallel_requests: 1.5,
  });

  expect(faults.map(({ code, path: at }) => `${code} ${at}`)).toEqual([
    "AS1851 endpoint",
    "AS1852 dialect",
    "AS1853 max_retries",
    "AS1853 max_parallel_requests",
  ]);
  expect(faults[1]?.suggestion).toBe("packet");
  expect(JSON.stringify(faults)).not.toContain("hunter2");
});

test.each([{}, { endpoint: "lab" }, { endpoint: URL_ }, { endpoint: UNKNOWN, dialect: UNKNOWN }])(
  "validateProvider() has nothing to say of %j",
  (config) => {
    expect(validateProvider(config)).toEqual([]);
  },
);

test("C-034 a bad token fails when the provider is configured, once and clearly", async () => {
  const server = await new ScriptedServer(() => ({
    status: 401,
    json: { error: "Invalid authentication token" },
  })).start();
  const { environment: world } = new TestWorld();
  const provider = createProvider({ ...world, environment: {}, version: "0.0.0" });
  const options = { terraformVersion: "1.11.4", signal: new AbortController().signal };

  const config = { endpoint: server.url, auth_token: TOKEN };
  const fault = await rejection(provider.configure(config, options));
  await server.stop();

  expect(fault).toMatchObject({ code: "AS2101", status: 401 });
  expect(String(fault)).toContain("Invalid authentication token");
  expect(server.requests.map(({ path: at }) => at)).toEqual(["/user"]);
  expect(server.requests[0]?.headers["user-agent"]).toBe("armstead/0.0.0 terraform/1.11.4");
});

test("C-034 a project's token, which belongs to no user, is accepted", async () => {
  const server = await new ScriptedServer(() => ({
    status: 403,
    json: { errors: ["no"] },
  })).start();
  const provider = createProvider({
    ...new TestWorld().environment,
    environment: {},
    version: "0",
  });
  const options = { terraformVersion: "1.11.4", signal: new AbortController().signal };

  const config = { endpoint: server.url, auth_token: TOKEN };
  const client = await provider.configure(config, options);
  await server.stop();

  expect(client.api.pollIntervalMs).toBe(500);
});
