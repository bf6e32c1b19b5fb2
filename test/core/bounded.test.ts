import fc from "fast-check";
import { mapBounded, sleep } from "../../core/bounded";

test("mapBounded() keeps the order and never has more at work than its limit", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3), { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      async (items, limit) => {
        let working = 0;
        let most = 0;
        const results = await mapBounded(items, limit, async (item) => {
          working += 1;
          most = Math.max(most, working);
          for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
          working -= 1;
          return item * 2;
        });

        expect(results).toEqual(items.map((it) => it * 2));
        expect(most).toBeLessThanOrEqual(limit);
      },
    ),
  );
});

test("mapBounded() starts nothing more after a failure and rethrows the first", async () => {
  const started: number[] = [];
  const work = async (item: number): Promise<void> => {
    started.push(item);
    await Promise.resolve();
    if (item === 1) throw new Error("one");
  };

  await expect(mapBounded([0, 1, 2, 3, 4, 5], 1, work)).rejects.toThrow("one");
  expect(started).toEqual([0, 1]);
});

test("sleep() ends at once with the signal's reason", async () => {
  const stop = new AbortController();
  const waiting = sleep(60_000, { signal: stop.signal });

  stop.abort(new Error("stopped"));

  await expect(waiting).rejects.toThrow("stopped");
  await expect(sleep(1, { signal: stop.signal })).rejects.toThrow("stopped");
});

test("sleep() of more than Node's timers take does not end at once", async () => {
  const stop = new AbortController();
  const ended = sleep(2 ** 40, { signal: stop.signal });
  setTimeout(() => {
    stop.abort(new Error("still asleep"));
  }, 20);

  await expect(ended).rejects.toThrow("still asleep");
});
