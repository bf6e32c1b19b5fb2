import { OuterFault } from "../../../../core/faults";
import { apiFault } from "../../../support/memory-api";
import { DeviceWorld } from "../../../support/device-model";
import { rejection } from "../../../support/scripted-api";

const throwing = (error: Error) => (): void => {
  throw error;
};

async function existing() {
  const world = new DeviceWorld();
  const state = await world.create();
  world.api.calls.length = 0;
  world.waits.length = 0;
  return { world, state };
}

test("C-074 delete returns only after the device was looked for", async () => {
  const { world, state } = await existing();

  await world.resource.delete(world.context(), state);

  expect(world.api.calls).toEqual(["deleteDevice", "tryGetDevice"]);
});

test("C-074 delete treats a device that is gone as done", async () => {
  const { world, state } = await existing();
  world.api.devices.clear();

  await expect(world.resource.delete(world.context(), state)).resolves.toBeUndefined();
});

test("C-074 a 403 is done when the device is gone, and else no proof", async () => {
  const gone = await existing();
  gone.world.api.devices.clear();
  gone.world.api.before.deleteDevice = [throwing(apiFault("AS2102"))];
  const there = await existing();
  there.world.api.before.deleteDevice = [throwing(apiFault("AS2102"))];

  await expect(
    gone.world.resource.delete(gone.world.context(), gone.state),
  ).resolves.toBeUndefined();
  expect(
    await rejection(there.world.resource.delete(there.world.context(), there.state)),
  ).toMatchObject({ code: "AS2102" });
});

test("C-070 delete waits until provisioning has ended", async () => {
  const { world, state } = await existing();
  const busy = throwing(apiFault("AS2111"));
  world.api.before.deleteDevice = [busy, busy];

  await world.resource.delete(world.context(), state);

  expect(world.waits).toEqual([5_000, 5_000]);
  expect(world.api.devices.size).toBe(0);
});

test("C-076 a lock is told, and the device stays", async () => {
  const { world, state } = await existing();
  world.api.before.deleteDevice = [throwing(apiFault("AS2105", "Cannot delete a locked item"))];

  const fault = await rejection(world.resource.delete(world.context(), state));

  expect(fault).toMatchObject({ code: "AS2105", messages: ["Cannot delete a locked item"] });
  expect(world.api.devices.size).toBe(1);
});

test("delete() does not say done while the device is still shown", async () => {
  const { world, state } = await existing();
  const { api } = world;
  const device = api.devices.get(state.id);
  if (!device) throw new Error("no device");
  api.before.tryGetDevice = [() => api.devices.set(device.id, device)];
  const deadline = new AbortController();
  world.onWait = () => {
    deadline.abort(new OuterFault("AS2002"));
  };

  const fault = await rejection(world.resource.delete(world.context(deadline.signal), state));

  expect(fault).toMatchObject({ code: "AS2123" });
  expect(String(fault)).toContain("is still active after its deletion");
});
