import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { hashFiles, hashFolder } from "../../scripts/hash-folder";

test("hashFiles() gives the hash of the lock file's definition", () => {
  // sha256 of "<sha256 of the content>  <path>\n" lines, made with sha256sum and openssl.
  const files = new Map([
    ["main.txt", Buffer.from("hello")],
    ["a/b.txt", Buffer.from("")],
  ]);

  expect(hashFiles(files)).toBe("h1:KLZ4h/PcjtZe6wxtd5Mjbbw3S3+3aWYzWgfwzef+OVE=");
});

test("hashFiles() sorts by bytes, whatever the order of the files", () => {
  const names = ["z", "Z", "é", "a-b", "a/b", "a.b"];
  const files = names.map((name) => [name, Buffer.from(name)] as const);

  expect(hashFiles(new Map(files))).toBe(hashFiles(new Map([...files].reverse())));
});

test("hashFolder() counts every file below the folder by its path and content", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "h1-"));
  try {
    mkdirSync(path.join(folder, "a"));
    mkdirSync(path.join(folder, "empty"));
    writeFileSync(path.join(folder, "main.txt"), "hello", { mode: 0o755 });
    writeFileSync(path.join(folder, "a", "b.txt"), "");
    const before = hashFolder(folder);
    writeFileSync(path.join(folder, ".hidden"), "x");

    expect(before).toBe("h1:KLZ4h/PcjtZe6wxtd5Mjbbw3S3+3aWYzWgfwzef+OVE=");
    expect(hashFolder(folder)).not.toBe(before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
