import { fault, UserFault } from "../../../core/faults";
import { createService } from "../../../provider/framework/create-service";
import type { Provider, Resource, Schema } from "../../../provider/framework/resource";
import { Session } from "../../../provider/framework/session";
import { UNKNOWN } from "../../../provider/framework/unknown";
import { Decimal } from "../../../provider/protocol/decimal";
import { encodeValue } from "../../../provider/protocol/encode-value";
import { Harness } from "../support/harness";

interface Thing {
  readonly id: string;
  readonly metro: string;
  readonly sizes: readonly number[] | null;
  readonly secret: string | null;
}

const SCHEMA: Schema = {
  id: { type: "string", computed: true, doc: "" },
  metro: {
    type: "string",
    required: true,
    same: (a, b) => (a as string).toLowerCase() === (b as string).toLowerCase(),
    doc: "",
  },
  sizes: { type: ["list", "number"], optional: true, doc: "" },
  secret: { type: "string", optional: true, writeOnly: true, doc: "" },
};
const STATE = { id: "1", metro: "DA", sizes: null, secret: null, timeouts: null };

function harnessOf(parts: Partial<Resource<object, Thing>>): Promise<Harness<object>> {
  const unexpected = (): Promise<never> => Promise.reject(new Error("not expected"));
  const resource: Resource<object, Thing> = {
    type: "armstead_thing",
    doc: "A thing.",
    schema: SCHEMA,
    timeLimits: { create: 1_000, read: 1_000, update: 1_000, delete: 1_000 },
    ...{ create: unexpected, read: unexpected, update: unexpected, delete: unexpected },
    ...parts,
  };
  return Harness.of(resource, {});
}

function summaries(answer: {
  readonly diagnostics?: readonly { readonly summary?: string | undefined }[] | undefined;
}): string[] {
  return (answer.diagnostics ?? []).map(({ summary = "" }) => summary.slice(0, 6));
}

test("readResource() keeps spelling, time limits and private bytes, and stores no secret", async () => {
  const harness = await harnessOf({
    read: (_, state) => Promise.resolve({ ...state, metro: "da", secret: "seen" }),
  });
  const state = { ...STATE, timeouts: { create: "1m", read: null, update: null, delete: null } };

  const answer = await harness.read(state);

  expect(answer.state).toEqual(state);
  expect(answer.private).toEqual(Buffer.from("private"));
});

test("readResource() answers null for what is gone, and keeps the state on a fault", async () => {
  const gone = await harnessOf({ read: () => Promise.resolve(undefined) });
  const broken = await harnessOf({ read: () => Promise.reject(new Error("oops")) });
  const hostile = await harnessOf({
    read: (_, it) => Promise.resolve({ ...it, metro: 5 as never }),
  });

  expect((await gone.read(STATE)).state).toBeNull();
  expect((await broken.read(STATE)).state).toEqual(STATE);
  expect(summaries(await hostile.read(STATE))).toEqual(["AS3001"]);
  expect((await hostile.read(STATE)).state).toEqual(STATE);
});

test("readResource() passes warnings on", async () => {
  const harness = await harnessOf({
    read({ warn }, state) {
      warn(fault("AS1820", "metro"));
      return Promise.resolve(state);
    },
  });

  const [diagnostic] = (await harness.read(STATE)).diagnostics ?? [];

  expect(diagnostic).toMatchObject({
    severity: 2,
    attribute: { steps: [{ attribute_name: "metro" }] },
  });
});

test("importResourceState() fails on what does not exist, and on types without import", async () => {
  const some = await harnessOf({
    importState: (_, id) => Promise.resolve(id === "1" ? { ...STATE, secret: "x" } : undefined),
  });
  const none = await harnessOf({});

  expect((await some.import("1")).state).toEqual(STATE);
  expect(summaries(await some.import("2"))).toEqual(["AS1805"]);
  expect(summaries(await none.import("1"))).toEqual(["AS1806"]);
});

test("upgradeResourceState() passes state of the current version through, byte by byte", async () => {
  const { service } = await harnessOf({ version: 2 });
  const json = Buffer.from('{"sizes":[0.10, 123456789012345678901234567890]}');

  const answer = await service.UpgradeResourceState({
    type_name: "armstead_thing",
    version: 2,
    raw_state: { json },
  });

  expect(answer.upgraded_state?.json).toBe(json);
});

test("upgradeResourceState() mends older state and loses no digit", async () => {
  const { service } = await harnessOf({
    version: 2,
    upgrade: (version, { size, ...rest }) => ({ ...rest, sizes: [size, version] }),
  });
  const json = Buffer.from('{"size":123456789012345678901234567890,"id":"1"}');

  const answer = await service.UpgradeResourceState({
    type_name: "armstead_thing",
    version: 1,
    raw_state: { json },
  });

  const text = Buffer.from(answer.upgraded_state?.json ?? []).toString();
  expect(text).toBe('{"id":"1","sizes":[123456789012345678901234567890,1]}');
});

test("upgradeResourceState() refuses state that it has no way up from", async () => {
  const { service } = await harnessOf({ version: 2 });
  const type_name = "armstead_thing";

  const old = service.UpgradeResourceState({
    type_name,
    version: 1,
    raw_state: { json: Buffer.from("{}") },
  });
  const ancient = service.UpgradeResourceState({
    type_name,
    version: 2,
    raw_state: { flatmap: [{}] },
  });

  expect(summaries(await old)).toEqual(["AS1807"]);
  expect(summaries(await ancient)).toEqual(["AS1807"]);
});

test("validateResourceConfig() tells all faults, with a path of two steps at most", async () => {
  const harness = await harnessOf({
    validate: () => [fault("AS1820", "sizes[3].inner.deep"), fault("AS1821", 'metro["a.b"]')],
  });
  const timeouts = { create: "soon", read: "0s", update: "1h30m", delete: UNKNOWN };

  const { diagnostics = [] } = await harness.validate({ metro: UNKNOWN, timeouts });

  expect(diagnostics.map(({ attribute }) => attribute?.steps)).toEqual([
    [{ attribute_name: "timeouts" }, { element_key_string: "create" }],
    [{ attribute_name: "timeouts" }, { element_key_string: "read" }],
    [{ attribute_name: "sizes" }, { element_key_int: 3 }],
    [{ attribute_name: "metro" }, { element_key_string: "a.b" }],
  ]);
  expect(diagnostics[2]?.detail).toContain("sizes[3].inner.deep");
});

test("validateResourceConfig() refuses numbers that a resource could not hold", async () => {
  const harness = await harnessOf({});

  const answer = await harness.validate({ metro: "da", sizes: [1, new Decimal("1".repeat(30))] });

  expect(summaries(answer)).toEqual(["AS1808"]);
  expect(answer.diagnostics?.[0]?.attribute?.steps?.[1]).toEqual({ element_key_int: 1 });
});

test("validateResourceConfig() refuses null as an element", async () => {
  const harness = await harnessOf({ validate: () => [fault("AS1820", "not asked")] });

  const answer = await harness.validate({ metro: "da", sizes: [1, null] });

  expect(summaries(answer)).toEqual(["AS1811"]);
  expect(answer.diagnostics?.[0]?.detail).toContain("sizes[1]");
});

test("validateResourceConfig() refuses a write-only value where Terraform would store it", async () => {
  const harness = await harnessOf({});
  const config = harness.encode({ metro: "da", secret: "hunter2" });

  const answer = await harness.service.ValidateResourceConfig({
    type_name: "armstead_thing",
    config,
  });

  expect(summaries(answer)).toEqual(["AS1804"]);
  expect(JSON.stringify(answer)).not.toContain("hunter2");
});

test("validateResourceConfig() tells a value that cannot be read, such as a key __proto__", async () => {
  const { service } = await harnessOf({});
  const msgpack = Buffer.concat([
    Buffer.from("81a9", "hex"),
    Buffer.from("__proto__"),
    Buffer.from("c0", "hex"),
  ]);

  const answer = await service.ValidateResourceConfig({
    type_name: "armstead_thing",
    config: { msgpack },
  });

  expect(summaries(answer)).toEqual(["AS1809"]);
});

test("configureProvider() makes no client from unknown values, which is no fault", async () => {
  const { service, session } = providerWith({ token: UNKNOWN });

  const answer = await service.ConfigureProvider({ config: session.config });

  expect(answer.diagnostics ?? []).toEqual([]);
  expect(session.it.client).toBeUndefined();
});

test("configureProvider() tells faults without the token", async () => {
  const { service, session } = providerWith({ token: "hunter2hunter2" });

  const answer = await service.ConfigureProvider({ config: session.config });

  expect(summaries(answer)).toEqual(["AS1801"]);
  expect(JSON.stringify(answer)).not.toContain("hunter2");
});

test("getProviderSchema() has every resource with its time limits, and data sources", async () => {
  const { service } = await harnessOf({ version: 3 });

  const answer = await service.GetProviderSchema({});

  const thing = answer.resource_schemas?.armstead_thing;
  expect(thing?.version).toBe(3);
  expect(thing?.block?.attributes?.map(({ name }) => name)).toEqual([
    ...Object.keys(SCHEMA),
    "timeouts",
  ]);
  expect(answer.provider?.block?.attributes).toEqual([]);
  expect(answer.server_capabilities).toEqual({ get_provider_schema_optional: true });
});

function providerWith(config: { readonly token: unknown }) {
  const provider: Provider<object> = {
    schema: { token: { type: "string", optional: true, sensitive: true, doc: "" } },
    configure: ({ token }) =>
      Promise.reject(
        new UserFault([fault("AS1801", "token", { given: token, hint: `not ${String(token)}` })]),
      ),
    resources: [],
    dataSources: [],
  };
  const it = new Session(provider, () => undefined);
  const encoded = encodeValue(config, ["object", { token: "string" }]);
  return { service: createService(it), session: { it, config: encoded } };
}
