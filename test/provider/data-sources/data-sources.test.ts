import { deviceDataSource } from "../../../provider/data-sources/device";
import { metrosDataSource } from "../../../provider/data-sources/metros";
import { operatingSystemsDataSource } from "../../../provider/data-sources/operating-systems";
import { isWanted, plansDataSource } from "../../../provider/data-sources/plans";
import { projectDataSource } from "../../../provider/data-sources/project";
import { sshKeyDataSource } from "../../../provider/data-sources/ssh-key";
import { UNKNOWN } from "../../../provider/framework/unknown";
import { idOf, PROJECT } from "../../support/memory-api";
import { TestWorld } from "../../support/resource-context";
import { rejection } from "../../support/scripted-api";

const PLAN = {
  id: "1",
  slug: "c3.large.arm64",
  name: "c3.large.arm64",
  class: "c3.large.arm64",
  line: "baremetal",
  legacy: false,
  deploymentTypes: ["on_demand"],
  metros: ["da", "dc"],
  pricePerHour: 2.5,
  cpus: 1,
  memory: "256GB",
};
const NOTHING = { metro: null, arm64_only: null };

test.each([
  ["no filter", {}, NOTHING, true],
  ["a line that is no server", { line: "storage" }, NOTHING, false],
  ["the metro in capitals", {}, { ...NOTHING, metro: "DA" }, true],
  ["another metro", {}, { ...NOTHING, metro: "sv" }, false],
  ["ARM by slug", {}, { ...NOTHING, arm64_only: true }, true],
  [
    "ARM by class",
    { slug: "baremetal_2a", class: "c1.large.arm" },
    { ...NOTHING, arm64_only: true },
    true,
  ],
  [
    "no ARM",
    { slug: "m3.large.x86", class: "m3.large.x86" },
    { ...NOTHING, arm64_only: true },
    false,
  ],
])("isWanted() with %s", (_, plan, filter, wanted) => {
  expect(isWanted({ ...PLAN, ...plan }, filter)).toBe(wanted);
});

test("armstead_plans are sorted by slug", async () => {
  const world = new TestWorld();
  world.api.plans = [PLAN, { ...PLAN, slug: "c1.large.arm", pricePerHour: undefined }];

  const found = await plansDataSource.read(world.context(), { slug: null, plans: [], ...NOTHING });

  expect(found.plans).toMatchObject([
    { slug: "c1.large.arm", price_per_hour: null },
    { slug: "c3.large.arm64", price_per_hour: 2.5, metros: ["da", "dc"] },
  ]);
});

test("armstead_operating_systems shows those of a device plan", async () => {
  const world = new TestWorld();
  const system = { id: "1", slug: "b", name: "B", distro: "b", version: "1" };
  world.api.systems = [
    { ...system, provisionableOn: ["p"] },
    { ...system, slug: "a", provisionableOn: ["p", "q"] },
    { ...system, slug: "c", provisionableOn: [] },
  ];

  const filter = { provisionable_on: "p", operating_systems: [] };
  const found = await operatingSystemsDataSource.read(world.context(), filter);

  expect(found.operating_systems.map(({ slug }) => slug)).toEqual(["a", "b"]);
});

test("armstead_metros are sorted by code", async () => {
  const world = new TestWorld();
  const metro = { id: "1", name: "", country: "US" };
  world.api.metros = ["sv", "da"].map((code) => ({ ...metro, code }));

  const { metros } = await metrosDataSource.read(world.context(), { metros: [] });

  expect(metros.map(({ code }) => code)).toEqual(["da", "sv"]);
});

test("armstead_project is found by id or by name, and must be one", async () => {
  const world = new TestWorld();
  const { id } = await world.api.createProject({ name: "one" }, {});
  await world.api.createProject({ name: "two" }, {});
  await world.api.createProject({ name: "two" }, {});
  const find = (given: { id?: string; name?: string }) =>
    projectDataSource.read(world.context(), { id: null, name: null, ...given } as never);

  expect(await find({ id })).toMatchObject({ id, name: "one" });
  expect(await find({ name: "one" })).toMatchObject({ id, name: "one" });
  const faults = [await rejection(find({ name: "two" })), await rejection(find({ id: idOf(9) }))];
  expect(faults).toMatchObject([
    { faults: [{ code: "AS1863", path: "name", problem: "2 objects found for" }] },
    { faults: [{ code: "AS1863", path: "id", problem: "0 objects found for" }] },
  ]);
});

test("armstead_device is found by id, or by host name within a project", async () => {
  const world = new TestWorld();
  const { id } = world.api.add({ hostname: "n1", tags: ["a", "armstead-name:n1"] });
  const find = (given: object) =>
    deviceDataSource.read(world.context(), {
      id: null,
      hostname: null,
      project_id: null,
      ...given,
    } as never);

  const shown = { id, hostname: "n1", tags: ["a"], access_public_ipv4: "127.1.0.2" };
  expect(await find({ id })).toMatchObject(shown);
  expect(await find({ hostname: "n1", project_id: PROJECT })).toMatchObject(shown);
  expect(await rejection(find({ hostname: "n2", project_id: PROJECT }))).toMatchObject({
    faults: [{ code: "AS1863", path: "hostname" }],
  });
});

test("look-ups want exactly one way, and wait for what is unknown", () => {
  const check = (given: object): unknown =>
    deviceDataSource
      .validate?.({ id: null, hostname: null, project_id: null, ...given } as never)
      .map(({ code, path }) => `${code} ${path}`);

  expect(check({ id: "x" })).toEqual([]);
  expect(check({ hostname: "x", project_id: "p" })).toEqual([]);
  expect(check({ id: UNKNOWN })).toEqual([]);
  expect(check({})).toEqual(["AS1862 "]);
  expect(check({ id: "x", hostname: "y", project_id: "p" })).toEqual(["AS1862 "]);
  expect(check({ hostname: "y" })).toEqual(["AS1862 project_id"]);
});

describe("armstead_ssh_key", () => {
  const LINE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMyKeyMyKeyMyKey";
  const ask = { id: null, label: null, public_key: null, project_id: PROJECT };
  const rest = { tags: [], claim_id: null, fingerprint: "", owner_id: "" };
  const read = async (given: object) => {
    const world = new TestWorld();
    const tags = ["a", `armstead-claim:${idOf(7)}`, "armstead-name:laptop"];
    const input = { label: "laptop", key: `${LINE} me@home`, tags };
    const key = await world.api.createSshKey(PROJECT, input, {});
    await world.api.createSshKey(PROJECT, { label: "other", key: "k" }, {});
    await world.api.createSshKey(PROJECT, { label: "other", key: "l" }, {});
    await world.api.createSshKey(undefined, { label: "own", key: "m" }, {});
    const config = { ...ask, ...rest, ...given };
    return { key, found: sshKeyDataSource.read(world.context(), config) };
  };

  test.each([
    ["id", { id: idOf(1), project_id: null }],
    ["label", { label: "laptop" }],
    ["content, whatever the comment", { public_key: `${LINE} you@work` }],
  ])("is found by its %s", async (_, given) => {
    const { key, found } = await read(given);

    expect(await found).toEqual({
      id: key.id,
      label: "laptop",
      public_key: `${LINE} me@home`,
      tags: ["a"],
      claim_id: idOf(7),
      fingerprint: key.fingerprint,
      owner_id: PROJECT,
      project_id: PROJECT,
      ...given,
    });
  });

  test("is the user's without a project", async () => {
    const { found } = await read({ label: "own", project_id: null });

    expect(await found).toMatchObject({ label: "own", owner_id: "u" });
  });

  test.each([
    ["none", { label: "nobody" }, "label"],
    ["two of a label", { label: "other" }, "label"],
    ["none of an id", { id: idOf(404) }, "id"],
    ["none of a content", { public_key: `${LINE}x` }, "public_key"],
  ])("is refused when there is %s", async (_, given, path) => {
    const { found } = await read(given);

    expect(await rejection(found)).toMatchObject({ faults: [{ code: "AS1863", path }] });
  });

  test("takes exactly one of id, label and content", () => {
    const config = { ...ask, ...rest };

    expect(sshKeyDataSource.validate?.(config)).toMatchObject([{ code: "AS1862" }]);
    expect(sshKeyDataSource.validate?.({ ...config, id: "a", label: "b" })).toHaveLength(1);
    expect(sshKeyDataSource.validate?.({ ...config, public_key: UNKNOWN })).toEqual([]);
  });
});
