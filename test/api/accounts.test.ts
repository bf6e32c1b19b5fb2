import { rejection, startScripted, stopScripted } from "../support/scripted-api";

const ID = "6f1c9a3e-97c7-4a0c-9a3c-0d9a2f4c1b11";

afterEach(stopScripted);

test("createSshKey() goes to the project, or to the user without one", async () => {
  const { api, server } = await startScripted(({ path }) => ({
    status: 201,
    json: { id: ID, key: "k", entity: { href: path.replace("/ssh-keys", "") || "/users/u" } },
  }));
  const input = { label: "me", key: "k", tags: [] };

  const keys = [
    await api.createSshKey("p1", input, {}),
    await api.createSshKey(undefined, input, {}),
  ];

  expect(server.requests.map(({ path }) => path)).toEqual(["/projects/p1/ssh-keys", "/ssh-keys"]);
  expect(keys.map(({ owner }) => owner)).toEqual([
    { kind: "project", id: "p1" },
    { kind: "user", id: "u" },
  ]);
});

test("tryGetSshKey() does not take a 403 for an absence", async () => {
  const { api } = await startScripted((_, count) => ({ status: count < 2 ? 404 : 403, json: {} }));

  expect(await api.tryGetSshKey(ID, {})).toBeUndefined();
  expect(await rejection(api.tryGetSshKey(ID, {}))).toMatchObject({ code: "AS2102" });
});

test("ensureProjectAbsent() is content when the project is gone already", async () => {
  const { api } = await startScripted(() => ({ status: 404, json: { errors: ["Not found"] } }));

  await expect(api.ensureProjectAbsent(ID, {})).resolves.toBeUndefined();
});

test("createProject() leaves the transfer switch to an update: the API takes it only there", async () => {
  const { api, server } = await startScripted(() => ({ json: { id: ID, name: "x" } }));

  await api.createProject({ name: "x", backendTransferEnabled: true }, {});
  await api.updateProject(ID, { backendTransferEnabled: true }, {});

  expect(server.requests.map(({ body }) => body)).toEqual([
    { name: "x" },
    { backend_transfer_enabled: true },
  ]);
});

test("listProjects() gives whole names only", async () => {
  const projects = ["demo", "demo-2"].map((name) => ({ id: name, name }));
  const { api } = await startScripted(() => ({ json: { projects } }));

  expect((await api.listProjects({ name: "demo" }, {})).map(({ id }) => id)).toEqual(["demo"]);
});
