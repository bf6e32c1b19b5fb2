import { sshKeyResource, type SshKeyModel } from "../../../provider/resources/ssh-key";
import { UNKNOWN } from "../../../provider/framework/unknown";
import type { Partially } from "../../../provider/framework/resource";
import { apiFault, idOf, PROJECT } from "../../support/memory-api";
import { planOf } from "../../support/plan-of";
import { TestWorld } from "../../support/resource-context";
import { rejection } from "../../support/scripted-api";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMyKeyMyKeyMyKey me@home";
const CLAIM = idOf(77);
const SEEN = `armstead-claim:${CLAIM}`;
const TOLD = [SEEN, "armstead-name:me"];
/** Of a create that was cut off. */
const MARKS = [...TOLD, `armstead-apply:${idOf(66)}`];
const CONFIG = { project_id: PROJECT, label: "me", public_key: KEY };

class KeyWorld extends TestWorld<SshKeyModel> {
  readonly resource = sshKeyResource(this.environment);

  create(given: Partial<SshKeyModel> = {}): Promise<SshKeyModel> {
    return this.resource.create(this.context(), this.plan(given), {} as SshKeyModel);
  }

  plan(given: Partial<SshKeyModel>): Partially<SshKeyModel> {
    const computed = { id: UNKNOWN, fingerprint: UNKNOWN, owner_id: UNKNOWN };
    return { ...computed, tags: null, claim_id: null, ...CONFIG, ...given };
  }
}

test("a key is made, read back as it is, and deleted", async () => {
  const world = new KeyWorld();

  const state = await world.create({ tags: ["a"] });

  expect(state).toMatchObject({ ...CONFIG, tags: ["a"], owner_id: PROJECT });
  expect(await world.resource.read(world.context(), state)).toEqual(state);
  expect((await planOf(world.resource, { ...CONFIG, tags: ["a"] }, state)).changed).toEqual([]);
  await world.resource.delete(world.context(), state);
  expect(await world.resource.read(world.context(), state)).toBeUndefined();
});

test("a line break at the end of the key is no difference", async () => {
  const world = new KeyWorld();
  const state = await world.create({ public_key: `${KEY}\n` });

  expect(world.api.keys.get(state.id)?.key).toBe(KEY);
  expect(
    (await planOf(world.resource, { ...CONFIG, public_key: `${KEY}\n` }, state)).changed,
  ).toEqual([]);
});

test("label, key and tags change in place, and the fingerprint with the key", async () => {
  const world = new KeyWorld();
  const state = await world.create({ claim_id: CLAIM });
  const given = { label: "you", public_key: KEY.replace("My", "Yo"), claim_id: CLAIM };

  const plan = await planOf(world.resource, { ...CONFIG, ...given }, state);
  const model = await world.resource.update(world.context(), world.plan(given), state, state);

  expect(plan).toMatchObject({ changed: ["label", "public_key", "fingerprint"], replaces: [] });
  expect(model).toMatchObject(given);
  expect(world.api.keys.get(state.id)?.tags).toEqual([SEEN]);
});

test("another project replaces the key", async () => {
  const world = new KeyWorld();
  const state = await world.create();

  const plan = await planOf(world.resource, { ...CONFIG, project_id: null }, state);

  expect(plan.replaces).toEqual(["project_id"]);
});

test("createSshKey() takes over what an interrupted create of the claim has left", async () => {
  const world = new KeyWorld();
  const left = await world.api.createSshKey(PROJECT, { label: "me", key: "old", tags: MARKS }, {});

  const state = await world.create({ claim_id: CLAIM });

  expect(state).toMatchObject({ id: left.id, public_key: KEY, claim_id: CLAIM });
  expect(world.api.keys.size).toBe(1);
});

test.each([null, CLAIM])("C-022 a lost answer is looked up by tag (claim %s)", async (claim_id) => {
  const world = new KeyWorld();
  world.api.before.createSshKey = [
    (_, input) => {
      void world.api.createSshKey(PROJECT, input as never, {});
      throw apiFault("AS2003");
    },
  ];

  const state = await world.create({ claim_id });

  expect(world.api.keys.size).toBe(1);
  expect(world.kept).toEqual([state]);
});

test("C-022 a lost answer of which nothing came is told", async () => {
  const world = new KeyWorld();
  world.api.before.createSshKey = [
    () => {
      throw apiFault("AS2003");
    },
  ];

  expect(await rejection(world.create())).toMatchObject({ code: "AS2003" });
});

const refuse = (): void => {
  throw apiFault("AS2104", "Key has already been taken");
};

test("a duplicate that an interrupted create of the claim has left is taken over", async () => {
  const world = new KeyWorld();
  const tags = [SEEN, "armstead-name:old-label", `armstead-apply:${idOf(66)}`];
  await world.api.createSshKey(PROJECT, { label: "old-label", key: KEY, tags }, {});
  world.api.before.createSshKey = [refuse];

  const state = await world.create({ claim_id: CLAIM });

  expect(state).toMatchObject({ label: "me", public_key: KEY });
  expect(world.api.keys.get(state.id)?.tags).toEqual(TOLD);
});

test.each([
  ["somebody else's", []],
  ["another cluster's", [`armstead-claim:${idOf(78)}`]],
  ["another resource's", [SEEN]],
  ["another resource's that no refresh has seen", [SEEN, "armstead-name:you"]],
])("the refusal of a duplicate that is %s says which key it is", async (_, tags) => {
  const world = new KeyWorld();
  const theirs = await world.api.createSshKey(PROJECT, { label: "laptop", key: KEY, tags }, {});
  world.api.before.createSshKey = [refuse];

  const fault = await rejection(world.create({ claim_id: CLAIM, public_key: `${KEY} again` }));

  expect(fault).toMatchObject({ faults: [{ code: "AS1868", path: "public_key" }] });
  expect(String(fault)).toContain(
    `project ${PROJECT} has this public key already, as SSH key ${theirs.id} with the label "laptop"`,
  );
  expect([...world.api.keys.values()]).toEqual([theirs]);
});

test("another refusal is passed on", async () => {
  const world = new KeyWorld();
  world.api.before.createSshKey = [refuse];

  expect(await rejection(world.create({ claim_id: CLAIM }))).toMatchObject({ code: "AS2104" });
});

test("a key of the same label that a state has is left alone", async () => {
  const world = new KeyWorld();
  const other = { label: "me", key: KEY.replace("My", "Yo"), tags: [SEEN] };
  const theirs = await world.api.createSshKey(PROJECT, other, {});

  const state = await world.create({ claim_id: CLAIM });

  expect([...world.api.keys.keys()]).toEqual([theirs.id, state.id]);
  expect(world.api.keys.get(theirs.id)).toEqual(theirs);
});

test("whose key it is that Terraform was told of and no refresh has seen is not guessed", async () => {
  const world = new KeyWorld();
  const told = await world.api.createSshKey(PROJECT, { label: "me", key: "old", tags: TOLD }, {});

  const fault = await rejection(world.create({ claim_id: CLAIM }));

  expect(fault).toMatchObject({ faults: [{ code: "AS1867", path: "label" }] });
  expect(String(fault)).toContain(`SSH key ${told.id}`);
  expect([...world.api.keys.values()]).toEqual([told]);
});

test("one key is never two resources, also when they are made at once", async () => {
  const world = new KeyWorld();

  const ends = await Promise.allSettled([
    world.create({ claim_id: CLAIM }),
    world.create({ claim_id: CLAIM, public_key: KEY.replace("My", "Yo") }),
  ]);
  const third = await rejection(world.create({ claim_id: CLAIM }));

  const made = ends.flatMap((it) => (it.status === "fulfilled" ? [it.value.id] : []));
  expect(new Set(made).size).toBe(made.length);
  expect(third).toMatchObject({ faults: [{ code: "AS1860", path: "label" }] });
});

test("read() tells the API that a state has the key, and works with a token that may only read", async () => {
  const world = new KeyWorld();
  const state = await world.create({ claim_id: CLAIM, tags: ["a"] });
  world.api.before.updateSshKey = [
    () => {
      throw apiFault("AS2102");
    },
  ];

  expect(world.api.keys.get(state.id)?.tags).toEqual(["a", ...TOLD]);
  expect(await world.resource.read(world.context(), state)).toEqual(state);
  expect(world.api.keys.get(state.id)?.tags).toEqual(["a", ...TOLD]);
  expect(await world.resource.read(world.context(), state)).toEqual(state);
  expect(world.api.keys.get(state.id)?.tags).toEqual(["a", SEEN]);
});

test.each([
  ["becomes another one", idOf(6)],
  ["is replaced", UNKNOWN],
  ["is taken away", null],
])("the key is replaced when its claim %s", async (_, claim_id) => {
  const world = new KeyWorld();
  const state = await world.create({ claim_id: CLAIM });

  const plan = await planOf(world.resource, { ...CONFIG, claim_id }, state);

  expect(plan.replaces).toEqual(["claim_id"]);
});

test("C-117 an imported key plans nothing for a configuration with its values", async () => {
  const world = new KeyWorld();
  const made = await world.create({ claim_id: CLAIM, tags: ["a"] });

  const state = await world.resource.importState?.(world.context(), made.id);

  const config = { ...CONFIG, claim_id: CLAIM, tags: ["a"] };
  expect(state).toEqual(made);
  expect((await planOf(world.resource, config, state ?? null)).changed).toEqual([]);
  expect(await world.resource.importState?.(world.context(), idOf(404))).toBeUndefined();
});

test("validate() never shows what was given for a key: it may be a private one", () => {
  const { resource } = new KeyWorld();
  const secret = "-----BEGIN OPENSSH PRIVATE KEY-----";

  const faults = resource.validate?.(
    new KeyWorld().plan({ public_key: secret, tags: ["armstead-name:x"] }),
  );

  expect(faults).toMatchObject([{ code: "AS1855" }, { code: "AS1859" }]);
  expect(JSON.stringify(faults)).not.toContain("PRIVATE");
});
