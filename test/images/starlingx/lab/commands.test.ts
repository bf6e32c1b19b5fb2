import { COMMAND_CASES } from "./command-cases";
import { Points } from "./points";
import { fillIn } from "./run-steps";

const points = new Points();

beforeAll(async () => {
  await points.reach(COMMAND_CASES.map(({ at }) => at));
});

afterAll(async () => {
  await points.remove();
});

test.each(COMMAND_CASES)("$name", async ({ at, takes, refuses }) => {
  const node = await points.fork(at);
  const before = await node.ok("starlingx-lab", "state");

  for (const [step, says] of refuses) {
    const argv = await fillIn(node, step);
    const usage = says.startsWith("usage: ");
    const { code, stdout, stderr } = await node.run(argv);
    expect({ argv, code, stdout, stderr }).toEqual({
      ...{ argv, code: usage ? 2 : 1, stdout: "" },
      stderr: expect.stringContaining(usage ? says.slice("usage: ".length) : says) as string,
    });
  }
  expect(await node.ok("starlingx-lab", "state")).toBe(before);

  for (const [step, says] of takes) {
    const argv = await fillIn(node, step);
    const ended = await node.run(argv);
    expect({ argv, ...ended }).toEqual({
      ...{ argv, code: 0, stderr: "" },
      stdout: expect.stringContaining(says) as string,
    });
  }
  await node.remove();
});

test("a point has cases that pass or that are refused", () => {
  expect(COMMAND_CASES.every(({ takes, refuses }) => takes.length + refuses.length > 0)).toBe(true);
});
