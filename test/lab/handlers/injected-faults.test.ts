import type { FaultRuleInput } from "../../../lab/faults";
import { destroyTestLabs, startTestLab, type TestLab, until } from "../support/lab";

let it: TestLab;
let project: string;

beforeEach(async () => {
  it = await startTestLab();
  project = await it.project();
});
afterEach(destroyTestLabs);

const create = { method: "POST", path: "/projects/*/devices" } as const;

async function inject(rule: FaultRuleInput): Promise<void> {
  const { status } = await it.call("POST", "/_lab/faults", rule);
  expect(status).toBe(201);
}

async function count(): Promise<number> {
  return (await it.call("GET", `/projects/${project}/devices`)).body.meta.total;
}

test("rate-limited answers 429 with Retry-After, as often as it says", async () => {
  await inject({ kind: "rate-limited", times: 2, retryAfter: 3, ...create });

  const answers = [await it.device(project), await it.device(project), await it.device(project)];

  expect(answers.map((it) => it.status)).toEqual([429, 429, 201]);
  expect(answers[0]?.headers["retry-after"]).toBe("3");
  expect(await count()).toBe(1);
});

test("server-error answers 500 in the API's shape, proxy-error 503 in HTML without request id", async () => {
  await inject({ kind: "server-error", ...create });
  const error = await it.device(project);
  await inject({ kind: "proxy-error", ...create });
  const proxy = await it.device(project);

  expect(error).toMatchObject({
    status: 500,
    body: { errors: [expect.stringContaining("Oh snap")] },
  });
  expect(proxy.status).toBe(503);
  expect(proxy.headers["content-type"]).toMatch(/^text\/html/);
  expect(proxy.headers).not.toHaveProperty("x-request-id");
  expect(await count()).toBe(0);
});

test("cut-before loses the request, cut-after only its answer", async () => {
  await inject({ kind: "cut-before", ...create });
  await expect(it.device(project)).rejects.toThrow("fetch failed");
  expect(await count()).toBe(0);

  await inject({ kind: "cut-after", hostname: "lost-*" });
  await expect(it.device(project, { hostname: "lost-1" })).rejects.toThrow("fetch failed");
  expect(await count()).toBe(1);
});

test("cut-after leaves what was committed to a server that is started again", async () => {
  await inject({ kind: "cut-after", ...create });
  await expect(it.device(project, { tags: ["find-me"] })).rejects.toThrow();

  it = await it.restarted();

  const { body } = await it.call("GET", `/projects/${project}/devices?tag=find-me`);
  expect(body.meta.total).toBe(1);
});

test("slow-answer delays the answer", async () => {
  await inject({ kind: "slow-answer", seconds: 0.2, path: "/user" });
  const before = performance.now();

  await it.call("GET", "/user");

  expect(performance.now() - before).toBeGreaterThan(190);
});

test("capacity-gone refuses creation with the service's words, and capacity checks say so", async () => {
  const servers = [{ plan: "c3.large.arm64", metro: "da", quantity: 2 }];
  await inject({ kind: "capacity-gone", plan: "c3.large.arm64", metro: "da" });

  const check = await it.call("POST", "/capacity/metros", { servers });
  const answers = [await it.device(project), await it.device(project)];

  expect(check.body.servers).toEqual([{ ...servers[0], available: false }]);
  expect(answers.map((it) => it.status)).toEqual([422, 201]);
  expect(answers[0]?.body.errors).toEqual(["There aren't available servers in that metro"]);
});

test.each([
  ["visible", 200, 1],
  ["403", 403, 0],
  ["404", 404, 0],
] as const)("provision-fails with outcome %s is read as %i", async (outcome, status, listed) => {
  await inject({ kind: "provision-fails", hostname: "n", outcome });
  const id = await it.activeDevice(project, { hostname: "n" });

  const read = await it.call("GET", `/devices/${id}`);

  expect(read.status).toBe(status);
  expect(await count()).toBe(listed);
  expect(it.driver.machines.size).toBe(0);
});

test("provision-slow holds a device in provisioning", async () => {
  await inject({ kind: "provision-slow", hostname: "n", seconds: 0.3 });
  const { body } = await it.device(project, { hostname: "n" });

  await until(
    async () => (await it.call("GET", `/devices/${body.id}`)).body.state === "provisioning",
  );
  const refused = await it.call("DELETE", `/devices/${body.id}`);
  await it.lab.settled(body.id);

  expect(refused.body.errors).toEqual(["Cannot delete a device while it is provisioning"]);
  expect((await it.call("GET", `/devices/${body.id}`)).body.state).toBe("active");
});

test("machine-dies ends the machine's process, and the device is seen as inactive", async () => {
  await inject({ kind: "machine-dies", hostname: "n" });
  const id = await it.activeDevice(project, { hostname: "n" });

  await until(async () => (await it.call("GET", `/devices/${id}`)).body.state === "inactive");
});

test("faults are listed until they have struck, and can be taken back", async () => {
  await inject({ kind: "server-error", path: "/user" });
  await inject({ kind: "server-error", path: "/plans" });
  const { body } = await it.call("GET", "/_lab/faults");

  await it.call("DELETE", "/_lab/faults");

  expect(body.faults).toHaveLength(2);
  expect((await it.call("GET", "/user")).status).toBe(200);
  expect((await it.call("POST", "/_lab/faults", { kind: "nonsense" })).status).toBe(422);
});

test("the lab's own endpoints are for its user only", async () => {
  const { body } = await it.call("POST", `/projects/${project}/api-keys`, { description: "p" });

  const answers = [
    await it.call("GET", "/_lab/status", undefined, body.token),
    await it.call("GET", "/_lab/status", undefined, "wrong"),
  ];

  expect(answers.map((it) => it.status)).toEqual([403, 401]);
});
