/** A create waits until SSH answers, and keeps the host key that is shown. */
import { OuterFault } from "../../../../core/faults";
import { DeviceWorld } from "../../../support/device-model";
import { idOf } from "../../../support/memory-api";
import { HOST_KEY } from "../../../support/resource-context";
import { rejection } from "../../../support/scripted-api";

test("createDevice() waits until SSH answers, and pins the key", async () => {
  const world = new DeviceWorld();
  let tries = 0;
  world.showKey = () => {
    tries += 1;
    if (tries < 3) throw new Error("refused");
    return HOST_KEY;
  };

  const model = await world.create({ ssh_port: 2222 });

  expect(model.host_keys).toEqual([HOST_KEY]);
  expect(world.scans).toEqual(Array(3).fill({ address: "127.1.0.2", port: 2222 }));
});

test("createDevice() keeps given host keys, and refuses a machine that shows another", async () => {
  const given = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGivenGivenGiven comment"];
  const world = new DeviceWorld();

  const fault = await rejection(world.create({ host_keys: given }));

  expect(fault).toMatchObject({ code: "AS2124" });
  expect(world.kept.at(-1)).toMatchObject({ id: idOf(1), host_keys: given });
  world.showKey = () => given[0]?.replace(" comment", "") ?? "";
  await expect(world.create({ host_keys: given })).resolves.toMatchObject({ host_keys: given });
});

test("createDevice() names address and port when SSH never answers", async () => {
  const world = new DeviceWorld();
  const deadline = new AbortController();
  world.showKey = () => {
    if (world.scans.length === 3) deadline.abort(new OuterFault("AS2002"));
    throw new Error("connection refused");
  };

  const fault = await rejection(world.create({}, deadline.signal));

  expect(fault).toMatchObject({ code: "AS2126" });
  expect(String(fault)).toContain("127.1.0.2 port 22 does not answer: connection refused");
});

const BASTION = {
  address: "gate.example",
  port: 22,
  user: "ops",
  host_keys: [HOST_KEY],
  private_key_path: null,
};

test("createDevice() waits through a bastion", async () => {
  const world = new DeviceWorld();

  const model = await world.create({ bastion: BASTION });

  expect(model).toMatchObject({ host_keys: [HOST_KEY], bastion: BASTION });
  expect(world.ways).toEqual(["gate.example"]);
});

test.each(["AS2203", "AS2205", "AS2214"] as const)(
  "createDevice() does not wait for a bastion to change its mind: %s",
  async (code) => {
    const world = new DeviceWorld();
    world.showKey = () => {
      throw new OuterFault(code);
    };

    expect(await rejection(world.create({ bastion: BASTION }))).toMatchObject({ code });
    expect(world.scans).toHaveLength(1);
  },
);

test("createDevice() waits for a bastion that is away", async () => {
  const world = new DeviceWorld();
  world.showKey = () => {
    if (world.scans.length < 3) throw new OuterFault("AS2213");
    return HOST_KEY;
  };

  expect(await world.create({ bastion: BASTION })).toMatchObject({ host_keys: [HOST_KEY] });
});

test("createDevice() does not touch SSH when it is not to wait for it", async () => {
  const world = new DeviceWorld();

  const model = await world.create({ wait_for_ssh: false });

  expect(model.host_keys).toEqual([]);
  expect(world.scans).toEqual([]);
});
