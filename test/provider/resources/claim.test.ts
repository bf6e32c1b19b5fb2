import type { ClaimModel } from "../../../provider/resources/claim";
import { claimResource } from "../../../provider/resources/claim";
import { UNKNOWN } from "../../../provider/framework/unknown";
import { apiFault, idOf, PROJECT } from "../../support/memory-api";
import { TestWorld } from "../../support/resource-context";
import { rejection } from "../../support/scripted-api";

class ClaimWorld extends TestWorld<ClaimModel> {
  readonly resource = claimResource(this.environment);
  readonly state: ClaimModel = {
    id: idOf(77),
    name: "edge",
    project_id: PROJECT,
    force_delete: null,
  };
  readonly seen = `armstead-claim:${idOf(77)}`;
  /** Of what Terraform was told, and no refresh has seen. */
  readonly told = [this.seen, "armstead-name:n1"];
}

test("a claim makes nothing in the API, and reads as it is stored", async () => {
  const world = new ClaimWorld();
  const plan = { id: UNKNOWN, name: "edge", project_id: PROJECT, force_delete: null };

  const state = await world.resource.create(world.context(), plan, world.state);

  expect(state).toEqual({ ...world.state, id: idOf(901) });
  expect(await world.resource.read(world.context(), state)).toEqual(state);
  expect(world.api.calls).toEqual([]);
});

test("deleting a claim removes what carries its tag, and nothing else", async () => {
  const world = new ClaimWorld();
  world.api.add({ tags: world.told });
  world.api.add({ tags: [...world.told, "armstead-apply:x"] }, "failed");
  const other = world.api.add({ tags: [`armstead-claim:${idOf(78)}`] });
  await world.api.createSshKey(PROJECT, { label: "a", key: "k", tags: world.told }, {});
  await world.api.createSshKey(undefined, { label: "b", key: "k", tags: world.told }, {});
  const kept = await world.api.createSshKey(PROJECT, { label: "c", key: "k", tags: [] }, {});

  await world.resource.delete(world.context(), world.state);

  expect([...world.api.devices.keys()]).toEqual([other.id]);
  expect([...world.api.keys.keys()]).toEqual([kept.id]);
});

test("deleting a claim leaves what a state has, tells it, and removes the rest", async () => {
  const world = new ClaimWorld();
  const owned = world.api.add({ tags: [world.seen], hostname: "live" });
  world.api.add({ tags: world.told });
  const input = { label: "used", key: "k", tags: [world.seen] };
  const key = await world.api.createSshKey(PROJECT, input, {});

  const fault = await rejection(world.resource.delete(world.context(), world.state));

  expect(fault).toMatchObject({ code: "AS2125" });
  expect(String(fault)).toContain(`device live (${owned.id}): a resource has it`);
  expect(String(fault)).toContain(`SSH key used (${key.id}): a resource has it`);
  expect([...world.api.devices.keys()]).toEqual([owned.id]);
  expect([...world.api.keys.keys()]).toEqual([key.id]);
});

test("deleting a claim removes what a state had when it is told to", async () => {
  const world = new ClaimWorld();
  world.api.add({ tags: [world.seen] });

  await world.resource.delete(world.context(), { ...world.state, force_delete: true });

  expect(world.api.devices.size).toBe(0);
});

test("deleting a claim that holds nothing looks once", async () => {
  const world = new ClaimWorld();

  await world.resource.delete(world.context(), world.state);

  expect(world.api.countOf("listDevices")).toBe(1);
  expect(world.waits).toEqual([]);
});

test("deleting a claim waits for devices that are still being provisioned", async () => {
  const world = new ClaimWorld();
  world.api.add({ tags: world.told }, "provisioning");
  const busy = (): void => {
    throw apiFault("AS2111");
  };
  world.api.before.deleteDevice = [busy, busy, busy, busy, busy, busy, busy];

  await world.resource.delete(world.context(), world.state);

  expect(world.api.devices.size).toBe(0);
});

test("C-076 deleting a claim tells what is locked, after removing the rest", async () => {
  const world = new ClaimWorld();
  const locked = world.api.add({ tags: world.told, hostname: "vault" });
  world.api.add({ tags: world.told });
  world.api.before.deleteDevice = Array.from({ length: 20 }, () => (id: unknown) => {
    if (id === locked.id) throw apiFault("AS2105", "Cannot delete a locked item");
  });

  const fault = await rejection(world.resource.delete(world.context(), world.state));

  expect(fault).toMatchObject({ code: "AS2125" });
  expect(String(fault)).toContain(`device vault (${locked.id})`);
  expect([...world.api.devices.keys()]).toEqual([locked.id]);
});

test("deleting a claim is content when its project is gone", async () => {
  const world = new ClaimWorld();
  const gone = (): void => {
    throw apiFault("AS2103");
  };
  world.api.before.listDevices = [gone];
  world.api.before.listSshKeys = [gone];

  await expect(world.resource.delete(world.context(), world.state)).resolves.toBeUndefined();
});

test("deleting a claim works with a token that sees no user keys, and not without permission", async () => {
  const denied = (): void => {
    throw apiFault("AS2102");
  };
  const narrow = new ClaimWorld();
  narrow.api.before.listSshKeys = [() => undefined, denied];
  const none = new ClaimWorld();
  none.api.before.listDevices = [denied];

  await expect(narrow.resource.delete(narrow.context(), narrow.state)).resolves.toBeUndefined();
  expect(await rejection(none.resource.delete(none.context(), none.state))).toMatchObject({
    code: "AS2102",
  });
});

test("a claim whose state was lost is imported by project and id", async () => {
  const world = new ClaimWorld();
  const { resource } = world;

  const state = await resource.importState?.(world.context(), `${PROJECT}/${idOf(77)}`);

  expect(state).toEqual({ ...world.state, name: "", force_delete: true });
  expect(
    await rejection(
      Promise.resolve().then(() => resource.importState?.(world.context(), idOf(77))),
    ),
  ).toMatchObject({ faults: [{ code: "AS1858" }] });
});
