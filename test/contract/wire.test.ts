/** Section 1: who may ask, what every answer looks like, how it says no. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ContractApi } from "../support/contract-api";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { JSON_TYPE, TIMESTAMP, UUID, hrefsOf, timesOf } from "../support/contract-rules";
import { makeActiveDevice, makeProject, newPublicKey } from "../support/contract-steps";

const lab = useLab({ timeScale: 0 });

/** One request to every collection and to one object of every kind. */
const REQUESTS: readonly (readonly [method: string, path: string])[] = [
  ["GET", "/user"],
  ["GET", "/projects"],
  ["POST", "/projects"],
  ["PUT", `/projects/${randomUUID()}`],
  ["DELETE", `/projects/${randomUUID()}`],
  ["GET", "/organizations"],
  ["GET", "/ssh-keys"],
  ["POST", "/ssh-keys"],
  ["GET", "/user/api-keys"],
  ["GET", "/plans"],
  ["GET", "/operating-systems"],
  ["GET", "/facilities"],
  ["GET", "/locations/metros"],
  ["GET", "/capacity/metros"],
  ["POST", "/capacity/metros"],
  ["POST", `/projects/${randomUUID()}/devices`],
  ["GET", `/devices/${randomUUID()}`],
  ["POST", `/devices/${randomUUID()}/actions`],
  ["GET", `/devices/${randomUUID()}/events`],
  ["GET", `/virtual-networks/${randomUUID()}`],
  ["POST", `/ports/${randomUUID()}/assign`],
  ["GET", `/ips/${randomUUID()}`],
  ["PATCH", `/ips/${randomUUID()}`],
  ["GET", "/no-such-thing"],
];

const KINDS = [
  "projects",
  "devices",
  "ssh-keys",
  "virtual-networks",
  "ports",
  "ips",
  "organizations",
];

/** A project with one of everything that a stranger must not see. */
async function furnish(api: ContractApi) {
  const project = await makeProject(api, "wire");
  const key = (
    await api.post(`/projects/${project.id}/ssh-keys`, { label: "wire", key: newPublicKey().line })
  )
    .is(201)
    .as(wire.sshKey);
  const vlan = (await api.post(`/projects/${project.id}/virtual-networks`, { metro: "da" }))
    .is(201)
    .as(wire.vlan);
  const device = await makeActiveDevice(api, project.id, {
    hostname: "wire",
    termination_time: "2040-01-01T00:00:00Z",
  });
  return { project, key, vlan, device };
}

let given: Awaited<ReturnType<typeof furnish>>;
beforeAll(async () => {
  given = await furnish(lab.api);
});

test("C-001 S a request without token, or with an unknown one, gets 401 and says so in `error`", async () => {
  const said = z.strictObject({ error: z.string().regex(/Invalid/) });

  for (const token of [undefined, "not-a-token", ""]) {
    const stranger = lab.api.as(token);
    for (const [method, path] of REQUESTS) (await stranger.send(method, path)).is(401).as(said);
  }
});

test("C-002 S every other error has `errors` with at least one string, and no `error`", async () => {
  const { api } = lab;
  const said = z.strictObject({ errors: z.array(z.string().min(1)).min(1) });
  const readOnly = (await api.post("/user/api-keys", { description: "r", read_only: true }))
    .is(201)
    .as(wire.apiKey);

  (await api.send("POST", "/projects", { rawBody: "{" })).is(400).as(said);
  (await api.as(readOnly.token).post("/projects", { name: "no" })).is(403).as(said);
  (await api.get(`/projects/${randomUUID()}`)).is(404).as(said);
  (await api.get("/no-such-thing")).is(404).as(said);
  (await api.send("PATCH", "/plans")).is(404, 405).as(said);
  (await api.post("/projects", { name: "" })).is(422).as(said);
});

test("C-003 S every answer has a request id of its own, and JSON is called JSON", async () => {
  const { api } = lab;

  const answers = [
    await api.get("/user"),
    await api.get("/user"),
    await api.post("/projects", { name: "id" }),
    await api.post("/projects", {}),
    await api.get(`/devices/${randomUUID()}`),
    await api.as("nobody").get("/user"),
  ];
  const made = answers[2]?.as(wire.project).id ?? "";
  const gone = await api.delete(`/projects/${made}`);

  const ids = [...answers, gone].map((it) => it.headers.get("x-request-id"));
  for (const id of ids) expect(id).toMatch(UUID);
  expect(new Set(ids).size).toBe(ids.length);
  for (const it of answers) expect(it.headers.get("content-type")).toBe(JSON_TYPE);
});

test("C-004 S an unknown id is `Not found`, and so is an id that is no UUID", async () => {
  const { api } = lab;

  for (const kind of KINDS) {
    expect((await api.get(`/${kind}/${randomUUID()}`)).is(404).errors).toEqual(["Not found"]);
    expect((await api.get(`/${kind}/nonsense`)).is(404).errors).toEqual(["Not found"]);
  }
  for (const path of ["devices", "ssh-keys", "ips", "virtual-networks"])
    (await api.get(`/projects/${randomUUID()}/${path}`)).is(404);
  for (const path of ["events", "ips", "ssh-keys", "userdata"])
    (await api.get(`/devices/${randomUUID()}/${path}`)).is(404);
  (await api.post(`/projects/${randomUUID()}/devices`, { plan: "x" })).is(404);
  (await api.post(`/devices/${randomUUID()}/actions`, { type: "reboot" })).is(404);
  (await api.delete(`/devices/${randomUUID()}`)).is(404);
});

test("C-005 S a project's key sees nothing of another project", async () => {
  const { project, key, vlan, device } = given;
  const other = await makeProject(lab.api, "other");
  const { token } = (await lab.api.post(`/projects/${other.id}/api-keys`, { description: "o" }))
    .is(201)
    .as(wire.apiKey);
  const stranger = lab.api.as(token);

  const hidden = [
    project.href,
    device.href,
    `${device.href}/events`,
    `/ports/${device.network_ports[0]?.id ?? ""}`,
    `/ips/${device.ip_addresses[0]?.id ?? ""}`,
    key.href,
    vlan.href,
    `${project.href}/devices`,
    `${project.href}/ssh-keys`,
    `${project.href}/ips`,
  ];
  for (const path of hidden) (await stranger.get(path)).is(403, 404);
  (await stranger.delete(device.href)).is(403, 404);
  (await stranger.post(`${project.href}/ssh-keys`, { label: "x", key: newPublicKey().line })).is(
    403,
    404,
  );

  const { projects } = (await stranger.get("/projects")).is(200).as(wire.projects);
  expect(projects.map((it) => it.id)).toEqual([other.id]);
  (await stranger.get(other.href)).is(200);
});

test("C-006 S a read-only key reads everything and writes nothing", async () => {
  const { project, key, device } = given;
  const { token } = (await lab.api.post("/user/api-keys", { description: "r", read_only: true }))
    .is(201)
    .as(wire.apiKey);
  const reader = lab.api.as(token);

  for (const path of ["/user", "/projects", project.href, key.href, device.href])
    (await reader.get(path)).is(200);
  (await reader.post("/projects", { name: "no" })).is(403);
  (await reader.put(project.href, { name: "no" })).is(403);
  (await reader.post(`${project.href}/devices`, {})).is(403);
  (await reader.post(`${device.href}/actions`, { type: "power_off" })).is(403);
  (await reader.delete(device.href)).is(403);
  (await reader.delete(key.href)).is(403);
  (await reader.post(`/ports/${device.network_ports[0]?.id ?? ""}/disbond`)).is(403);
  (await reader.post("/user/api-keys", { description: "more" })).is(403);

  expect((await lab.api.get(project.href)).as(wire.project).name).toBe("wire");
  expect((await lab.api.get(device.href)).as(wire.device).state).toBe("active");
});

test("C-007 S malformed JSON is 400, a missing field is 422 and is named", async () => {
  const { api } = lab;
  const { project, device } = given;
  const devices = `${project.href}/devices`;

  (await api.send("POST", "/projects", { rawBody: '{"name":' })).is(400);
  (await api.send("PUT", project.href, { rawBody: "name=x" })).is(400);
  const refusals = [
    [await api.post("/projects", {}), /name/i],
    [await api.post(devices, { operating_system: "debian_13", metro: "da" }), /plan/i],
    [await api.post(devices, { plan: "c3.large.arm64", metro: "da" }), /operating.system/i],
    [await api.post("/ssh-keys", { label: "x" }), /key/i],
    [await api.post(`${device.href}/actions`, {}), /type/i],
    [await api.post(`${project.href}/ips`, { type: "public_ipv4", metro: "da" }), /quantity/i],
    [await api.post(`${project.href}/ips`, { quantity: 1, metro: "da" }), /type/i],
    [await api.post(`${project.href}/virtual-networks`, {}), /metro/i],
  ] as const;
  for (const [answer, named] of refusals) expect(answer.is(422).errors.join()).toMatch(named);
});

test("C-008 S unknown fields of body and query, old headers and needless bodies are ignored", async () => {
  const { api } = lab;

  const body = { name: "odd", project_id: randomUUID(), frobnicate: { deep: [1] } };
  const { href } = (await api.post("/projects?frobnicate=1", body)).is(201).as(wire.project);

  const headers = { "X-Consumer-Token": "anything", Connection: "close" };
  expect((await api.get(`${href}?nothing=x`, { headers })).is(200).as(wire.project).name).toBe(
    "odd",
  );
  (await api.put(href, { state: "deleted", tags: ["t"] })).is(200);
  (await api.send("DELETE", href, { body: { force: true } })).is(204);
});

test("C-009 S hrefs have no prefix, and a client can follow them", async () => {
  const { api } = lab;
  const { project, key, vlan, device } = given;
  const bodies = [
    (await api.get(project.href)).json,
    (await api.get(key.href)).json,
    (await api.get(vlan.href)).json,
    (await api.get(device.href)).json,
    (await api.get("/projects?per_page=1")).json,
  ];

  const hrefs = [...new Set(bodies.flatMap(hrefsOf))];
  expect(api.base).toMatch(/\/metal\/v1$/);
  expect(hrefs.length).toBeGreaterThan(8);
  for (const href of hrefs) expect(href).toMatch(/^(\/(?!metal)|#)/);
  const readable = /^\/(projects|devices|ssh-keys|organizations|virtual-networks|ports|ips)\b/;
  for (const href of hrefs.filter((it) => readable.test(it))) (await api.get(href)).is(200);
});

test("C-010 S the API answers alike with and without its prefix", async () => {
  const { api } = lab;
  const bare = api.at(api.base.replace(/\/metal\/v1$/, ""));

  expect((await bare.get("/user")).is(200).json).toEqual((await api.get("/user")).is(200).json);
  expect((await bare.get(given.device.href)).json).toEqual((await api.get(given.device.href)).json);
  const { href } = (await bare.post("/projects", { name: "bare" })).is(201).as(wire.project);
  (await api.delete(href)).is(204);
  (await bare.get(href)).is(404);
});

test("C-011 S times are UTC in whole seconds", async () => {
  const { api } = lab;
  const { project, key, vlan, device } = given;

  const paths = [project.href, key.href, vlan.href, device.href, `${device.href}/events`, "/user"];
  for (const path of paths) {
    const times = timesOf((await api.get(path)).is(200).json);
    expect(times.length).toBeGreaterThan(0);
    for (const { value } of times) expect(value).toMatch(TIMESTAMP);
  }
});

test("C-012 S creations answer 201, actions 202 and deletions 204, the last two without a byte", async () => {
  const { api } = lab;
  const project = await makeProject(api, "codes");
  const block = { type: "public_ipv4", quantity: 1, metro: "da" };

  const made = [
    (await api.post("/ssh-keys", { label: "u", key: newPublicKey().line })).is(201),
    (await api.post(`${project.href}/ssh-keys`, { label: "p", key: newPublicKey().line })).is(201),
    (await api.post(`${project.href}/virtual-networks`, { metro: "da" })).is(201),
    (await api.post(`${project.href}/ips`, block)).is(201),
  ].map((it) => it.as(wire.reference).href);
  const action = (await api.post(`${given.device.href}/actions`, { type: "reboot" })).is(202);
  const deletions = [];
  for (const href of [...made, project.href]) deletions.push((await api.delete(href)).is(204));

  for (const it of [action, ...deletions]) {
    expect(it.text).toBe("");
    expect(it.headers.get("content-length") ?? "0").toBe("0");
  }
});
