/** Section 5.6: many devices by one request. */
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { PLACEMENT, makeProject, until } from "../support/contract-steps";

const lab = useLab({
  timeScale: 0,
  faults: [{ kind: "capacity-gone", metro: "sv", times: "always" }],
});

const batch = z.looseObject({
  id: z.string(),
  state: z.string(),
  quantity: z.int(),
  devices: z.array(wire.reference),
  error_messages: z.array(z.string()),
});
const batches = z.looseObject({ batches: z.array(batch) });
const filled = z.looseObject({ devices: z.array(wire.device) });

let project: wire.Project;
beforeAll(async () => {
  project = await makeProject(lab.api, "batches");
});

async function order(...entries: readonly object[]) {
  const body = { batches: entries.map((it) => ({ ...PLACEMENT, no_ssh_keys: true, ...it })) };
  const answer = await lab.api.post(`${project.href}/devices/batch`, body);
  return answer.is(201).as(batches).batches;
}

async function ended(id: string) {
  return until(
    async () => (await lab.api.get(`/batches/${id}`)).is(200).as(batch),
    ({ state }) => state === "completed" || state === "failed",
    "the batch to end",
  );
}

async function devicesOf(id: string): Promise<wire.Device[]> {
  return (await lab.api.get(`/batches/${id}?include=devices`)).is(200).as(filled).devices;
}

test("C-092 S a batch is queued, then completed with its devices, or failed with the reasons", async () => {
  const [counted, named] = await order(
    { hostname: "node-{{index}}", quantity: 2, tags: ["batch"] },
    { hostnames: ["other"], quantity: 1 },
  );
  const [impossible] = await order({ metro: "sv", quantity: 2 });
  const [first, second] = [await ended(counted?.id ?? ""), await ended(named?.id ?? "")];
  const third = await ended(impossible?.id ?? "");

  expect(counted).toMatchObject({ state: "queued", quantity: 2, devices: [], error_messages: [] });
  expect([first.state, second.state]).toEqual(["completed", "completed"]);
  expect(first.devices).toHaveLength(2);
  const made = await devicesOf(first.id);
  expect(made.map((it) => it.hostname).toSorted()).toEqual(["node-01", "node-02"]);
  for (const it of made) expect(it.tags).toEqual(["batch"]);
  expect((await devicesOf(second.id)).map((it) => it.hostname)).toEqual(["other"]);
  expect(third).toMatchObject({ state: "failed", devices: [] });
  expect(third.error_messages.join()).toContain("There aren't available servers in that metro");
  const listed = (await lab.api.get(`${project.href}/batches`)).is(200).as(batches).batches;
  expect(listed.map((it) => it.id).toSorted()).toEqual([first.id, second.id, third.id].toSorted());
});

test("C-093 S a batch that is deleted takes its devices along if it is told so", async () => {
  const { api } = lab;
  const [one, two] = await order(
    { hostname: "goes-{{index}}", quantity: 1 },
    { hostname: "stays", quantity: 1 },
  );
  for (const it of [one, two]) await ended(it?.id ?? "");
  const active = async (id: string) =>
    until(
      () => devicesOf(id),
      (devices) => devices.every((it) => it.state === "active"),
      "active devices",
    );
  const [going, staying] = [await active(one?.id ?? ""), await active(two?.id ?? "")];

  (await api.delete(`/batches/${one?.id ?? ""}?remove_associated_instances=true`)).is(204);
  (await api.delete(`/batches/${two?.id ?? ""}`)).is(204);

  expect([going.length, staying.length]).toEqual([1, 1]);
  for (const { href } of going) (await api.get(href)).is(403, 404);
  for (const { href } of staying) (await api.get(href)).is(200);
  (await api.get(`/batches/${one?.id ?? ""}`)).is(404);
});
