import { appendFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { STATE_FILE, Store } from "../../../lab/store/store";
import type { ProjectRecord } from "../../../lab/store/records";

const newFolder = (): Promise<string> => mkdtemp(path.join(tmpdir(), "s-"));

function project(id: string, name = id): ProjectRecord {
  const now = "2026-01-01T00:00:00Z";
  return {
    id,
    name,
    organizationId: "org",
    backendTransfer: false,
    customdata: {},
    tags: [],
    type: "default",
    paymentMethodId: null,
    createdAt: now,
    updatedAt: now,
  };
}

test("Store gives rows back in the order in which they were made, changed or not", async () => {
  const folder = await newFolder();
  const store = await Store.open(folder);
  for (const id of ["a", "b", "c"]) store.projects.put(project(id));
  store.projects.update("a", { name: "changed" });
  store.projects.remove("b");
  await store.close();

  const again = await Store.open(folder);

  expect(again.projects.all().map((it) => it.name)).toEqual(["changed", "c"]);
  expect(again.projects.of("org")).toHaveLength(2);
  expect(again.projects.of("nobody")).toEqual([]);
  await again.close();
});

test.each([
  ["a table that it does not know", ["no-such-table", "x", {}]],
  ["a row that lacks fields", ["projects", "y", { id: "y" }]],
  ["what is no entry", 7],
])("Store.open() refuses %s, and names the line", async (_name, entry) => {
  const folder = await newFolder();
  const file = path.join(folder, STATE_FILE);
  const store = await Store.open(folder);
  store.projects.put(project("a"));
  await store.close();
  const lines = (await readFile(file, "utf8")).trim().split("\n").length;
  await appendFile(file, `${JSON.stringify([entry])}\n`);

  await expect(Store.open(folder)).rejects.toMatchObject({
    code: "AS2410",
    message: expect.stringContaining(`${file}:${lines + 1} `) as string,
  });
});

test("Store.open() refuses what a newer lab wrote before it looks at the rest", async () => {
  const folder = await newFolder();
  const file = path.join(folder, STATE_FILE);
  const text = '[["format",2]]\n[["tapes","x",{}]]\n[["torn';
  await writeFile(file, text);

  await expect(Store.open(folder)).rejects.toMatchObject({
    code: "AS2411",
    message: `AS2411  ${file}:1 is of format 2, and this lab knows formats up to 1`,
  });
  expect(await readFile(file, "utf8")).toBe(text);
});

test("Store.open() takes a file that does not say its format, and marks a new one", async () => {
  const [folder, other] = [await newFolder(), await newFolder()];
  const row = JSON.stringify([["projects", "a", project("a")]]);
  await writeFile(path.join(folder, STATE_FILE), `${row}\n`);

  const [old, fresh] = [await Store.open(folder), await Store.open(other)];
  await Promise.all([old.close(), fresh.close()]);

  expect(old.projects.all().map((it) => it.id)).toEqual(["a"]);
  expect(await readFile(path.join(other, STATE_FILE), "utf8")).toBe('[["format",1]]\n');
});

test("Store.onChange() calls back once a turn, until it is ended", async () => {
  const store = await Store.open(await newFolder());
  let calls = 0;
  const end = store.onChange(() => {
    calls += 1;
  });

  store.projects.put(project("a"));
  store.projects.put(project("b"));
  await store.committed();
  end();
  store.projects.put(project("c"));
  await store.close();

  expect(calls).toBe(1);
});
