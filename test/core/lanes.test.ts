import { EventEmitter, once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { Lanes } from "../../core/lanes";

test("Lanes.run() never has more at work than its limit, and starts in order", async () => {
  const lanes = new Lanes(2);
  const started: number[] = [];
  let working = 0;
  let most = 0;

  await Promise.all(
    [0, 1, 2, 3, 4].map((index) =>
      lanes.run(async () => {
        started.push(index);
        working += 1;
        most = Math.max(most, working);
        await setImmediate();
        working -= 1;
      }, {}),
    ),
  );

  expect(started).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test("Lanes.run() does not let a newcomer overtake who waits", async () => {
  const lanes = new Lanes(1);
  const order: string[] = [];
  const note = (name: string) => () => Promise.resolve(void order.push(name));
  const first = lanes.run(note("first"), {});
  const waiting = lanes.run(note("waiting"), {});

  await first;
  await Promise.all([lanes.run(note("newcomer"), {}), waiting]);

  expect(order).toEqual(["first", "waiting", "newcomer"]);
});

test("Lanes.run() does not begin for a caller that gave up", async () => {
  const lanes = new Lanes(1);
  const signal = AbortSignal.abort(new Error("gone"));

  await expect(lanes.run(() => Promise.resolve(), { signal })).rejects.toThrow("gone");

  expect(await lanes.run(() => Promise.resolve("next"), {})).toBe("next");
});

test("Lanes.run() gives the place back when work fails", async () => {
  const lanes = new Lanes(1);

  await expect(lanes.run(() => Promise.reject(new Error("no")), {})).rejects.toThrow("no");

  expect(await lanes.run(() => Promise.resolve("next"), {})).toBe("next");
});

test("Lanes.run() lets a waiter go that is aborted, and nobody else", async () => {
  const lanes = new Lanes(1);
  const stop = new AbortController();
  const events = new EventEmitter();
  const first = lanes.run(async () => {
    queueMicrotask(() => events.emit("started"));
    await once(events, "finish");
  }, {});
  const second = lanes.run(() => Promise.resolve("never"), { signal: stop.signal });
  const third = lanes.run(() => Promise.resolve("third"), {});

  await once(events, "started");
  stop.abort(new Error("enough"));
  events.emit("finish");

  await expect(second).rejects.toThrow("enough");
  expect(await third).toBe("third");
  await first;
});
