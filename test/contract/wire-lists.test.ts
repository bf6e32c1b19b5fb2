/** Sections 1.2 and 1.3: pages, and what is spelled out in an answer. */
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { PLACEMENT, makeDevice, makeProject } from "../support/contract-steps";

// None of these machines has to boot: they stay in provisioning until the lab goes.
const lab = useLab({
  timeScale: 0,
  faults: [{ kind: "provision-slow", seconds: 3600, times: "always" }],
});

const DEVICES = 11;
const numbers = { total: z.number(), current_page: z.number(), last_page: z.number() };
const paged = z.looseObject({ meta: z.looseObject(numbers) });
const project = z.looseObject({ href: z.string(), name: z.string() });
const plan = z.looseObject({ slug: z.string() });

let projectId: string;
let deviceId: string;
beforeAll(async () => {
  ({ id: projectId } = await makeProject(lab.api, "lists"));
  for (let n = 0; n < DEVICES; n += 1)
    ({ id: deviceId } = await makeDevice(lab.api, projectId, { hostname: `list-${n}` }));
});

async function page(query: string) {
  return (await lab.api.get(`/projects/${projectId}/devices${query}`)).is(200).as(wire.devices);
}

test("C-013 S eleven devices come as a page of ten and a page of one", async () => {
  const first = await page("");
  const second = await page("?page=2");

  expect(first.devices).toHaveLength(10);
  expect(first.meta).toMatchObject({
    total: DEVICES,
    current_page: 1,
    last_page: 2,
    previous: null,
  });
  expect(first.meta.next?.href).toContain("page=2");
  expect(second.devices).toHaveLength(1);
  expect(second.meta).toMatchObject({ total: DEVICES, current_page: 2, last_page: 2, next: null });
  expect(second.meta.previous?.href).toContain("page=1");
  const names = [...first.devices, ...second.devices].map((it) => it.hostname);
  expect(new Set(names).size).toBe(DEVICES);
  expect(names[0]).toBe(`list-${DEVICES - 1}`);
});

test("C-014 S pages may hold a thousand, not zero, and one past the end is empty", async () => {
  const all = await page("?per_page=1000");
  const clamped = await page("?per_page=100000");
  const beyond = await page("?page=3");

  expect(all.devices).toHaveLength(DEVICES);
  expect(all.meta).toMatchObject({ last_page: 1, next: null });
  expect(clamped.devices).toHaveLength(DEVICES);
  expect(beyond.devices).toEqual([]);
  for (const query of ["?per_page=0", "?page=0", "?page=x"])
    (await lab.api.get(`/projects/${projectId}/devices${query}`)).is(422);
});

test("C-015 S paged lists say how many there are in numbers, the others have no `meta`", async () => {
  const pagedPaths = [
    "/projects",
    "/organizations",
    `/projects/${projectId}/devices`,
    `/projects/${projectId}/ips`,
    `/devices/${deviceId}/events`,
  ];
  const wholePaths = [
    "/ssh-keys",
    `/projects/${projectId}/ssh-keys`,
    `/devices/${deviceId}/ssh-keys`,
    "/user/api-keys",
    `/projects/${projectId}/api-keys`,
    "/plans",
    "/operating-systems",
    "/facilities",
    "/locations/metros",
    `/projects/${projectId}/virtual-networks`,
    `/devices/${deviceId}/ips`,
  ];

  for (const path of pagedPaths) (await lab.api.get(path)).is(200).as(paged);
  for (const path of wholePaths)
    expect((await lab.api.get(path)).is(200).json).not.toHaveProperty("meta");
});

test("C-016 S include spells out project and plan on GET and on POST", async () => {
  const expanded = z.looseObject({ id: z.string(), project, plan });

  const made = await lab.api.post(`/projects/${projectId}/devices?include=project,plan`, {
    ...PLACEMENT,
    no_ssh_keys: true,
  });
  const read = await lab.api.get(`/devices/${deviceId}?include=project,plan`);
  const plain = await lab.api.get(`/devices/${deviceId}`);

  expect(made.is(201).as(expanded).project.name).toBe("lists");
  expect(read.is(200).as(expanded).plan.slug).toBe(PLACEMENT.plan);
  expect(plain.as(wire.device).project).toEqual({ href: `/projects/${projectId}` });
});

test("C-017 S a dotted include reaches three levels down", async () => {
  const organization = z.looseObject({ name: z.string() });
  const deep = z.looseObject({
    devices: z
      .array(z.looseObject({ hostname: z.string(), project: z.looseObject({ organization }) }))
      .min(1),
  });

  const answer = await lab.api.get(`/projects/${projectId}?include=devices.project.organization`);

  expect(answer.is(200).as(deep).devices.length).toBeGreaterThanOrEqual(DEVICES);
});

test("C-018 S exclude leaves only the reference", async () => {
  const answer = await lab.api.get(`/devices/${deviceId}?exclude=plan`);
  const list = await lab.api.get(`/projects/${projectId}/devices?exclude=plan&per_page=1`);

  const bare = z.strictObject({ href: z.string().regex(/^\/plans\//) });
  answer.is(200).as(z.looseObject({ id: z.string(), plan: bare }));
  list.is(200).as(z.looseObject({ devices: z.array(z.looseObject({ plan: bare })).length(1) }));
});

test("section 1.2: filters of devices combine, and pages count what they let through", async () => {
  const own = await makeProject(lab.api, "filters");
  const add = async (hostname: string, tags: string[], body: object = {}) =>
    makeDevice(lab.api, own.id, { hostname, tags, ...body });
  const find = async (query: string) => {
    const answer = await lab.api.get(`${own.href}/devices${query}`);
    const { devices, meta } = answer.is(200).as(wire.devices);
    expect(meta.total).toBe(devices.length);
    return devices.map((it) => it.hostname);
  };
  await add("web-1", ["red", "claim:1"]);
  await add("web-2", ["blue"], { description: "needle", metro: "sv" });
  await add("db-1", ["red"]);

  expect(await find("?tag=red")).toEqual(["db-1", "web-1"]);
  expect(await find("?tag=claim%3A1")).toEqual(["web-1"]);
  expect(await find("?tag=re")).toEqual([]);
  expect(await find("?hostname=web")).toEqual(["web-2", "web-1"]);
  expect(await find("?hostname=web&tag=red")).toEqual(["web-1"]);
  expect(await find("?metro=sv")).toEqual(["web-2"]);
  for (const text of ["needle", "blue", "sv"])
    expect(await find(`?search=${text}`)).toEqual(["web-2"]);
  expect(await find("?search=nothing-like-this")).toEqual([]);
});
