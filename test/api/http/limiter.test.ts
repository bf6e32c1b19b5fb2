import { createLimiter } from "../../../api/http/limiter";

test("createLimiter() runs at most so many at once, in the order they came", async () => {
  const limiter = createLimiter(2);
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const work = (n: number) => () => {
    started.push(n);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const all = [1, 2, 3, 4].map((n) => limiter(work(n), {}));
  const settle = async (): Promise<void> => {
    for (let tick = 0; tick < 20; tick += 1) await Promise.resolve();
  };

  await settle();
  expect(started).toEqual([1, 2]);
  ends[0]?.();
  await settle();
  expect(started).toEqual([1, 2, 3]);
  ends.slice(1).forEach((end) => {
    end();
  });
  await settle();
  ends.slice(3).forEach((end) => {
    end();
  });
  await Promise.all(all);

  expect(started).toEqual([1, 2, 3, 4]);
});

test("createLimiter() lets who waits give up, without losing the place of others", async () => {
  const limiter = createLimiter(1);
  const stop = new AbortController();
  const reason = new Error("stop");
  let end = (): void => undefined;
  const first = limiter(() => new Promise<void>((resolve) => (end = resolve)), {});
  const second = limiter(() => Promise.resolve("never"), { signal: stop.signal });
  const third = limiter(() => Promise.resolve("third"), {});

  stop.abort(reason);
  await expect(second).rejects.toBe(reason);
  end();

  await first;
  await expect(third).resolves.toBe("third");
});

test("createLimiter() frees the place of work that fails", async () => {
  const limiter = createLimiter(1);

  await expect(limiter(() => Promise.reject(new Error("no")), {})).rejects.toThrow("no");

  await expect(limiter(() => Promise.resolve(1), {})).resolves.toBe(1);
});
