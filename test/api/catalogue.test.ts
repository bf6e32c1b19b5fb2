import { startScripted, stopScripted } from "../support/scripted-api";

afterEach(stopScripted);

test("listPlans() looks up the codes of metros that are references only", async () => {
  const plan = { id: "1", slug: "c3.large.arm64", line: "baremetal" };
  const { api } = await startScripted(({ path }) =>
    path === "/plans"
      ? { json: { plans: [{ ...plan, available_in_metros: [{ href: "/locations/metros/m1" }] }] } }
      : { json: { metros: [{ id: "m1", code: "DA", name: "Dallas", country: "US" }] } },
  );

  expect((await api.listPlans({}, {}))[0]?.metros).toEqual(["da"]);
});

test("listPlans() asks for no metros when the answer has their codes", async () => {
  const plan = { id: "1", slug: "x", available_in_metros: [{ href: "/m/1", code: "sv" }] };
  const { api, server } = await startScripted(() => ({ json: { plans: [plan] } }));

  expect((await api.listPlans({}, {}))[0]?.metros).toEqual(["sv"]);
  expect(server.requests).toHaveLength(1);
});

test("checkCapacity() answers in the order asked, and repeats the question when it fails", async () => {
  const servers = [{ available: true }, { available: false }];
  const { api, server } = await startScripted((_, count) =>
    count < 2 ? { instead: "cut" } : { json: { servers } },
  );

  const asked = ["a", "b", "c"].map((plan) => ({ metro: "da", plan, quantity: 1 }));

  expect(await api.checkCapacity(asked, {})).toEqual([true, false, false]);
  expect(server.requests).toHaveLength(2);
});

test("listOperatingSystems() and listMetros() read whole lists", async () => {
  const { api } = await startScripted(({ path }) =>
    path === "/operating-systems"
      ? { json: { operating_systems: [{ id: "1", slug: "debian_13", provisionable_on: ["p"] }] } }
      : { json: { metros: [{ id: "2", code: "DA" }] } },
  );

  expect(await api.listOperatingSystems({})).toMatchObject([
    { slug: "debian_13", name: "debian_13" },
  ]);
  expect(await api.listMetros({})).toMatchObject([{ code: "da", name: "" }]);
});
