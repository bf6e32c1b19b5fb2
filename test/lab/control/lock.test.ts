import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LOCK_FILE, takeLock, tryFindHolder } from "../../../lab/control/lock";

const newFolder = (): Promise<string> => mkdtemp(path.join(tmpdir(), "l-"));

test("takeLock() lets one in at a time, and the next when it is given back", async () => {
  const folder = await newFolder();
  const unlock = await takeLock(folder);

  await expect(takeLock(folder)).rejects.toMatchObject({ code: "AS2402" });
  expect((await tryFindHolder(folder))?.pid).toBe(process.pid);
  await unlock();

  expect(await tryFindHolder(folder)).toBeUndefined();
  await (
    await takeLock(folder)
  )();
});

test.each([
  ["a process that never was", { pid: 2 ** 22 + 1, started: "1" }],
  ["a process that has the number now, but is another", { pid: process.pid, started: "1" }],
  ["a file that was not written whole", '{"pid":1'],
])("takeLock() does not count %s", async (_name, content) => {
  const folder = await newFolder();
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await writeFile(path.join(folder, LOCK_FILE), text);

  const unlock = await takeLock(folder);

  expect((await tryFindHolder(folder))?.pid).toBe(process.pid);
  await unlock();
});

test("takeLock() does not count a process that was killed", async () => {
  const folder = await newFolder();
  const child = spawn("sleep", ["60"]);
  const { pid = 0 } = child;
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  await writeFile(path.join(folder, LOCK_FILE), JSON.stringify({ pid, started }));
  await expect(takeLock(folder)).rejects.toMatchObject({ code: "AS2402" });

  child.kill("SIGKILL");
  await once(child, "exit");

  const unlock = await takeLock(folder);
  await unlock();
});
