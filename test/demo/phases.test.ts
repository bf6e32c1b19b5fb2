/** Phases are named as they begin and measured when they end. */
import { Stopwatch } from "../../demo/phases";

let now: number;
let said: string[];
let watch: Stopwatch;

beforeEach(() => {
  now = 1_000;
  said = [];
  watch = new Stopwatch(
    () => now,
    (line) => said.push(line),
  );
});

const lasting = (milliseconds: number, result?: unknown) => (): Promise<unknown> => {
  now += milliseconds;
  return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
};

test("Stopwatch says each phase as it begins, and keeps what it took", async () => {
  const result = await watch.run("build", lasting(1_500, "image"));
  await watch.run("deploy", lasting(0));

  expect(result).toBe("image");
  expect(said).toEqual(["build", "deploy"]);
  expect(watch.phases).toEqual([
    { name: "build", milliseconds: 1_500 },
    { name: "deploy", milliseconds: 0 },
  ]);
});

test("Stopwatch counts a phase that fails, too, and passes the failure on", async () => {
  const failure = new Error("no room");

  await expect(watch.run("deploy", lasting(7, failure))).rejects.toBe(failure);
  await expect(
    watch.run("destroy", () => {
      throw failure;
    }),
  ).rejects.toBe(failure);

  expect(watch.phases).toEqual([
    { name: "deploy", milliseconds: 7 },
    { name: "destroy", milliseconds: 0 },
  ]);
});

test("Stopwatch knows nothing of a phase that has not ended", async () => {
  let end = (): void => undefined;
  const running = watch.run("deploy", () => new Promise<void>((resolve) => (end = resolve)));

  const before = [...watch.phases];
  end();
  await running;

  expect(before).toEqual([]);
  expect(watch.phases.map((it) => it.name)).toEqual(["deploy"]);
});
