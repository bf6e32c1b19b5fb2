import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { LabNode } from "./lab-node";
import { Points } from "./points";

const run = promisify(execFile);
const LOCKED = ["aio-sx", "before-unlock"] as const;
const points = new Points();
let node: LabNode;

beforeAll(async () => {
  await points.reach([LOCKED]);
});

afterAll(async () => {
  await points.remove();
});

beforeEach(async () => {
  node = await points.fork(LOCKED);
});

afterEach(async () => {
  await node.remove();
});

test("of calls at the same time none is lost", async () => {
  const names = Array.from({ length: 16 }, (_, it) => `label-${it}`);

  await Promise.all(
    names.map((it) => node.ok("system", "host-label-assign", "controller-0", `${it}=on`)),
  );

  const rows = await node.rows("system", "host-label-list", "controller-0");
  expect(rows.map((it) => it["label key"]).sort()).toEqual([...names].sort());
  const logged = await node.log();
  expect(logged.filter(({ argv }) => argv[1] === "host-label-assign")).toHaveLength(names.length);
  expect(existsSync(lockOf(node))).toBe(false);
});

test("of unlocks at the same time one passes", async () => {
  const ended = await Promise.all(
    Array.from({ length: 6 }, () => node.run(["system", "host-unlock", "controller-0"])),
  );

  expect(ended.filter(({ code }) => code === 0)).toHaveLength(1);
  const refusals = ended.filter(({ code }) => code !== 0).map(({ stderr }) => stderr);
  // Who comes later finds the controller rebooting.
  expect(refusals.every((it) => it.includes("the controller is rebooting"))).toBe(true);
});

test("the lock of a process that is gone is broken, that of a living one waited for", async () => {
  const gone = spawn("true");
  await once(gone, "exit");
  await symlink(`${String(gone.pid)}-1`, lockOf(node));
  // One that was breaking it is gone too.
  await symlink(`${String(gone.pid)}-1`, `${lockOf(node)}.broken`);
  await node.ok("system", "host-list");

  const living = spawn("cat");
  await once(living, "spawn");
  const stat = await readFile(`/proc/${String(living.pid)}/stat`, "utf8");
  const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  await symlink(`${String(living.pid)}-${started}`, lockOf(node));
  let done = false;
  const waiting = node.ok("system", "host-list").then(() => (done = true));
  await node.run(["no-such-command"]);
  expect(done).toBe(false);
  living.stdin.end();
  await waiting;

  expect(existsSync(lockOf(node))).toBe(false);
});

test("a number that another process has by now is no holder", async () => {
  await symlink(`${String(process.pid)}-1`, lockOf(node));

  await node.ok("system", "host-list");
});

// The delays are no waiting: they only scatter the moments at which calls are killed.
test("a call that is killed at any moment leaves the old or the new state", async () => {
  for (const afterMs of [2, 5, 8, 11, 14, 17, 20, 25]) {
    const script = path.join(node.root, "usr/bin/starlingx-lab");
    const child = spawn("busybox", ["sh", script, "step", String(afterMs)], {
      env: { ...process.env, STARLINGX_LAB_ROOT: node.root },
      detached: true,
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    await Promise.race([ended, delay(afterMs)]);
    killGroup(child.pid);
    await ended;

    expect(await node.ok("system", "host-list", "--format", "value")).toContain("controller-0");
  }
});

test("a state that is torn is refused, never taken for a shorter one", async () => {
  const file = path.join(node.root, "var/lib/starlingx-lab/state");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.slice(0, -"end\n".length));

  expect(await node.refusal("system", "host-list")).toContain("is torn");
});

test("what was begun beside the state is not taken for it", async () => {
  await appendFile(path.join(node.root, "var/lib/starlingx-lab/state.new"), "hosts\t1 2 3\n");

  const rows = await node.rows("system", "host-list");

  expect(rows).toHaveLength(1);
});

test("a full disk is told, and the state stays", async () => {
  const file = path.join(node.root, "var/lib/starlingx-lab/state");
  const before = await readFile(file, "utf8");
  const script = path.join(node.root, "usr/bin/starlingx-lab");
  const limited = `ulimit -f 1; exec busybox sh "$1" step 7`;

  const failing = run("sh", ["-c", limited, "sh", script], {
    env: { ...process.env, STARLINGX_LAB_ROOT: node.root },
  });

  await expect(failing).rejects.toBeDefined();
  expect(await readFile(file, "utf8")).toBe(before);
});

function lockOf({ root }: LabNode): string {
  return path.join(root, "var/lib/starlingx-lab/lock");
}

async function delay(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function killGroup(group: number | undefined): void {
  try {
    if (group !== undefined) process.kill(-group, "SIGKILL");
  } catch {
    // It had ended by itself.
  }
}
