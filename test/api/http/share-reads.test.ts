import { shareReads } from "../../../api/http/share-reads";

interface Open {
  readonly key: string;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (value: string) => void;
  readonly reject: (error: Error) => void;
}

/** A shared read whose answers the test gives. */
function openReads() {
  const open: Open[] = [];
  const read = shareReads<string>(
    (key, { signal }) =>
      new Promise((resolve, reject) => open.push({ key, signal, resolve, reject })),
  );
  return { open, read };
}

const settle = async (): Promise<void> => {
  for (let tick = 0; tick < 20; tick += 1) await Promise.resolve();
};

test("shareReads() reads once for all who ask before the read begins", async () => {
  const { open, read } = openReads();
  const all = [read("a", {}), read("a", {}), read("b", {})];

  await settle();
  open.forEach(({ key, resolve }) => {
    resolve(`answer of ${key}`);
  });

  expect(await Promise.all(all)).toEqual(["answer of a", "answer of a", "answer of b"]);
  expect(open.map(({ key }) => key)).toEqual(["a", "b"]);
});

test("shareReads() gives no answer that is older than its question", async () => {
  const { open, read } = openReads();
  const first = read("a", {});
  await settle();
  const later = [read("a", {}), read("a", {})];
  await settle();
  expect(open).toHaveLength(1);

  open[0]?.resolve("old");
  await settle();
  open[1]?.resolve("new");

  expect(await first).toBe("old");
  expect(await Promise.all(later)).toEqual(["new", "new"]);
  expect(open).toHaveLength(2);
});

test("shareReads() tells a failure to all who wait, and reads again for the next", async () => {
  const { open, read } = openReads();
  const failing = [read("a", {}), read("a", {})];
  await settle();
  open[0]?.reject(new Error("no"));
  for (const it of failing) await expect(it).rejects.toThrow("no");

  const again = read("a", {});
  await settle();
  open[1]?.resolve("yes");

  await expect(again).resolves.toBe("yes");
});

test("shareReads() goes on while one waits, and stops when the last gives up", async () => {
  const { open, read } = openReads();
  const [one, other] = [new AbortController(), new AbortController()];
  const waits = [read("a", { signal: one.signal }), read("a", { signal: other.signal })];
  await settle();

  one.abort(new Error("one"));
  await expect(waits[0]).rejects.toThrow("one");
  expect(open[0]?.signal?.aborted).toBe(false);
  other.abort(new Error("other"));
  await expect(waits[1]).rejects.toThrow("other");

  expect(open[0]?.signal?.aborted).toBe(true);
});

test("shareReads() lets nobody join a read that was given up before it began", async () => {
  const { open, read } = openReads();
  const stop = new AbortController();
  const running = read("a", {});
  await settle();
  const givenUp = read("a", { signal: stop.signal });
  stop.abort(new Error("stop"));
  await expect(givenUp).rejects.toThrow("stop");
  const joined = read("a", {});

  open[0]?.resolve("old");
  await settle();
  open.slice(1).forEach(({ signal, resolve, reject }) => {
    if (signal?.aborted) reject(new Error("aborted"));
    else resolve("new");
  });

  expect(await Promise.all([running, joined])).toEqual(["old", "new"]);
});

test("shareReads() refuses who has given up already", async () => {
  const { open, read } = openReads();

  await expect(read("a", { signal: AbortSignal.abort(new Error("late")) })).rejects.toThrow("late");

  expect(open).toEqual([]);
});
