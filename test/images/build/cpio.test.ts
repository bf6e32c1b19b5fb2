import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { packCpio } from "../../../images/build/cpio";
import { file, folder, link, program } from "../../../images/build/tree";

const TREE = [
  program("bin/run", "#!/bin/sh\n"),
  file("etc/odd", "abc"),
  file("etc/empty", ""),
  file("etc/größe", "ß"),
  folder("root", 0o700),
  link("sbin", "bin"),
];

test("packCpio() is read by cpio: names, modes, sizes, links, and root as the owner", () => {
  const listed = execFileSync("cpio", ["-itvn", "--quiet"], { input: packCpio(TREE) });

  const rows = listed.toString("utf8").trimEnd().split("\n");
  expect(rows.map((row) => row.replace(/\s+/g, " ").replace(/ Jan 1 1970/, ""))).toEqual([
    "drwxr-xr-x 1 0 0 0 bin",
    "-rwxr-xr-x 1 0 0 10 bin/run",
    "drwxr-xr-x 1 0 0 0 etc",
    "-rw-r--r-- 1 0 0 0 etc/empty",
    "-rw-r--r-- 1 0 0 2 etc/größe",
    "-rw-r--r-- 1 0 0 3 etc/odd",
    "drwx------ 1 0 0 0 root",
    "lrwxrwxrwx 1 0 0 3 sbin -> bin",
  ]);
});

test("packCpio() keeps the content of files", () => {
  const below = mkdtempSync(path.join(tmpdir(), "cpio-"));

  execFileSync("cpio", ["-idm", "--quiet", "--no-absolute-filenames"], {
    cwd: below,
    input: packCpio([file("a/b", Buffer.from([0, 1, 2, 255]))]),
  });

  expect(execFileSync("od", ["-An", "-tu1", "a/b"], { cwd: below }).toString().trim()).toBe(
    "0   1   2 255",
  );
});

test("packCpio() gives the same bytes for the same tree in any order", () => {
  expect(packCpio([...TREE].reverse())).toEqual(packCpio(TREE));
});

test("packCpio() ends on a multiple of 512, so that another archive can follow", () => {
  expect(packCpio(TREE).length % 512).toBe(0);
});

test("packCpio() takes the later of two entries of one path", () => {
  const listed = execFileSync("cpio", ["-it", "--quiet"], {
    input: packCpio([file("a", "one"), file("a", "two")]),
  });

  expect(listed.toString()).toBe("a\n");
});
