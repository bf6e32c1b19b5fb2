import { appendFile, mkdtemp, readFile, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { Journal } from "../../../lab/store/journal";

const NOTHING = { snapshot: (): unknown[] => [], load: (): void => undefined };

async function newFile(): Promise<string> {
  return path.join(await mkdtemp(path.join(tmpdir(), "j-")), "state.jsonl");
}

async function read(file: string): Promise<unknown[]> {
  const entries: unknown[] = [];
  const load = (it: unknown): void => void entries.push(it);
  await (await Journal.open(file, { ...NOTHING, load })).close();
  return entries;
}

/** Writes each list as a batch of its own. */
async function write(file: string, batches: readonly (readonly unknown[])[]): Promise<void> {
  const journal = await Journal.open(file, NOTHING);
  for (const batch of batches) {
    for (const it of batch) journal.append(it);
    await journal.flushed();
  }
  await journal.close();
}

test("Journal.open() of a new file gives nothing", async () => {
  expect(await read(await newFile())).toEqual([]);
});

test("Journal gives entries back in their order, over several starts", async () => {
  const file = await newFile();

  await write(file, [[1, 2], ["three\n"]]);
  await write(file, [[{ four: 4 }]]);

  expect(await read(file)).toEqual([1, 2, "three\n", { four: 4 }]);
});

test("Journal.open() cuts off a torn last write and goes on after it", async () => {
  const file = await newFile();
  await write(file, [[1], [2]]);
  await appendFile(file, '[3,{"torn');

  await write(file, [[4]]);

  expect(await read(file)).toEqual([1, 2, 4]);
});

test.each([
  ["bytes that are no JSON", "[\u0000"],
  ["a line that was cut and written on", "[2[3]"],
  ["JSON that is no batch", '{"a":1}'],
  ["an empty line", ""],
])("Journal.open() refuses %s in the middle, and changes nothing", async (_name, line) => {
  const file = await newFile();
  await write(file, [[1], [2], [3]]);
  const damaged = `${(await readFile(file, "utf8")).replace("[2]", line)}[4,"torn`;
  await writeFile(file, damaged);

  await expect(read(file)).rejects.toMatchObject({
    code: "AS2410",
    message: `AS2410  the lab's state is damaged: ${file}:2 is not what the lab wrote`,
  });
  expect(await readFile(file, "utf8")).toBe(damaged);
});

test("Journal loses nothing but the last batch, wherever a write is torn", async () => {
  const batches = fc.array(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(batches, fc.double({ min: 0, max: 1, noNaN: true }), async (given, where) => {
      const file = await newFile();
      await write(file, given);
      const text = await readFile(file);
      const lastStart = text.lastIndexOf("\n", text.length - 2) + 1;
      const cut = lastStart + Math.floor(where * (text.length - lastStart - 1));

      await truncate(file, cut);

      const kept = given.slice(0, -1).flat();
      expect(JSON.stringify(await read(file))).toBe(JSON.stringify(kept));
    }),
    { numRuns: 30 },
  );
});

test("Journal compacts to what is live, and entries appended meanwhile are kept", async () => {
  const file = await newFile();
  const live = ["a", "b"];
  const journal = await Journal.open(file, {
    ...NOTHING,
    snapshot: () => live,
    compactAboveBytes: 200,
  });

  for (let index = 0; index < 50; index += 1) {
    journal.append(`noise ${index}`);
    await journal.flushed();
  }
  journal.append("last");
  await journal.close();

  const entries = await read(file);
  expect(entries.slice(0, 2)).toEqual(live);
  expect(entries.at(-1)).toBe("last");
  expect(entries.length).toBeLessThan(30);
});

test("Journal.flushed() rejects once the file cannot be written", async () => {
  const journal = await Journal.open(await newFile(), NOTHING);
  await journal.close();

  journal.append("too late");

  await expect(journal.flushed()).rejects.toMatchObject({ code: "EBADF" });
});
