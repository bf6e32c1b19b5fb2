import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { takeLock, tryFindHolder } from "../../../lab/control/lock";
import { LOCK_FILE } from "../../../lab/lab-files";

const LOADER = path.join(__dirname, "../../..", "scripts", "load-typescript.js");

const newFolder = (): Promise<string> => mkdtemp(path.join(tmpdir(), "l-"));

/** Who is gone: no process has this number. */
const STALE = JSON.stringify({ pid: 2 ** 22 + 1, startTime: "1" });

test("takeLock() lets one in at a time, and the next when it is given back", async () => {
  const folder = await newFolder();
  const unlock = await takeLock(folder);

  await expect(takeLock(folder)).rejects.toMatchObject({
    code: "AS2402",
    message: `AS2402  another lab server (process ${process.pid}) uses ${folder}`,
  });
  expect((await tryFindHolder(folder))?.pid).toBe(process.pid);
  await unlock();

  expect(await tryFindHolder(folder)).toBeUndefined();
  await (
    await takeLock(folder)
  )();
});

test.each([
  ["a process that never was", STALE],
  ["a process that has the number now, but is another", { pid: process.pid, startTime: "1" }],
  ["a file that was not written whole", '{"pid":1'],
])("takeLock() does not count %s", async (_name, content) => {
  const folder = await newFolder();
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await writeFile(path.join(folder, LOCK_FILE), text);

  const unlock = await takeLock(folder);

  expect((await tryFindHolder(folder))?.pid).toBe(process.pid);
  await unlock();
});

test("takeLock() waits for a killed holder whose last thread still has its files open", async () => {
  const folder = await newFolder();
  const file = path.join(folder, LOCK_FILE);
  await writeFile(file, STALE);
  const thread = spawn("flock", ["-x", file, "sh", "-c", "echo held; exec sleep 0.5"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(thread.stdout, "data");
  const ended = once(thread, "exit");

  const unlock = await takeLock(folder);

  await ended;
  expect((await tryFindHolder(folder))?.pid).toBe(process.pid);
  await unlock();
});

test("unlocking gives back one's own lock only", async () => {
  const folder = await newFolder();
  const first = await takeLock(folder);
  await first();
  const second = await takeLock(folder);

  await first();

  await expect(takeLock(folder)).rejects.toMatchObject({ code: "AS2402" });
  await second();
});

describe("between processes", () => {
  let racers: Racer[];

  beforeAll(async () => {
    racers = [new Racer(), new Racer(), new Racer()];
    for (const it of racers) expect(await it.word()).toBe("ready");
  });
  afterAll(() => {
    for (const it of racers) it.child.kill("SIGKILL");
  });
  const free = (): Promise<string[]> => Promise.all(racers.map((it) => it.tell("free")));
  const race = (folder: string): Promise<string[]> =>
    Promise.all(racers.map((it) => it.tell(`take ${folder}`)));

  test("takeLock() gives a lock that a dead process left behind to exactly one", async () => {
    for (let round = 0; round < 100; round += 1) {
      const folder = await newFolder();
      if (round % 2 === 0) await writeFile(path.join(folder, LOCK_FILE), STALE);

      const words = await race(folder);

      expect(words.sort()).toEqual(["AS2402", "AS2402", "held"]);
      await free();
    }
  });

  test("takeLock() counts a holder until it is killed, and not a moment longer", async () => {
    const folder = await newFolder();
    const holder = new Racer();
    expect([await holder.word(), await holder.tell(`take ${folder}`)]).toEqual(["ready", "held"]);
    expect(await race(folder)).toEqual(["AS2402", "AS2402", "AS2402"]);

    holder.child.kill("SIGKILL");
    await once(holder.child, "exit");

    expect((await race(folder)).sort()).toEqual(["AS2402", "AS2402", "held"]);
    await free();
  });

  test("removeLockedFolder() removes nothing of whoever comes next", async () => {
    const [user, remover] = racers;
    for (let round = 0; round < 10; round += 1) {
      const folder = await newFolder();
      // Enough that removing them takes longer than locking.
      for (let n = 0; n < 300; n += 1) await writeFile(path.join(folder, `machine-${n}`), "");

      const removing = remover?.tell(`remove ${folder}`);
      const using = await user?.tell(`insist ${folder}`);
      const answer = await removing;

      expect([using, ["free", "AS2402"].includes(answer ?? "")]).toEqual(["held", true]);
      await expect(takeLock(folder)).rejects.toMatchObject({ code: "AS2402" });
      expect(await readdir(folder)).toContain(LOCK_FILE);
      await free();
    }
  });
});

/** A process that tries locks when it is told to. */
class Racer {
  readonly child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    ["-r", LOADER, path.join(__dirname, "lock-racer.ts")],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  readonly #words = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();

  async word(): Promise<string> {
    const { value } = (await this.#words.next()) as { value?: string };
    return value ?? "gone";
  }

  async tell(line: string): Promise<string> {
    this.child.stdin.write(`${line}\n`);
    return this.word();
  }
}
