/** What a teardown must not leave is found in the system itself. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findApiLeftovers, findFileLeftovers, findProcessLeftovers } from "../../demo/leftovers";
import { MemoryApi } from "../support/memory-api";

const children: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(children.splice(0).map(end));
});

/** A process that stays until it is ended. */
async function start(cwd: string, ...words: readonly string[]): Promise<ChildProcess> {
  const script = "process.stdout.write('up'); setInterval(() => {}, 1e6)";
  const child = spawn(process.execPath, ["-e", script, "--", ...words], {
    cwd,
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), "left-"));
}

test("findProcessLeftovers() finds who runs in the folder, below it, or names it", async () => {
  const folder = newFolder();
  mkdirSync(path.join(folder, "machines", "a"), { recursive: true });
  const there = await start(folder);
  const below = await start(path.join(folder, "machines", "a"));
  const naming = await start("/", `--disk=${folder}/disk.img`);
  await start("/", "--disk=/elsewhere");
  await start(newFolder());

  const found = findProcessLeftovers(folder);

  const pids = found.map((it) => Number(/^process (\d+): /.exec(it)?.[1]));
  expect(new Set(pids)).toEqual(new Set([there.pid, below.pid, naming.pid]));
  expect(found.find((it) => it.startsWith(`process ${naming.pid}:`))).toContain("--disk=");
  expect(Math.max(...found.map((it) => it.length))).toBeLessThan(150);
});

test("findProcessLeftovers() finds nobody who has ended", async () => {
  const folder = newFolder();
  const child = await start(folder);
  const before = findProcessLeftovers(folder);

  await end(child);

  expect(before).toHaveLength(1);
  expect(findProcessLeftovers(folder)).toEqual([]);
});

test("findProcessLeftovers() does not count the folder above, or this process itself", async () => {
  const folder = path.join(newFolder(), "lab");
  mkdirSync(folder);
  await start(path.dirname(folder));

  expect(findProcessLeftovers(folder)).toEqual([]);
  expect(findProcessLeftovers(process.cwd()).join()).not.toContain(`process ${process.pid}:`);
});

test("findFileLeftovers() tells folders that are still there, and the provider's sockets", () => {
  const [kept, temporary] = [newFolder(), newFolder()];
  mkdirSync(path.join(temporary, "armstead-x1"));
  writeFileSync(path.join(temporary, "armstead-file"), "");
  mkdirSync(path.join(temporary, "other"));
  mkdirSync(path.join(temporary, "other", "armstead-inside"));

  expect(findFileLeftovers([kept, "/nowhere"], temporary).sort()).toEqual(
    [
      `folder ${kept}`,
      `folder ${path.join(temporary, "armstead-file")}`,
      `folder ${path.join(temporary, "armstead-x1")}`,
    ].sort(),
  );
});

test("findFileLeftovers() finds nothing where nothing is, not even the temporary folder", () => {
  const empty = newFolder();
  const gone = newFolder();
  rmSync(gone, { recursive: true });
  symlinkSync("/nowhere", path.join(empty, "dangling"));

  expect(findFileLeftovers([gone, path.join(empty, "dangling")], empty)).toEqual([]);
  expect(findFileLeftovers([], gone)).toEqual([]);
});

test("findApiLeftovers() lists devices and keys of every project, and the user's own keys", async () => {
  const api = new MemoryApi();
  const { id } = await api.createProject({ name: "demo" }, {});
  const key = await api.createSshKey(id, { label: "k1", key: "ssh-ed25519 AAAA" }, {});
  const own = await api.createSshKey(undefined, { label: "mine", key: "ssh-ed25519 BBBB" }, {});
  const device = api.add({ hostname: "members-0" }, "failed");

  expect(await findApiLeftovers(api, {})).toEqual([
    `device members-0 (${device.id}) in project demo`,
    `SSH key k1 (${key.id}) in project demo`,
    `SSH key mine (${own.id}) of the user`,
  ]);
});

test("findApiLeftovers() does not count projects, which are the user's", async () => {
  const api = new MemoryApi();
  await api.createProject({ name: "demo" }, {});

  expect(await findApiLeftovers(api, {})).toEqual([]);
});

test("findApiLeftovers() says when the API does not, instead of finding nothing", async () => {
  const api = new MemoryApi();
  api.before.listProjects = [
    () => {
      throw new Error("no answer");
    },
  ];

  await expect(findApiLeftovers(api, {})).rejects.toThrow("no answer");
});
