/** Section 6.4: blocks of a project, and addresses of them on devices. */
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { makeActiveDevice, makeProject, readDevice } from "../support/contract-steps";

const QUOTA = 256;
const lab = useLab({ timeScale: 0, addressQuota: QUOTA });

const available = z.strictObject({ available: z.array(z.string()) });

let device: wire.Device;
let project: wire.Project;
beforeAll(async () => {
  project = await makeProject(lab.api, "addresses");
  device = await makeActiveDevice(lab.api, project.id);
});

const ask = async (body: object, { href } = project) =>
  lab.api.post(`${href}/ips`, { type: "public_ipv4", metro: "da", ...body });

async function makeBlock(quantity: number, body: object = {}): Promise<wire.Reservation> {
  return (await ask({ quantity, ...body })).is(201).as(wire.reservation);
}

async function freeIn({ href }: wire.Reservation): Promise<string[]> {
  return (await lab.api.get(`${href}/available?cidr=32`)).is(200).as(available).available;
}

async function assign(address: string) {
  return lab.api.post(`${device.href}/ips`, { address });
}

/** An IPv4 address as a number. */
function numberOf(address: string | null | undefined): number {
  return (address ?? "").split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

test("C-109 S four addresses make a /30 that is consistent in itself and offers four /32", async () => {
  const made = await makeBlock(4, { tags: ["t"], details: "four", customdata: { a: 1 } });
  const read = (await lab.api.get(made.href)).is(200).as(wire.reservation);
  const free = await freeIn(made);

  expect(made).toMatchObject({ cidr: 30, type: "public_ipv4", state: "created", tags: ["t"] });
  expect(made).toMatchObject({ netmask: "255.255.255.252", details: "four", customdata: { a: 1 } });
  expect(read).toEqual(made);
  const network = numberOf(made.network);
  expect(network % 4).toBe(0);
  for (const it of [made.address, made.gateway]) {
    expect(numberOf(it)).toBeGreaterThanOrEqual(network);
    expect(numberOf(it)).toBeLessThan(network + 4);
  }
  expect(free.map((it) => numberOf(it.replace(/\/32$/, "")) - network)).toEqual([0, 1, 2, 3]);
  const changed = (await lab.api.patch(made.href, { tags: ["u"], details: "new" })).is(200);
  expect(changed.json).toMatchObject({ tags: ["u"], details: "new", customdata: { a: 1 } });
});

test("C-110 S a quantity that is no power of two is refused; one above the quota waits, or is refused if told so", async () => {
  const own = await makeProject(lab.api, "quota");

  for (const quantity of [0, 3, -4, 1.5]) (await ask({ quantity }, own)).is(422);
  for (const body of [{ type: "private_ipv4" }, { type: "nonsense" }, { metro: "atlantis" }])
    (await ask({ quantity: 1, ...body }, own)).is(422);
  const large = { quantity: 2 * QUOTA };
  (await ask({ ...large, fail_on_approval_required: true }, own)).is(422);
  const pending = (await ask(large, own)).is(201).as(wire.reservation);

  expect(pending.state).toBe("pending");
  for (const key of ["address", "network", "gateway", "netmask", "cidr"])
    expect((pending as Record<string, unknown>)[key] ?? null).toBeNull();
  expect((await lab.api.get(pending.href)).is(200).json).toMatchObject({ state: "pending" });
});

test("C-111 S an address is assigned if it is the project's, in the device's metro, and free", async () => {
  const block = await makeBlock(2);
  const elsewhere = await makeBlock(1, { metro: "sv" });
  const foreign = await makeProject(lab.api, "foreign");
  const theirs = (await ask({ quantity: 1 }, foreign)).is(201).as(wire.reservation);
  const [first = "", second = ""] = await freeIn(block);

  (await assign("192.0.2.1/32")).is(422);
  (await assign("nonsense")).is(422);
  for (const it of [theirs, elsewhere]) (await assign((await freeIn(it))[0] ?? "")).is(422);
  const made = (await assign(first)).is(201).as(wire.assignment);
  (await assign(first)).is(422);

  expect(made).toMatchObject({ management: false, public: true, cidr: 32, address_family: 4 });
  expect(`${made.address}/32`).toBe(first);
  expect(await freeIn(block)).toEqual([second]);
  const shown = (await readDevice(lab.api, device.id)).ip_addresses;
  const listed = (await lab.api.get(`${device.href}/ips`)).is(200).as(wire.assignments);
  const holder = (await lab.api.get(block.href)).is(200).as(wire.reservation);
  expect(shown.map((it) => it.id)).toContain(made.id);
  expect(listed.ip_addresses.map((it) => it.id)).toContain(made.id);
  expect(holder.assignments).toMatchObject([{ href: made.href }]);
  expect((await lab.api.get(made.href)).is(200).as(wire.assignment)).toEqual(made);
});

test("C-112 S an unassigned address is free again; a block in use and a management address stay", async () => {
  const block = await makeBlock(1);
  const [free = ""] = await freeIn(block);
  const made = (await assign(free)).is(201).as(wire.assignment);
  const management = device.ip_addresses.find((it) => it.management);

  (await lab.api.delete(block.href)).is(422);
  (await lab.api.delete(management?.href ?? "")).is(422);
  (await lab.api.delete(made.href)).is(204);

  expect(await freeIn(block)).toEqual([free]);
  (await lab.api.get(made.href)).is(404);
  (await lab.api.delete(block.href)).is(204);
  (await lab.api.get(block.href)).is(404);
  const left = (await readDevice(lab.api, device.id)).ip_addresses.map((it) => it.id);
  expect(left).toContain(management?.id);
  expect(left).not.toContain(made.id);
});

test("C-122 S a project's blocks come all at once, and by type", async () => {
  const own = await makeProject(lab.api, "twelve");
  const list = async (query: string) => {
    const answer = await lab.api.get(`${own.href}/ips${query}`);
    return answer
      .is(200)
      .as(wire.reservations)
      .ip_addresses.map((it) => it.id);
  };
  const made: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    const body = n < 10 ? {} : { type: "global_ipv4", metro: undefined };
    made.push((await ask({ quantity: 1, ...body }, own)).is(201).as(wire.reservation).id);
  }

  expect(await list("")).toEqual(expect.arrayContaining(made));
  expect((await list("?types=public_ipv4,global_ipv4")).toSorted()).toEqual(made.toSorted());
  expect((await list("?types=global_ipv4")).toSorted()).toEqual(made.slice(10).toSorted());
});
