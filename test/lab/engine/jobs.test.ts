import { once } from "node:events";
import { Jobs } from "../../../lab/engine/jobs";

const errors: [string, unknown][] = [];
const newJobs = (): Jobs => new Jobs((id, error) => errors.push([id, error]));

beforeEach(() => {
  errors.length = 0;
});

async function untilAborted(signal: AbortSignal): Promise<void> {
  await once(signal, "abort");
  signal.throwIfAborted();
}

test("Jobs.enqueue() runs one piece of work at a time a device, in order", async () => {
  const jobs = newJobs();
  const seen: string[] = [];
  const step = (name: string) => async (): Promise<void> => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    seen.push(`${name} ends`);
  };

  jobs.enqueue("a", step("one"));
  jobs.enqueue("a", step("two"));
  await jobs.settled("a");

  expect(seen).toEqual(["one begins", "one ends", "two begins", "two ends"]);
  expect(jobs.isBusy("a")).toBe(false);
});

test("Jobs.replace() aborts what is at work and tells nobody of it", async () => {
  const jobs = newJobs();
  let ran = false;
  jobs.enqueue("a", untilAborted);

  jobs.replace("a", () => {
    ran = true;
    return Promise.resolve();
  });
  await jobs.settled("a");

  expect(ran).toBe(true);
  expect(errors).toEqual([]);
});

test("Jobs tells of work that failed, and the next work runs all the same", async () => {
  const jobs = newJobs();
  let ran = false;

  jobs.enqueue("a", () => Promise.reject(new Error("broken")));
  jobs.enqueue("a", () => {
    ran = true;
    return Promise.resolve();
  });
  await jobs.settled("a");

  expect(errors).toEqual([["a", new Error("broken")]]);
  expect(ran).toBe(true);
});

test("Jobs.stop() ends everything, also what waits, and takes nothing new", async () => {
  const jobs = newJobs();
  let ran = 0;
  const count = (): Promise<void> => {
    ran += 1;
    return Promise.resolve();
  };
  jobs.enqueue("a", untilAborted);
  jobs.enqueue("a", count);

  await jobs.stop();
  jobs.enqueue("b", count);
  await jobs.settled("b");

  expect(ran).toBe(0);
  expect(errors).toEqual([]);
});
