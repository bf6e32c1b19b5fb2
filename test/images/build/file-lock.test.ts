import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { withFileLock } from "../../../images/build/file-lock";

const folder = mkdtempSync(path.join(tmpdir(), "lock-"));

test("withFileLock() lets one in at a time", async () => {
  let [inside, most] = [0, 0];
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };

  await Promise.all(
    Array.from({ length: 8 }, () => withFileLock(path.join(folder, "a"), work, {})),
  );

  expect(most).toBe(1);
});

test("withFileLock() gives the lock back when the work fails", async () => {
  const file = path.join(folder, "b");
  const failing = withFileLock(file, () => Promise.reject(new Error("no")), {});

  await expect(failing).rejects.toThrow("no");
  await expect(withFileLock(file, () => Promise.resolve("in"), {})).resolves.toBe("in");
});

test("withFileLock() is not kept out by a holder that was killed", async () => {
  const file = path.join(folder, "c");
  const holder = spawn("flock", [file, "sh", "-c", "echo locked; exec cat"]);
  await once(holder.stdout, "data");
  const waiting = withFileLock(file, () => Promise.resolve("in"), {});

  holder.stdin.destroy();
  holder.kill("SIGKILL");

  await expect(waiting).resolves.toBe("in");
});

test("withFileLock() does not begin for a caller that gave up", async () => {
  const signal = AbortSignal.abort(new Error("gone"));

  await expect(
    withFileLock(path.join(folder, "d"), () => Promise.resolve(), { signal }),
  ).rejects.toThrow("gone");
});
