/** Section 3: plans, operating systems, metros, capacity. */
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { PLACEMENT, makeProject } from "../support/contract-steps";

const lab = useLab({ timeScale: 0 });

const LEVELS = ["normal", "limited", "unavailable"] as const;
const ARM_PLANS = ["c1.large.arm", "c2.large.arm", "c3.large.arm64"];
const planList = z.looseObject({
  plans: z.array(z.looseObject({ slug: z.string(), line: z.string() })),
});
const systemList = z.looseObject({
  operating_systems: z.array(
    z.looseObject({ slug: z.string(), provisionable_on: z.array(z.string()) }),
  ),
});
const metro = z.looseObject({ id: z.uuid(), code: z.string(), name: z.string() });
const metroList = z.looseObject({ metros: z.array(metro).min(1) });
const levels = z.record(z.string(), z.looseObject({ level: z.enum(LEVELS) }));
const capacity = z.strictObject({ capacity: z.record(z.string(), levels) });
const checked = z.looseObject({
  servers: z.array(z.looseObject({ available: z.boolean(), quantity: z.unknown() })),
});

async function systems() {
  return (await lab.api.get("/operating-systems")).is(200).as(systemList).operating_systems;
}

test("C-035 S every ARM plan has a system, and a pair that does not go together is refused", async () => {
  const known = await systems();
  const { plans } = (await lab.api.get("/plans")).is(200).as(planList);
  const offered = plans.map((it) => it.slug).filter((it) => ARM_PLANS.includes(it));
  const misfit = offered
    .flatMap((plan) => known.map((system) => ({ plan, system })))
    .find(({ plan, system }) => !system.provisionable_on.includes(plan));
  const project = await makeProject(lab.api);

  const refuse = async (operating_system: string | undefined, plan: string | undefined) =>
    (
      await lab.api.post(`${project.href}/devices`, {
        ...PLACEMENT,
        operating_system,
        plan,
        no_ssh_keys: true,
      })
    ).is(422);

  expect(offered.toSorted()).toEqual(ARM_PLANS);
  for (const plan of offered)
    expect(known.some((it) => it.provisionable_on.includes(plan))).toBe(true);
  expect(misfit).toBeDefined();
  await refuse(misfit?.system.slug, misfit?.plan);
  await refuse("plan_9", PLACEMENT.plan);
  await refuse(PLACEMENT.operating_system, "c9.none");
  expect((await lab.api.get(`${project.href}/devices`)).as(wire.devices).devices).toEqual([]);
});

test("C-036 S plans are found by slug, and what is no server has another line", async () => {
  const project = await makeProject(lab.api);
  const list = async (path: string) => (await lab.api.get(path)).is(200).as(planList).plans;

  const all = await list("/plans");
  const one = await list("/plans?slug=c3.large.arm64");

  expect(one.map((it) => it.slug)).toEqual(["c3.large.arm64"]);
  expect(await list("/plans?slug=none")).toEqual([]);
  expect(await list(`${project.href}/plans`)).toHaveLength(all.length);
  const servers = all.filter((it) => it.line === "baremetal").map((it) => it.slug);
  expect(servers).toEqual(expect.arrayContaining(ARM_PLANS));
  expect(servers.length).toBeLessThan(all.length);
});

test("C-037 S metro codes come out in lower case and go in in any", async () => {
  const project = await makeProject(lab.api);
  const { metros } = (await lab.api.get("/locations/metros")).is(200).as(metroList);

  const made = (await lab.api.post(`${project.href}/virtual-networks`, { metro: "Da" })).is(201);

  for (const it of metros) {
    expect(it.code).toBe(it.code.toLowerCase());
    expect((await lab.api.get(`/locations/metros/${it.id}`)).is(200).as(metro)).toEqual(it);
  }
  expect(made.as(wire.vlan).metro_code).toBe("da");
});

test("C-038 S capacity has three levels, and a check answers for every entry", async () => {
  for (const path of ["/capacity", "/capacity/metros"]) {
    const { capacity: places } = (await lab.api.get(path)).is(200).as(capacity);
    expect(Object.keys(places).length).toBeGreaterThan(0);
  }
  const servers = [
    { metro: "da", plan: "c3.large.arm64", quantity: "1" },
    { metro: "da", plan: "c3.large.arm64", quantity: 2 },
    { metro: "DA", plan: "c1.large.arm", quantity: "3" },
  ];

  const answer = (await lab.api.post("/capacity/metros", { servers })).is(200).as(checked);

  expect(answer.servers.map((it) => it.quantity)).toEqual(servers.map((it) => it.quantity));
  expect(answer.servers.map((it) => it.available)).toEqual([true, true, true]);
});
