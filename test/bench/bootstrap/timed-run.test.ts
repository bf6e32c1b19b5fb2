import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type RunLimits, timedRun } from "../../../bench/bootstrap/timed-run";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "timed-run-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const command = (...words: string[]) => {
  const [program = "", ...rest] = words;
  return { program, words: rest, environment: process.env };
};
const limits = (parts: Partial<RunLimits> = {}): RunLimits => ({
  ...{ folder, seconds: 60, hostCpuSeconds: () => 0, signal: new AbortController().signal },
  ...parts,
});

test("timedRun() tells output and time of a command that ends", async () => {
  const run = await timedRun(command("/bin/echo", "done"), limits());

  expect(run).toMatchObject({ stopped: false, output: "done\n", hostCpuSeconds: 0 });
  expect(run.ownCpuSeconds).toBeGreaterThanOrEqual(0);
});

test("timedRun() stops what takes too long, and all that it started", async () => {
  const run = await timedRun(command("/bin/sh", "-c", "sleep 60 & wait"), limits({ seconds: 0.1 }));

  expect(run.stopped).toBe(true);
  expect(run).not.toHaveProperty("ownCpuSeconds");
});

test("timedRun() of what fails, or cannot be started, says so and leaves nothing behind", async () => {
  const failed = timedRun(command("/bin/sh", "-c", "echo why; exit 3"), limits());
  await expect(failed).rejects.toThrow(/ended with 3:\nwhy$/);

  const timers = (): number =>
    process.getActiveResourcesInfo().filter((it) => it === "Timeout").length;
  const before = timers();
  const nowhere = path.join(folder, "nowhere");
  await expect(timedRun(command("/bin/true"), limits({ folder: nowhere }))).rejects.toThrow(
    "ENOENT",
  );
  expect(timers()).toBe(before);
});
