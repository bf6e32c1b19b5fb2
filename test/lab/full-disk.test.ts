import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const LOADER = path.join(__dirname, "../..", "scripts", "load-typescript.js");

const run = promisify(execFile);

test("a lab whose disk is full acknowledges no change, answers reads, and goes on after a restart", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "full-"));
  const script = `mount -t tmpfs -o size=256k none ${folder} && exec "$@"`;
  const lab = ["-r", LOADER, path.join(__dirname, "fill-disk.ts"), folder];

  const { stdout } = await run("unshare", [
    "-rm",
    "sh",
    "-c",
    script,
    "sh",
    process.execPath,
    ...lab,
  ]);

  expect(JSON.parse(stdout)).toEqual({
    statuses: [201, 500, 200, 500],
    stopped: expect.stringContaining("AS2405") as string,
    names: ["early"],
    late: 201,
  });
});
