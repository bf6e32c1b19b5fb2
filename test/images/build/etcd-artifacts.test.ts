import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../../../core/folders";
import { ensureEtcdArtifacts } from "../../../images/build/etcd-artifacts";

// A cold cache is filled first.
jest.setTimeout(120_000);

test("ensureEtcdArtifacts() gives one archive for uname -m, its checksum, and nothing else", async () => {
  const context = { cacheFolder: cacheFolder(process.env), report: (): void => undefined };

  const folder = await ensureEtcdArtifacts(context, "arm64", {});

  const archive = "etcd-linux-aarch64.tar";
  expect(readdirSync(folder).sort()).toEqual(["SHA256SUMS", archive]);
  execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: folder });
  const listed = execFileSync("tar", ["-tvf", path.join(folder, archive)]).toString();
  const rows = listed.trimEnd().split("\n");
  expect(rows.map((it) => it.replace(/ +\d+ 1970-.* /, " "))).toEqual([
    "-rwxr-xr-x 0/0 etcd",
    "-rwxr-xr-x 0/0 etcdctl",
  ]);
  expect(readFileSync(path.join(folder, "SHA256SUMS"), "utf8")).toContain(archive);
});
