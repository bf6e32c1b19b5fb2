import { appendFile, mkdtemp } from "node:fs/promises";
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
  const { store } = await Store.open(folder);
  for (const id of ["a", "b", "c"]) store.projects.put(project(id));
  store.projects.update("a", { name: "changed" });
  store.projects.remove("b");
  await store.close();

  const again = await Store.open(folder);

  expect(again.damaged).toBe(0);
  expect(again.store.projects.all().map((it) => it.name)).toEqual(["changed", "c"]);
  expect(again.store.projects.of("org")).toHaveLength(2);
  expect(again.store.projects.of("nobody")).toEqual([]);
  await again.store.close();
});

test("Store.open() leaves out what it does not understand and keeps the rest", async () => {
  const folder = await newFolder();
  const { store } = await Store.open(folder);
  store.projects.put(project("a"));
  await store.close();
  await appendFile(
    path.join(folder, STATE_FILE),
    '[["no-such-table","x",{}],["projects","y",{"id":"y"}],7]\n',
  );

  const again = await Store.open(folder);

  expect(again.damaged).toBe(3);
  expect(again.store.projects.all().map((it) => it.id)).toEqual(["a"]);
  await again.store.close();
});

test("Store.onChange() calls back once a turn, until it is ended", async () => {
  const { store } = await Store.open(await newFolder());
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
