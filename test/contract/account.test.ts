/** Section 2: projects, SSH keys of both kinds, API keys. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { makeProject, newPublicKey } from "../support/contract-steps";

const lab = useLab({ timeScale: 0 });

const organizations = z.looseObject({ organizations: z.array(wire.reference).min(1) });
const apiKeyList = z.looseObject({ api_keys: z.array(wire.apiKey) });

async function user() {
  return (await lab.api.get("/user")).is(200).as(wire.user);
}

test("C-028 S a new project is the default organization's unless it names one; names have 1 to 80 characters", async () => {
  const { api } = lab;
  const { default_organization_id: home } = await user();
  const known = (await api.get("/organizations")).is(200).as(organizations).organizations;
  const chosen = known.map((it) => it.href.split("/").at(-1) ?? "").at(-1) ?? "";

  const plain = await makeProject(api, "x".repeat(80));
  const placed = (await api.post("/projects", { name: "o", organization_id: chosen })).is(201);
  const below = (await api.post(`/organizations/${home}/projects`, { name: "below" })).is(201);

  expect(plain.organization.href).toBe(`/organizations/${home}`);
  expect(placed.as(wire.project).organization.href).toBe(`/organizations/${chosen}`);
  expect(below.as(wire.project).organization.href).toBe(`/organizations/${home}`);
  (await api.post("/projects", { name: "o", organization_id: randomUUID() })).is(403, 404, 422);
  for (const name of ["", "x".repeat(81), "four bytes \u{1f427}"])
    expect((await api.post("/projects", { name })).is(422).errors.join()).toMatch(/name/i);
});

test("C-029 S an update changes what it names and nothing else", async () => {
  const { api } = lab;
  const body = { name: "before", tags: ["a", "b"], customdata: { x: 1 } };
  const made = (await api.post("/projects", body)).is(201).as(wire.project);

  (await api.put(made.href, { backend_transfer_enabled: true })).is(200);
  const named = (await api.put(made.href, { name: "after" })).is(200).as(wire.project);
  const read = (await api.get(made.href)).as(wire.project);

  expect(made.backend_transfer_enabled).toBe(false);
  for (const it of [named, read])
    expect(it).toMatchObject({
      ...body,
      name: "after",
      backend_transfer_enabled: true,
      organization: made.organization,
      created_at: made.created_at,
    });
  (await api.put(made.href, { name: "" })).is(422);
  expect((await api.get(made.href)).as(wire.project).name).toBe("after");
});

test("C-030 S keys of both kinds are read at one path, and say whose they are", async () => {
  const { api } = lab;
  const project = await makeProject(api);
  const { id: userId } = await user();

  const ofProject = (
    await api.post(`${project.href}/ssh-keys`, { label: "p", key: newPublicKey().line })
  ).is(201);
  const ofUser = (await api.post("/ssh-keys", { label: "u", key: newPublicKey().line })).is(201);

  for (const [answer, owner] of [
    [ofProject, project.href],
    [ofUser, `/users/${userId}`],
  ] as const) {
    const { href, label } = answer.as(wire.sshKey);
    expect((await api.get(href)).is(200).as(wire.sshKey).entity.href).toBe(owner);
    const renamed = (await api.put(href, { label: `${label}2` })).is(200).as(wire.sshKey);
    expect(renamed).toMatchObject({ label: `${label}2`, key: answer.as(wire.sshKey).key });
    (await api.delete(href)).is(204);
    (await api.get(href)).is(404);
  }
});

test("C-031 S a key has the MD5 fingerprint of its blob; what is no key, or is known, is refused", async () => {
  const { api } = lab;
  const project = await makeProject(api);
  const keys = `${project.href}/ssh-keys`;
  const { line, fingerprint } = newPublicKey("someone@somewhere");
  const [, blob = ""] = line.split(" ");

  const made = (await api.post(keys, { label: "good", key: line })).is(201).as(wire.sshKey);

  expect(made).toMatchObject({ fingerprint, key: line });
  const garbage = ["", "garbage", "ssh-ed25519", "ssh-ed25519 AAAA", `ssh-rsa ${blob}`, line];
  for (const key of garbage)
    expect((await api.post(keys, { label: "bad", key })).is(422).errors.join()).toMatch(/key/i);
  expect((await api.put(made.href, { key: "garbage" })).is(422).errors.join()).toMatch(/key/i);
  const other = newPublicKey();
  expect((await api.put(made.href, { key: other.line })).is(200).as(wire.sshKey)).toMatchObject({
    fingerprint: other.fingerprint,
    label: "good",
  });
});

test("C-032 S the user's list has no project keys, and a project's list no others", async () => {
  const { api } = lab;
  const project = await makeProject(api);
  const add = async (path: string, label: string) =>
    (await api.post(path, { label, key: newPublicKey().line })).is(201).as(wire.sshKey);
  const list = async (path: string) =>
    (await api.get(path))
      .is(200)
      .as(wire.sshKeys)
      .ssh_keys.map((it) => it.id);

  const ofProject = await add(`${project.href}/ssh-keys`, "of-the-project");
  const ofUser = await add("/ssh-keys", "of-the-user");

  expect(await list(`${project.href}/ssh-keys`)).toEqual([ofProject.id]);
  expect(await list("/ssh-keys")).toContain(ofUser.id);
  expect(await list("/ssh-keys")).not.toContain(ofProject.id);
  expect(await list("/ssh-keys?search=of-the-user")).toEqual([ofUser.id]);
  expect(await list(`${project.href}/ssh-keys?query=of-the-project`)).toEqual([ofProject.id]);
  expect(await list(`${project.href}/ssh-keys?query=of-the-user`)).toEqual([]);
});

test("C-033 S an API key works at once, and not any more after its deletion", async () => {
  const { api } = lab;
  const project = await makeProject(api);
  const ways = [
    { list: "/user/api-keys", one: "/user/api-keys" },
    { list: `${project.href}/api-keys`, one: "/api-keys" },
  ];

  for (const { list, one } of ways) {
    const key = (await api.post(list, { description: "exam" })).is(201).as(wire.apiKey);
    const { api_keys: listed } = (await api.get(list)).is(200).as(apiKeyList);
    expect(listed.map((it) => it.id)).toContain(key.id);

    (await api.as(key.token).get(project.href)).is(200);
    (await api.delete(`${one}/${key.id}`)).is(204);
    (await api.as(key.token).get(project.href)).is(401);
  }
});
