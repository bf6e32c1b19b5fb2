import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { builtFolder, ensureBuilt, type Recipe } from "../../../images/build/built";

let cacheFolder: string;
let lines: string[];
let builds: number;

beforeEach(() => {
  cacheFolder = mkdtempSync(path.join(tmpdir(), "built-"));
  lines = [];
  builds = 0;
});

test("ensureBuilt() builds once, also for two who ask at the same time", async () => {
  const folders = await Promise.all([built(recipe(1)), built(recipe(1)), built(recipe(1))]);

  expect(new Set(folders)).toEqual(new Set([builtFolder(cacheFolder, recipe(1))]));
  expect(builds).toBe(1);
  expect(readFileSync(path.join(folders[0], "content"), "utf8")).toBe("1");
  expect(lines).toEqual(["building thing"]);
});

test("ensureBuilt() builds anew for other inputs and keeps both", async () => {
  const [one, two] = [await built(recipe(1)), await built(recipe(2))];

  expect(one).not.toBe(two);
  expect(builds).toBe(2);
});

test("ensureBuilt() publishes nothing of a build that fails, and the next one succeeds", async () => {
  const broken = {
    ...recipe(1),
    build: (folder: string): Promise<void> => {
      writeFileSync(path.join(folder, "half"), "");
      return Promise.reject(new Error("the disk is full"));
    },
  };

  await expect(built(broken)).rejects.toThrow("the disk is full");

  const left = readdirSync(path.join(cacheFolder, "built"));
  expect(left.filter((it) => !it.endsWith(".lock"))).toEqual([]);
  expect(readdirSync(await built(recipe(1)))).toEqual(["content"]);
});

test("ensureBuilt() stops waiting for another's build when it is aborted", async () => {
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const slow = { ...recipe(1), build: (): Promise<void> => finished };
  const first = built(slow);
  while (lines.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const controller = new AbortController();

  const second = ensureBuilt(context(), recipe(1), { signal: controller.signal });
  controller.abort(new Error("stop"));

  await expect(second).rejects.toThrow("stop");
  finish();
  await first;
});

function recipe(input: number): Recipe {
  return {
    name: "thing",
    inputs: { input },
    build: (folder) => {
      builds += 1;
      writeFileSync(path.join(folder, "content"), String(input));
      return Promise.resolve();
    },
  };
}

async function built(it: Recipe): Promise<string> {
  return await ensureBuilt(context(), it, {});
}

function context(): { cacheFolder: string; report: (line: string) => void } {
  return { cacheFolder, report: (line) => lines.push(line) };
}
