/** `lab logs` and `lab console` show a file, and with --follow what comes. */
import { appendFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { copyFile } from "../../cli/follow-file";
import { Collector, newFolder } from "../support/command-line";

const live = { signal: new AbortController().signal };
let file: string;
let out: Collector;

beforeEach(() => {
  file = path.join(newFolder(), "log");
  out = new Collector();
});

test.each([
  ["without a word", ""],
  ["of one line", "one line\n"],
  ["without a line break", "no line break"],
  ["that is long", "ä\n".repeat(100_000)],
])("copyFile() writes a file %s as it is", async (_name, text) => {
  writeFileSync(file, text);

  await copyFile(file, out, { follow: false, ...live });

  expect(out.text === text).toBe(true);
  expect(out.writableEnded).toBe(false);
});

test("copyFile() writes nothing of a file that is not there", async () => {
  await copyFile(file, out, { follow: false, ...live });

  expect(out.text).toBe("");
});

test("copyFile() waits for a file that comes later, goes on with it, and ends by the signal", async () => {
  const stop = new AbortController();
  const ended = copyFile(file, out, { follow: true, signal: stop.signal });

  writeFileSync(file, "one\n");
  await until(() => out.text === "one\n");
  appendFileSync(file, "two\n");
  await until(() => out.text === "one\ntwo\n");
  truncateSync(file);
  writeFileSync(file, "new\n");
  await until(() => out.text === "one\ntwo\nnew\n");
  rmSync(file);
  stop.abort();

  await ended;
  expect(out.text).toBe("one\ntwo\nnew\n");
});

test("copyFile() does not start to follow when it was stopped before", async () => {
  writeFileSync(file, "one\n");

  await copyFile(file, out, { follow: true, signal: AbortSignal.abort() });

  expect(out.text).toBe("one\n");
});

test("copyFile() fails with the reader", async () => {
  writeFileSync(file, "one\n");
  const gone = new Writable({
    write(_chunk, _encoding, done) {
      done(new Error("write EPIPE"));
    },
  });

  await expect(copyFile(file, gone, { follow: true, ...live })).rejects.toThrow("write EPIPE");
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
