/** What the lab held before the demo began is said, stays, and is not taken for the demo's own. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { earlierReport, noteEarlier, readEarlier } from "../../demo/earlier";
import { demoFiles } from "../../demo/settings";
import { MemoryApi } from "../support/memory-api";

const newFiles = (): ReturnType<typeof demoFiles> =>
  demoFiles(mkdtempSync(path.join(tmpdir(), "demo-")));

test("noteEarlier() notes what is there, for the teardown of another process", async () => {
  const [files, api] = [newFiles(), new MemoryApi()];
  await api.createProject({ name: "demo" }, {});
  const device = api.add({ hostname: "members-0" }, "active");

  const found = await noteEarlier(files, { api, isUp: false });

  expect(found).toEqual([expect.stringContaining(`device members-0 (${device.id})`)]);
  expect(readEarlier(files)).toEqual(found);
  expect(earlierReport(found)).toMatch(/not of this demo.*\n {2}device members-0 .*\n.*lab reset$/);
});

test("noteEarlier() keeps what an earlier demo noted that is still up", async () => {
  const [files, api] = [newFiles(), new MemoryApi()];
  await api.createProject({ name: "demo" }, {});
  const before = api.add({ hostname: "of-somebody" }, "active");
  const noted = await noteEarlier(files, { api, isUp: false });
  api.add({ hostname: "of-the-demo" }, "active");

  expect(await noteEarlier(files, { api, isUp: true })).toEqual([]);
  expect(readEarlier(files)).toEqual(noted);
  expect(noted.join()).toContain(before.id);
});

test("readEarlier() has nothing where nothing was noted", () => {
  expect(readEarlier(newFiles())).toEqual([]);
});
