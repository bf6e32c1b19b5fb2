import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Values } from "../../support/harness";
import { configOf, PlaybookWorld } from "./playbook-world";

let world: PlaybookWorld;

beforeEach(async () => {
  world = await PlaybookWorld.make();
});

test("the run log gets one line an event", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "log-"));
  try {
    world.environment.ARMSTEAD_RUN_LOG = path.join(folder, "logs");

    await world.create(configOf({ name: "../odd name" }));

    const text = readFileSync(path.join(folder, "logs", "%2E.%2Fodd%20name.jsonl"), "utf8");
    const events = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Values);
    expect(events).toMatchObject([
      { name: "../odd name", event: "host.connected", host: "a" },
      { event: "host.connected", host: "b" },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the run log lies in the folder of the user's state, unless it is off", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "log-"));
  try {
    world.environment.XDG_STATE_HOME = folder;
    await world.create(configOf({ name: "edge" }));
    world.environment.ARMSTEAD_RUN_LOG = "off";
    await world.create(configOf({ name: "silent" }));

    const runs = path.join(folder, "armstead", "runs");
    expect(readdirSync(runs)).toEqual(["edge.jsonl"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a folder of the user's state that cannot be written stops no run", async () => {
  world.environment.XDG_STATE_HOME = "/dev/null";

  await expect(world.create(configOf({ name: "edge" }))).resolves.toBeDefined();
});
