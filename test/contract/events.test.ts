/** Section 7.2 and 5.5: what a device has been through. */
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import { askFromNode } from "../support/contract-node";
import * as wire from "../support/contract-objects";
import { UUID } from "../support/contract-rules";
import {
  act,
  makeDevice,
  makeProject,
  publicAddress,
  readDevice,
  until,
  untilState,
} from "../support/contract-steps";

const lab = useLab({
  timeScale: 0.1,
  faults: [{ kind: "provision-slow", seconds: 0.4, hostname: "slow-*", times: "always" }],
});

const STEPS = Array.from({ length: 10 }, (_, n) => `provisioning.${101 + n}`);

let project: wire.Project;
let device: wire.Device;
beforeAll(async () => {
  project = await makeProject(lab.api, "events");
});

test("C-077 S the ten steps are listed from the start, and gain id and time when they are reached", async () => {
  const made = await makeDevice(lab.api, project.id, { hostname: "slow-steps" });

  const during = await until(
    () => readDevice(lab.api, made.id),
    ({ provisioning_events: [first] }) => first?.created_at != null,
    "the first step",
  );
  device = await untilState(lab.api, made.id, "active");

  for (const it of [made, during, device])
    expect(it.provisioning_events.map((step) => step.type)).toEqual(STEPS);
  for (const { id, created_at } of made.provisioning_events)
    expect([id, created_at]).toEqual([null, null]);
  const reached = during.provisioning_events.map((it) => it.id != null);
  expect(reached).toEqual(reached.toSorted((a, b) => Number(b) - Number(a)));
  expect(reached.at(-1)).toBe(false);
  const times = device.provisioning_events.map((it) => it.created_at ?? "");
  expect(times).toEqual(times.toSorted());
  for (const { id } of device.provisioning_events) expect(id).toMatch(UUID);
});

test("C-078 S the percentage shows while a device is made, and not when it is active", async () => {
  const { id } = await makeDevice(lab.api, project.id, { hostname: "slow-percentage" });

  const during = await untilState(lab.api, id, "provisioning");
  const active = await untilState(lab.api, id, "active");

  expect(during.provisioning_percentage).toBeGreaterThanOrEqual(0);
  expect(during.provisioning_percentage).toBeLessThan(100);
  expect(active).not.toHaveProperty("provisioning_percentage");
});

test("C-079 S events come in pages, newest first, with power, reinstall and user events among them", async () => {
  const { api } = lab;
  const states = ["power_off", "power_on", "reinstall"] as const;
  for (const type of states) {
    await act(api, device.id, { type });
    await untilState(api, device.id, type === "power_off" ? "inactive" : "active");
  }
  const from = publicAddress(device);
  const { text } = await askFromNode({ from, url: `${lab.nodeServices}/metadata` });
  const said = await askFromNode({
    from,
    url: z.object({ user_state_url: z.url() }).parse(JSON.parse(text)).user_state_url,
    method: "POST",
    body: JSON.stringify({ state: "running", code: 1000, message: "hello" }),
  });

  const first = (await api.get(`${device.href}/events`)).is(200).as(wire.events);
  const all = (await api.get(`${device.href}/events?per_page=1000`)).is(200).as(wire.events);

  expect(said.status).toBeLessThan(300);
  expect(first.events).toHaveLength(10);
  expect(first.meta).toMatchObject({ total: all.events.length, current_page: 1, previous: null });
  expect(first.events).toEqual(all.events.slice(0, 10));
  const types = all.events.map((it) => it.type);
  expect(types[0]).toBe("user.1000");
  for (const type of states) expect(types).toContainEqual(expect.stringContaining(type));
  expect(types.filter((it) => it === "provisioning.110")).toHaveLength(2);
  const times = all.events.map((it) => it.created_at ?? "");
  expect(times).toEqual(times.toSorted().toReversed());
});
