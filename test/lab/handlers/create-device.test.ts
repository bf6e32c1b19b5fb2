import { destroyTestLabs, MINIMAL, newPublicKey, startTestLab, type TestLab } from "../support/lab";

let it: TestLab;
let project: string;

beforeEach(async () => {
  it = await startTestLab();
  project = await it.project();
});
afterEach(destroyTestLabs);

test("fifty devices created at once have ids and addresses of their own", async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => it.device(project, { hostname: `n${n}` })),
  );
  await Promise.all(answers.map(({ body }) => it.lab.settled(body.id)));

  const { body } = await it.call("GET", `/projects/${project}/devices?per_page=100`);
  const addresses = body.devices.flatMap((it) => it.ip_addresses.map((one) => one.address));
  expect(answers.map((it) => it.status)).toEqual(Array(50).fill(201));
  expect(body.meta.total).toBe(50);
  expect(new Set(body.devices.map((it) => it.id)).size).toBe(50);
  expect(new Set(addresses).size).toBe(150);
  expect(new Set(body.devices.map((it) => it.state))).toEqual(new Set(["active"]));
});

test("addresses of deleted devices are given out again", async () => {
  const first = await it.activeDevice(project);
  const before = (await it.call("GET", `/devices/${first}/ips`)).body.ip_addresses;
  await it.call("DELETE", `/devices/${first}`);
  await it.lab.settled(first);

  const second = await it.activeDevice(project);

  const after = (await it.call("GET", `/devices/${second}/ips`)).body.ip_addresses;
  expect(after.map((one) => one.address)).toEqual(before.map((one) => one.address));
});

test("inline keys become keys of the project, once, beside those that are named", async () => {
  const key = newPublicKey();
  const { body: keys } = await it.call("GET", `/projects/${project}/ssh-keys`);
  const [known] = keys.ssh_keys as { readonly id: string }[];

  const body = { ssh_keys: [{ label: "in", key }], project_ssh_keys: [known?.id] };
  const answers = [await it.device(project, body), await it.device(project, body)];

  const { body: after } = await it.call("GET", `/projects/${project}/ssh-keys`);
  expect(after.ssh_keys).toHaveLength(2);
  for (const { body: device } of answers) expect(device.ssh_keys).toHaveLength(2);
});

test("a refused request makes nothing: no device, no key, no block", async () => {
  const before = await it.call("GET", "/_lab/status");

  const refused = [
    await it.device(project, { metro: "nowhere" }),
    await it.device(project, { hostname: "under_score" }),
    await it.device(project, { ssh_keys: [{ label: "bad", key: "none" }] }),
    await it.device(project, { ip_addresses: [{ address_family: 4, public: true }] }),
    await it.device(project, { operating_system: "debian_13_rt", plan: "c1.large.arm" }),
  ];

  const after = await it.call("GET", "/_lab/status");
  const ips = await it.call("GET", `/projects/${project}/ips`);
  expect(refused.map((it) => it.status)).toEqual([422, 422, 422, 422, 422]);
  expect(refused.map((it) => it.body.errors)).toEqual([
    ["nowhere is not a valid metro"],
    ["hostname is invalid: only letters, digits, hyphens and dots are allowed"],
    ["ssh_keys: bad is not a valid OpenSSH public key"],
    ["ip_addresses must contain a private IPv4 address"],
    ["Operating system debian_13_rt is not provisionable on c1.large.arm"],
  ]);
  expect(after.body.sshKeys).toBe(before.body.sshKeys);
  expect(after.body.devices).toEqual([]);
  expect(ips.body.ip_addresses).toEqual([]);
});

test("several faults of one request are told together", async () => {
  const { body } = await it.device(project, { hostname: "a_b", userdata: "?", storage: {} });

  expect(body.errors).toHaveLength(3);
});

test.each([
  ["a list", []],
  ["a text", "x"],
  ["null", null],
  ["wrong types", { ...MINIMAL, tags: "a", hostname: 7, customdata: [], ip_addresses: {} }],
  ["wild numbers", { ...MINIMAL, ip_addresses: [{ address_family: 5, cidr: 1e99 }] }],
  ["a huge block", { ...MINIMAL, ip_addresses: [{ address_family: 4, public: false, cidr: -1 }] }],
  ["a name that is a path", { ...MINIMAL, hostname: "../../etc" }],
  ["a name with a newline", { ...MINIMAL, hostname: "a\nb" }],
])("%s as a body is refused in the API's shape", async (_name, sent) => {
  const { status, body } = await it.call("POST", `/projects/${project}/devices`, sent);

  expect(status).toBe(422);
  expect(body.errors.length).toBeGreaterThan(0);
});

test("customdata and tags come back as they were sent, whatever is in them", async () => {
  const customdata = JSON.parse(
    '{"__proto__":{"x":1},"constructor":"é","a":{"b":[null]}}',
  ) as object;

  const { body } = await it.device(project, { customdata, tags: ["", "a:b", "😀"] });

  expect(JSON.stringify(body.customdata)).toBe(JSON.stringify(customdata));
  expect(body.tags).toEqual(["", "a:b", "😀"]);
});
