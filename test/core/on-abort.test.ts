import { execFileSync } from "node:child_process";
import { getEventListeners } from "node:events";
import path from "node:path";
import { onAbort } from "../../core/on-abort";

const ROOT = path.join(__dirname, "..", "..");

test("onAbort() calls back once, and not after it was ended", () => {
  const stop = new AbortController();
  const heard: string[] = [];
  onAbort(stop.signal, () => heard.push("first"));
  onAbort(stop.signal, () => heard.push("ended"))();

  stop.abort();

  expect(heard).toEqual(["first"]);
  expect(getEventListeners(stop.signal, "abort")).toEqual([]);
});

test("onAbort() without a signal has nothing to listen to", () => {
  const stopListening = onAbort(undefined, () => undefined);

  expect(stopListening).not.toThrow();
});

// Warnings come from the process itself, which jest hides from tests: hence a process of its own.
test("a hundred operations that wait on one signal make Node warn of nothing and leave no listener", () => {
  const script = `
    const { getEventListeners } = require("node:events");
    const { sleep } = require("./core/bounded");
    const { Lanes } = require("./core/lanes");
    const { signal } = new AbortController();
    const lanes = new Lanes(1);
    const all = Array.from({ length: 100 }, () => [
      sleep(1, { signal }),
      lanes.run(() => sleep(0), { signal }),
    ]);
    Promise.all(all.flat()).then(() => console.error(getEventListeners(signal, "abort").length));`;
  const command = `${process.execPath} -r ./scripts/load-typescript.js -e '${script}' 2>&1`;

  const printed = execFileSync("sh", ["-c", command], { cwd: ROOT, encoding: "utf8" });

  expect(printed).toBe("0\n");
});
