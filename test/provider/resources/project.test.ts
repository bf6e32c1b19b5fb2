import type { Partially } from "../../../provider/framework/resource";
import { UNKNOWN } from "../../../provider/framework/unknown";
import { projectResource, type ProjectModel } from "../../../provider/resources/project";
import { apiFault, idOf } from "../../support/memory-api";
import { planOf } from "../../support/plan-of";
import { TestWorld } from "../../support/resource-context";
import { rejection } from "../../support/scripted-api";

class ProjectWorld extends TestWorld<ProjectModel> {
  readonly resource = projectResource(this.environment);

  create(given: Partial<ProjectModel> = {}): Promise<ProjectModel> {
    return this.resource.create(this.context(), this.plan(given), {} as ProjectModel);
  }

  plan(given: Partial<ProjectModel>): Partially<ProjectModel> {
    const computed = { id: UNKNOWN, organization_id: UNKNOWN, created_at: UNKNOWN };
    return { ...computed, name: "demo", backend_transfer_enabled: false, tags: null, ...given };
  }
}

test("a project is made, read back as it is, changed in place and deleted", async () => {
  const world = new ProjectWorld();

  const state = await world.create();
  const renamed = await world.resource.update(
    world.context(),
    world.plan({ name: "new", tags: ["a"] }),
    state,
    state,
  );

  expect(state).toMatchObject({ name: "demo", tags: null });
  expect((await planOf(world.resource, { name: "demo" }, state)).changed).toEqual([]);
  expect(renamed).toMatchObject({ id: state.id, name: "new", tags: ["a"] });
  expect(await world.resource.read(world.context(), renamed)).toEqual(renamed);
  await world.resource.delete(world.context(), renamed);
  expect(await world.resource.read(world.context(), renamed)).toBeUndefined();
});

test("the id is kept when only the second call of a create fails", async () => {
  const world = new ProjectWorld();
  world.api.before.updateProject = [
    () => {
      throw apiFault("AS2104");
    },
  ];

  expect(await rejection(world.create({ backend_transfer_enabled: true }))).toMatchObject({
    code: "AS2104",
  });
  expect(world.kept).toMatchObject([{ name: "demo", backend_transfer_enabled: false }]);
});

test("C-022 after a lost answer only a project that was not there before is taken for ours", async () => {
  const world = new ProjectWorld();
  const before = await world.api.createProject({ name: "demo" }, {});
  world.api.before.createProject = [
    () => {
      void world.api.createProject({ name: "demo" }, {});
      throw apiFault("AS2003");
    },
    () => undefined,
    () => {
      throw apiFault("AS2003");
    },
  ];

  const state = await world.create();

  expect(state.id).not.toBe(before.id);
  expect(await rejection(world.create())).toMatchObject({ code: "AS2003" });
});

test("deletion waits for devices that are on their way out, and not for others", async () => {
  const refuse = (): void => {
    throw apiFault("AS2104", "Cannot delete a project with devices");
  };
  const world = new ProjectWorld();
  const state = await world.create();
  world.api.before.ensureProjectAbsent = [refuse, undefined, refuse].flatMap((it) => it ?? []);

  await world.resource.delete(world.context(), state);
  const again = await world.create();
  world.api.add({});
  world.api.before.ensureProjectAbsent = [refuse];

  expect(world.waits).toEqual([5_000, 5_000]);
  expect(await rejection(world.resource.delete(world.context(), again))).toMatchObject({
    code: "AS2104",
  });
});

test("importState() gives the same state, and checks the id", async () => {
  const world = new ProjectWorld();
  const state = await world.create({ tags: ["a"] });

  expect(await world.resource.importState?.(world.context(), state.id)).toEqual(state);
  expect(await world.resource.importState?.(world.context(), idOf(404))).toBeUndefined();
});

test.each(["", "x".repeat(81)])("validate() refuses the name %j", (name) => {
  const world = new ProjectWorld();

  expect(world.resource.validate?.(world.plan({ name }))).toMatchObject([{ code: "AS1865" }]);
});
