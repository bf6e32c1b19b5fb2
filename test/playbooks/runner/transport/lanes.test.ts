import { Lanes } from "../../../../playbooks/runner/transport/lanes";

/** How many of these promises are settled after all pending work was done. */
async function settledOf(promises: readonly Promise<unknown>[]): Promise<number> {
  let count = 0;
  for (const it of promises)
    it.then(
      () => (count += 1),
      () => (count += 1),
    );
  await new Promise((resolve) => setImmediate(resolve));
  return count;
}

test("Lanes lets no more in than there are places", async () => {
  const lanes = new Lanes(2);
  const entering = [lanes.enter(), lanes.enter(), lanes.enter(), lanes.enter()];

  expect(await settledOf(entering)).toBe(2);
  lanes.leave();
  expect(await settledOf(entering)).toBe(3);
});

test("Lanes shrinks to what the server bears, but never to nothing", async () => {
  const lanes = new Lanes(8);
  await Promise.all([lanes.enter(), lanes.enter(), lanes.enter()]);

  expect(lanes.shrink()).toBe(true);
  const again = lanes.reenter();
  expect(await settledOf([again])).toBe(0);
  lanes.leave();
  await again;
  lanes.leave();
  expect(lanes.shrink()).toBe(false);
});

test("Lanes forgets who gave up waiting", async () => {
  const lanes = new Lanes(1);
  await lanes.enter();
  const abort = new AbortController();
  const waiting = lanes.enter({ signal: abort.signal });

  abort.abort(new Error("enough"));

  await expect(waiting).rejects.toThrow("enough");
  const next = lanes.enter();
  lanes.leave();
  await next;
});

test("Lanes gives the turn of who gave up between it and the work to the next one", async () => {
  const lanes = new Lanes(1);
  await lanes.enter();
  const abort = new AbortController();
  const waiting = lanes.enter({ signal: abort.signal });
  const next = lanes.enter();

  lanes.leave();
  abort.abort(new Error("enough"));

  await expect(waiting).rejects.toThrow("enough");
  await next;
});
